// SPDX-License-Identifier: MIT
// The bounds of adaptive methods against experiment: with the memory that makes the preconditioner put back before
// every step, a learning rate 2 % below the bound converges and one 2 % above it diverges, for every adaptive method,
// at several memories, on a bowl that is not aligned with the axes. And unfrozen: Adam drives itself to the bound.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "tests/optim/helpers.h"
#include "tests/support/close.h"

using namespace descent;
using namespace descent::testing;

namespace {

constexpr std::array<double, 4> kHessian{3, 1.2, 1.2, 1.5};
constexpr std::int64_t kLate = 200000;  // all bias corrections are over

struct Adaptive {
  std::string_view name;
  std::vector<std::string_view> held;  // the slots that make the preconditioner
};

const std::vector<Adaptive>& adaptive_methods() {
  static const std::vector<Adaptive> methods{{"adagrad", {"sum_of_squares"}},
                                             {"adadelta", {"v", "u"}},
                                             {"rmsprop", {"v"}},
                                             {"adam", {"v"}},
                                             {"amsgrad", {"v", "v_max"}},
                                             {"adamax", {"u"}},
                                             {"nadam", {"v"}},
                                             {"radam", {"v"}},
                                             {"adamw", {"v"}},
                                             {"adabelief", {"s"}},
                                             {"yogi", {"v"}},
                                             {"adan", {"n"}}};
  return methods;
}

std::array<double, 2> gradient_at(const std::array<double, 2>& x) {
  return {kHessian[0] * x[0] + kHessian[1] * x[1], kHessian[2] * x[0] + kHessian[3] * x[1]};
}

// Puts the held slots to `level`; what else a long run brings about is NAdam's product, which has become 0.
void hold(optim::Optimizer<double>& optimizer, const Adaptive& method, std::array<double, 2> level) {
  for (const optim::StateSpan<double>& span : optimizer.state()) {
    if (std::find(method.held.begin(), method.held.end(), span.name) != method.held.end())
      std::copy(level.begin(), level.end(), span.values.begin());
    if (span.name == "mu_product") span.values[0] = 0;
  }
}

// growth() says how much the distance has grown after many steps from a point so close that its gradients do not count
// as memory.
double growth(const Adaptive& method, const std::vector<double>& values, std::array<double, 2> level, double rate) {
  const auto optimizer = optimizer_named<double>(method.name, values);
  optimizer->reset(2);
  std::array<double, 2> x{1e-120, -0.4e-120};
  double ratio = 1;
  for (int i = 0; i < 6000 && ratio < 1e12; ++i) {
    hold(*optimizer, method, level);
    optimizer->step(x, gradient_at(x), {.t = kLate, .learning_rate = rate});
    ratio = std::hypot(x[0], x[1]) / 1e-120;
  }
  return ratio;
}

optim::StabilityBound bound_of(const Adaptive& method, const std::vector<double>& values, std::array<double, 2> level) {
  const auto optimizer = optimizer_named<double>(method.name, values);
  optimizer->reset(2);
  hold(*optimizer, method, level);
  const std::array<double, 2> nothing{};
  return optim::stability_bound(method.name, values, kHessian, {optimizer->state(), kLate, nothing});
}

bool holds(const Adaptive& method, const std::vector<double>& values, std::array<double, 2> level, double bound) {
  return growth(method, values, level, 0.98 * bound) < 1e-3 && growth(method, values, level, 1.02 * bound) > 1e3;
}

// Defaults, and with some of the settings that the bound depends on.
std::vector<std::vector<double>> settings(std::string_view name) {
  std::vector<std::vector<double>> list{values_for(name, {})};
  const auto specs = optim::find_optimizer(name)->info->parameters;
  for (const core::NamedValue& change : std::vector<core::NamedValue>{{"beta1", 0.5},
                                                                      {"momentum", 0.8},
                                                                      {"beta2", 0.6},
                                                                      {"epsilon", 0.1},
                                                                      {"weight_decay", 0.3},
                                                                      {"bias_correction", 0}})
    if (core::find_param(specs, change.name) >= 0) list.push_back(values_for(name, std::vector{change}));
  return list;
}

}  // namespace

TEST_CASE("with the preconditioner held, just below the bound a run converges, just above it diverges") {
  int bounds = 0;
  for (const Adaptive& method : adaptive_methods())
    for (const std::vector<double>& values : settings(method.name))
      for (const auto& level : {std::array{1.0, 1.0}, {4.0, 0.09}, {0.01, 0.5}}) {
        const optim::StabilityBound bound = bound_of(method, values, level);
        CAPTURE(method.name);
        CAPTURE(core::format_number(values[1]));
        CAPTURE(level[0]);
        REQUIRE(bound.known);
        CHECK(bound.approximate);
        CHECK(bound.preconditioner.starts_with("P = "));
        CHECK(bound.formula.starts_with("2"));
        CHECK(!bound.reference.empty());
        CHECK(holds(method, values, level, bound.learning_rate));
        ++bounds;
      }
  CHECK(bounds > 120);
}

TEST_CASE("negative control: 5 % off, another method's preconditioner or another mean do not hold") {
  const Adaptive adam{"adam", {"v"}};
  const std::array<double, 2> level{4.0, 0.09};
  const std::vector<double> values = values_for("adam", {});
  const double bound = bound_of(adam, values, level).learning_rate;
  CHECK(holds(adam, values, level, bound));
  CHECK_FALSE(holds(adam, values, level, 1.05 * bound));
  CHECK_FALSE(holds(adam, values, level, 0.95 * bound));
  CHECK_FALSE(holds(adam, values, level, bound_of({"adamax", {"u"}}, values_for("adamax", {}), level).learning_rate));
  const std::vector<double> other = values_for("adam", std::vector<core::NamedValue>{{"beta1", 0.8}});
  CHECK_FALSE(holds(adam, values, level, bound_of(adam, other, level).learning_rate));
}

TEST_CASE("Adam's bound is 38 / λmax(P⁻¹H); every adaptive method of the catalog has one") {
  const auto adam = optimizer_named<double>("adam");
  adam->reset(2);
  hold(*adam, {"adam", {"v"}}, {4 / 0.999, 4 / 0.999});  // P = 2 I
  const std::array<double, 2> nothing{};
  const optim::StabilityBound bound =
      optim::stability_bound("adam", {}, std::array{6.0, 0.0, 0.0, 1.0}, {adam->state(), kLate, nothing});
  CHECK(close(bound.learning_rate, 38.0 / 3, 1e-7, 0));
  std::size_t adaptive = 0;
  for (const optim::CatalogEntry& entry : optim::catalog()) adaptive += entry.frozen_step != nullptr ? 1 : 0;
  CHECK(adaptive == adaptive_methods().size());
}

TEST_CASE("in the first step the gradient itself makes the preconditioner") {
  const auto adam = optimizer_named<double>("adam");
  adam->reset(2);
  const std::array<double, 2> gradient{3, -0.5};
  const optim::StabilityBound bound =
      optim::stability_bound("adam", {}, std::array{6.0, 0.0, 0.0, 1.0}, {adam->state(), 1, gradient});
  CHECK(close(bound.learning_rate, 38.0 / 2, 1e-7, 0));  // P = diag(3, 0.5), λ = max(6/3, 1/0.5)
}

TEST_CASE("without bias correction the first preconditioner is √(1−β₂) times as large, and so is the bound") {
  const auto bound_with = [](double bias_correction) {
    const auto values =
        values_for("adam", std::vector<core::NamedValue>{{"bias_correction", bias_correction}, {"epsilon", 1e-30}});
    const auto adam = optimizer_named<double>("adam", values);
    adam->reset(2);
    const std::array<double, 2> gradient{3, -0.5};
    return optim::stability_bound("adam", values, std::array{6.0, 0.0, 0.0, 1.0}, {adam->state(), 1, gradient});
  };
  CHECK(close(bound_with(0).learning_rate / bound_with(1).learning_rate, std::sqrt(0.001), 1e-9, 0));
  CHECK(bound_with(1).preconditioner == "P = √v̂ + ε");
  CHECK(bound_with(0).preconditioner == "P = √v + ε");
}

TEST_CASE("unfrozen, Adam's preconditioner follows until the rate stands at the bound") {
  const auto bowl = surface_named("quadratic");
  const auto adam = optimizer_named<double>("adam", values_for("adam", {}));
  adam->reset(2);
  surfaces::Point p{-4, 1.5};
  constexpr double kRate = 0.1;
  double sum = 0;
  constexpr int kSteps = 20000;
  constexpr int kLast = 10000;
  std::array<double, 2> gradient{};
  for (int t = 1; t <= kSteps; ++t) {
    bowl->evaluate(p, gradient);
    if (t > kSteps - kLast) {
      const optim::StabilityBound bound =
          optim::stability_bound("adam", {}, std::array{1.0, 0.0, 0.0, 10.0}, {adam->state(), t, gradient});
      sum += std::log(kRate / bound.learning_rate);
    }
    adam->step(p, gradient, {.t = t, .learning_rate = kRate});
  }
  CHECK(close(sum / kLast, 0, 0, 0.1));
}

TEST_CASE("no bound where nothing curves up, without a gradient, for unknown names and bad values") {
  const auto adam = optimizer_named<double>("adam");
  adam->reset(2);
  const std::array<double, 2> gradient{1, 1};
  const optim::RunState<double> run{adam->state(), 1, gradient};
  const std::array<double, 4> down{-1, 0, 0, -2};
  CHECK_FALSE(optim::stability_bound("adam", {}, down, run).known);
  CHECK_FALSE(optim::stability_bound("gradient_descent", {}, down, run).known);
  CHECK_FALSE(optim::stability_bound("adam", {}, kHessian, {adam->state(), 1, {}}).known);
  CHECK_FALSE(optim::stability_bound("adamant", {}, kHessian, run).known);
  CHECK_FALSE(optim::stability_bound("adam", std::array{1.0}, kHessian, run).known);
  CHECK_FALSE(optim::stability_bound("lion", {}, kHessian, run).known);
  const std::array<double, 4> lost{std::nan(""), 0, 0, 1};
  CHECK_FALSE(optim::stability_bound("adam", {}, lost, run).known);
  CHECK(optim::stability_bound("momentum", {}, kHessian, run).learning_rate ==
        optim::stability_bound("momentum", {}, 2.25 + std::hypot(0.75, 1.2)).learning_rate);
}
