// SPDX-License-Identifier: MIT
// stability_bound against experiment: on a quadratic, a learning rate 1 % below the bound converges and one 1 % above
// it diverges, for every optimizer that claims a bound, at several momenta and weight decays.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "tests/optim/helpers.h"
#include "tests/support/close.h"

using namespace descent;
using namespace descent::testing;

namespace {

// The methods whose bound depends on the curvature alone.
constexpr std::array<std::string_view, 7> kLinear{
    "gradient_descent", "momentum", "nesterov", "momentum_restart", "newton", "newton_raphson", "saddle_free_newton"};
constexpr double kLambda = 7;  // the larger curvature; the other is 1

struct Outcome {
  bool converges = false, diverges = false;
};

Outcome run_at(std::string_view name, const std::vector<double>& values, double learning_rate) {
  const auto surface = surface_named("quadratic", {kLambda});
  const auto optimizer = optimizer_named<double>(name, values);
  optimizer->reset(2);
  const Run run = descend(*surface, *optimizer, learning_rate, {0.3, -1}, 4000);
  const double size = std::hypot(run.point[0], run.point[1]);
  return {size < 1e-6, !(size < 1e6)};
}

bool bound_holds(std::string_view name, const std::vector<double>& values, double bound) {
  return run_at(name, values, 0.99 * bound).converges && run_at(name, values, 1.01 * bound).diverges;
}

}  // namespace

TEST_CASE("just below the bound a run converges, just above it diverges") {
  int bounds = 0;
  for (const double momentum : {0.0, 0.5, 0.9, 0.97})
    for (const double weight_decay : {0.0, 0.5})
      for (const std::string_view name : kLinear) {
        std::vector<core::NamedValue> given;
        const auto& specs = optim::find_optimizer(name)->info->parameters;
        if (core::find_param(specs, "momentum") >= 0) given.push_back({"momentum", momentum});
        if (core::find_param(specs, "weight_decay") >= 0) given.push_back({"weight_decay", weight_decay});
        const std::vector<double> values = values_for(name, given);
        const optim::StabilityBound bound = optim::stability_bound(name, values, kLambda);
        CAPTURE(name);
        CAPTURE(momentum);
        CAPTURE(weight_decay);
        REQUIRE(bound.known);
        CHECK(bound_holds(name, values, bound.learning_rate));
        CHECK(!bound.formula.empty());
        CHECK(bound.constant ==
              (optim::stability_bound(name, values, 2 * kLambda).learning_rate == bound.learning_rate));
        CHECK(!bound.reference.empty());
        ++bounds;
      }
  CHECK(bounds == 56);
}

TEST_CASE("negative control: bounds that are 5 % off, or of another method, do not hold") {
  const std::vector<double> values = values_for("momentum", std::vector<core::NamedValue>{{"momentum", 0.9}});
  const double bound = optim::stability_bound("momentum", values, kLambda).learning_rate;
  CHECK(bound_holds("momentum", values, bound));
  CHECK_FALSE(bound_holds("momentum", values, 1.05 * bound));
  CHECK_FALSE(bound_holds("momentum", values, 0.95 * bound));
  CHECK_FALSE(bound_holds("nesterov", values, bound));
}

TEST_CASE("the formulas") {
  const auto rate = [](std::string_view name, std::vector<double> values, double lambda) {
    return optim::stability_bound(name, values, lambda).learning_rate;
  };
  CHECK(close(rate("gradient_descent", {}, 10), 0.2, 1e-15, 0));
  CHECK(close(rate("momentum", {0.1, 0.9, 0}, 10), 0.38, 1e-15, 0));
  CHECK(close(rate("nesterov", {0.1, 0.9, 0}, 10), 3.8 / 28, 1e-15, 0));
  CHECK(rate("newton", {}, 10) == 2);
  CHECK(optim::stability_bound("gradient_descent", {}, 10).formula == "2 / λmax");
}

TEST_CASE("no bound is claimed where none is known") {
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    const std::string_view name = entry.info->name;
    CAPTURE(name);
    const bool claims = std::find(kLinear.begin(), kLinear.end(), name) != kLinear.end();
    CHECK(optim::stability_bound(name, {}, 10).known == claims);
    for (const double lambda : {0.0, -1.0, HUGE_VAL, std::nan("")})
      CHECK_FALSE(optim::stability_bound(name, {}, lambda).known);
  }
  CHECK_FALSE(optim::stability_bound("none", {}, 1).known);
  CHECK_FALSE(optim::stability_bound("momentum", std::vector{1.0}, 1).known);
}

namespace {

// The error's factor per step over the last two thirds of a run on the bowl x² + κy².
double late_factor(std::string_view name, const std::vector<double>& values, double learning_rate, double kappa,
                   int steps) {
  const auto surface = surface_named("quadratic", {kappa});
  const auto optimizer = optimizer_named<double>(name, values);
  optimizer->reset(2);
  const Run early = descend(*surface, *optimizer, learning_rate, {0.7, -1}, steps / 3);
  const Run late = descend(*surface, *optimizer, learning_rate, early.point, steps - steps / 3, steps / 3 + 1);
  return std::pow(std::hypot(late.point[0], late.point[1]) / std::hypot(early.point[0], early.point[1]),
                  1.0 / (steps - steps / 3));
}

optim::QuadraticOptimum optimum_of(std::string_view name, double kappa) {
  return optim::stability_bound(name, {}, std::array{1.0, 0.0, 0.0, kappa}, {}).optimum;
}

}  // namespace

TEST_CASE("the optimal settings reach the promised factor per step, and every neighbour is slower") {
  for (const double kappa : {5.0, 30.0, 200.0})
    for (const std::string_view name : {"gradient_descent", "momentum", "nesterov", "saddle_free_newton"}) {
      const optim::QuadraticOptimum best = optimum_of(name, kappa);
      CAPTURE(name);
      CAPTURE(kappa);
      REQUIRE(best.known);
      CHECK(!best.formula.empty());
      CHECK(!best.reference.empty());
      CHECK((best.momentum >= 0) == (name == "momentum" || name == "nesterov"));
      const auto factor_at = [&](double rate_share, double momentum_shift) {
        std::vector<core::NamedValue> given;
        if (best.momentum >= 0) given.push_back({"momentum", best.momentum + momentum_shift});
        return late_factor(name, values_for(name, given), rate_share * best.learning_rate, kappa,
                           best.factor < 0.1 ? 60 : 300);
      };
      const double reached = factor_at(1, 0);
      CHECK(close(reached, best.factor, 0.012, 0));  // a double root adds a factor like the number of steps
      CHECK(factor_at(1.1, 0) > reached);
      CHECK(factor_at(0.9, 0) > reached);
      if (best.momentum < 0) continue;
      CHECK(factor_at(1, 0.03) > reached);
      CHECK(factor_at(1, -0.03) > reached);
    }
  CHECK(optimum_of("newton", 30).learning_rate == 1);
  CHECK(close(optimum_of("gradient_descent", 3).learning_rate, 0.5, 1e-15, 0));
  CHECK(close(optimum_of("momentum", 9).learning_rate, 0.25, 1e-15, 0));
  CHECK(close(optimum_of("momentum", 9).momentum, 0.25, 1e-15, 0));
  CHECK(close(optimum_of("nesterov", 5).learning_rate, 0.25, 1e-15, 0));
  CHECK(close(optimum_of("nesterov", 5).momentum, 1.0 / 3, 1e-15, 0));
}

TEST_CASE("no optimum is claimed without curvature in every direction, or where none is known") {
  for (const std::array<double, 4>& hessian : {std::array{0.0, 0.0, 0.0, 1.0}, {-1.0, 0.0, 0.0, 2.0}})
    CHECK_FALSE(optim::stability_bound("momentum", {}, hessian, {}).optimum.known);
  CHECK_FALSE(optimum_of("adam", 10).known);
  CHECK_FALSE(optim::stability_bound("momentum", {}, 10).optimum.known);
}
