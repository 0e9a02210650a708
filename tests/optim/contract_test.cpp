// SPDX-License-Identifier: MIT
// Every optimizer of the catalog through the checkers of contract.h, in double and in float; broken optimizers must
// fail exactly the checker that looks for their flaw.
#include "tests/optim/contract.h"

#include <array>
#include <cctype>
#include <cmath>
#include <set>
#include <sstream>
#include <string>

#include "engine/optim/families.h"
#include "tests/optim/helpers.h"
#include "tests/support/close.h"

using namespace descent;
using namespace descent::testing;

namespace {

// A rate at which every optimizer makes progress on the test problems without leaving them: the default, or 0.05 for
// the methods whose steps have the size of the rate itself.
double working_rate(const optim::OptimizerInfo& info) {
  return info.rate == optim::Rate::factor ? info.parameters[0].default_value : 0.05;
}

template <class T>
Maker<T> maker(std::string_view name, std::vector<double> values = {}) {
  return [name, values] { return optimizer_named<T>(name, values); };
}

enum class Flaw { none, frozen, hidden_state, steps_by_call, keeps_on_reset, ignores_rate, climbs };

// Momentum with at most one thing wrong.
class Broken final : public optim::Optimizer<double> {
 public:
  explicit Broken(Flaw flaw) : flaw_(flaw) {}
  [[nodiscard]] const optim::OptimizerInfo& info() const override { return *optim::find_optimizer("momentum")->info; }
  void reset(std::size_t n) override {
    if (flaw_ != Flaw::keeps_on_reset || velocity_.size() != n) velocity_.assign(n, 0);
    calls_ = 0;
  }
  void configure(std::span<const double> /*values*/) override {}
  void prepare(const optim::StepContext& /*context*/) override {}
  optim::StepReport update(std::span<double> params, std::span<const double> grads, std::size_t begin, std::size_t end,
                           const optim::StepContext& context) override {
    ++calls_;
    if (flaw_ == Flaw::frozen) return {};
    const double sign = flaw_ == Flaw::climbs ? -1 : 1;
    const double rate = flaw_ == Flaw::ignores_rate ? 0.001 : context.learning_rate;
    const double fade = flaw_ == Flaw::steps_by_call ? 0.9 + 0.01 / calls_ : 0.9;
    for (std::size_t i = begin; i < end; ++i) {
      velocity_[i] = fade * velocity_[i] + grads[i];
      params[i] -= sign * rate * velocity_[i];
    }
    return {};
  }
  [[nodiscard]] std::vector<optim::StateSpan<double>> state() override {
    if (flaw_ == Flaw::hidden_state) return {};
    return {{"velocity", velocity_, true}};
  }

 private:
  Flaw flaw_;
  std::vector<double> velocity_;
  int calls_ = 0;
};

}  // namespace

TEST_CASE("every optimizer describes itself completely") {
  std::set<std::string_view> names;
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    const optim::OptimizerInfo& info = *entry.info;
    CAPTURE(info.name);
    CHECK(names.insert(info.name).second);
    for (const char c : info.name) CHECK((std::islower(static_cast<unsigned char>(c)) != 0 || c == '_'));
    CHECK(!info.title.empty());
    CHECK(!info.formula.empty());
    CHECK(!info.reference.empty());
    CHECK(info.summary.ends_with('.'));
    const optim::Family family = optim::family_of(info.name);
    CHECK(!title_of(family).empty());
    CHECK((family == optim::Family::hessian) == (info.needs == optim::Needs::hessian));
    REQUIRE(!info.parameters.empty());
    CHECK(info.parameters[0].name == "learning_rate");
    std::set<std::string_view> parameters;
    for (const core::ParamSpec& spec : info.parameters) {
      CAPTURE(spec.name);
      CHECK(parameters.insert(spec.name).second);
      CHECK(core::check_param(info.name, spec, spec.default_value).ok());
      CHECK(spec.doc.ends_with('.'));
      CHECK(spec.minimum <= spec.slider_minimum);
      CHECK(spec.slider_minimum < spec.slider_maximum);
      CHECK(spec.slider_maximum <= spec.maximum);
      CHECK((spec.scale != core::ParamScale::log || spec.slider_minimum > 0));
    }
    CHECK((entry.make_float != nullptr) == (info.needs == optim::Needs::gradient));
    const auto optimizer = entry.make_double();
    CHECK(&optimizer->info() == &info);
    CHECK((!optimizer->elementwise() || info.needs == optim::Needs::gradient));
  }
}

TEST_CASE("names that scripts and links use are kept") {
  std::istringstream kept(
      "gradient_descent momentum nesterov momentum_restart adagrad adadelta rmsprop adam "
      "amsgrad adamax nadam radam adamw adabelief yogi adan lion rprop newton newton_raphson "
      "saddle_free_newton trust_region conjugate_gradient bfgs lbfgs nelder_mead");
  for (std::string name; kept >> name;) {
    CAPTURE(name);
    CHECK(optim::find_optimizer(name) != nullptr);
  }
}

TEST_CASE("every optimizer keeps the contract, in double") {
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    CAPTURE(entry.info->name);
    const Maker<double> make = maker<double>(entry.info->name);
    const double rate = working_rate(*entry.info);
    CHECK(stays_at_zero_rate(make));
    CHECK(reset_is_fresh(make, rate));
    CHECK(restores_exactly(make, rate));
    CHECK(descends(make, rate));
    if (make()->elementwise()) CHECK(split_invariant(make, rate));
  }
}

TEST_CASE("every optimizer for networks keeps the contract in float too") {
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    if (entry.make_float == nullptr) continue;
    CAPTURE(entry.info->name);
    const Maker<float> make = maker<float>(entry.info->name);
    const double rate = working_rate(*entry.info);
    CHECK(stays_at_zero_rate(make));
    CHECK(reset_is_fresh(make, rate));
    CHECK(restores_exactly(make, rate));
    if (make()->elementwise()) CHECK(split_invariant(make, rate));
  }
}

TEST_CASE("negative control: each flaw fails its checker") {
  const auto broken = [](Flaw flaw) -> Maker<double> { return [flaw] { return std::make_unique<Broken>(flaw); }; };
  constexpr double kRate = 0.001;
  CHECK(stays_at_zero_rate(broken(Flaw::none)));
  CHECK(reset_is_fresh(broken(Flaw::none), kRate));
  CHECK(restores_exactly(broken(Flaw::none), kRate));
  CHECK(split_invariant(broken(Flaw::none), kRate));
  CHECK(descends(broken(Flaw::none), kRate));
  CHECK_FALSE(stays_at_zero_rate(broken(Flaw::ignores_rate)));
  CHECK_FALSE(reset_is_fresh(broken(Flaw::keeps_on_reset), kRate));
  CHECK_FALSE(restores_exactly(broken(Flaw::hidden_state), kRate));
  CHECK_FALSE(split_invariant(broken(Flaw::steps_by_call), kRate));
  CHECK_FALSE(descends(broken(Flaw::frozen), kRate));
  CHECK_FALSE(descends(broken(Flaw::climbs), kRate));
}

TEST_CASE("every hyper-parameter changes the path") {
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    const std::vector<double> usual = core::default_values(entry.info->parameters);
    const double rate = working_rate(*entry.info);
    for (std::size_t i = 1; i < usual.size(); ++i) {
      const core::ParamSpec& spec = entry.info->parameters[i];
      std::vector<double> other = usual;
      other[i] =
          spec.name == "epsilon" ? 0.1 : (usual[i] == spec.slider_minimum ? spec.slider_maximum : spec.slider_minimum);
      const auto end = [&](const std::vector<double>& values) {
        const auto optimizer = optimizer_named<double>(entry.info->name, values);
        optimizer->reset(2);
        std::vector<double> params{-1.2, 1};
        walk(*optimizer, params, rate, 12);
        std::vector<double> both = params;  // late, for what shows late; early, for runs that end in the same minimum
        walk(*optimizer, params, rate, 28, 13);
        both.insert(both.end(), params.begin(), params.end());
        return both;
      };
      CAPTURE(entry.info->name);
      CAPTURE(spec.name);
      CHECK(end(usual) == end(usual));
      CHECK(end(usual) != end(other));
    }
  }
}

TEST_CASE("hyper-parameters may change between steps, and configure() alone moves nothing") {
  const auto optimizer = optimizer_named<double>("momentum", {0.001, 0.9, 0});
  optimizer->reset(1);
  std::vector<double> p{1};
  optimizer->step(p, std::array{1.0}, {.t = 1, .learning_rate = 0.5});
  CHECK(p[0] == 0.5);
  optimizer->configure(std::array{0.001, 0.0, 0.0});
  CHECK(p[0] == 0.5);
  optimizer->step(p, std::array{1.0}, {.t = 2, .learning_rate = 0.25});
  CHECK(p[0] == 0.25);  // velocity forgotten, the caller's rate in force
}

TEST_CASE("float follows double to float's precision") {
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    if (entry.make_float == nullptr) continue;
    CAPTURE(entry.info->name);
    const double rate = working_rate(*entry.info);
    const auto in_double = optimizer_named<double>(entry.info->name);
    const auto in_float = optimizer_named<float>(entry.info->name);
    in_double->reset(2);
    in_float->reset(2);
    std::vector<double> p{-4, 1.5};
    std::vector<float> q{-4, 1.5F};
    for (int t = 1; t <= 50; ++t) {
      const optim::StepContext context{.t = t, .learning_rate = rate};
      in_double->step(p, std::array{p[0], 10 * p[1]}, context);
      in_float->step(q, std::array{q[0], 10 * q[1]}, context);
    }
    // Most methods shrink the roundings of the path along with the distance. Steps by sign keep them: half a unit in
    // the last place of 4 for each of the 50 steps.
    const double room = entry.info->rate == optim::Rate::sign ? 50 * 4 * 0x1p-24 : 2e-6;
    for (std::size_t i = 0; i < 2; ++i) CHECK(close(static_cast<double>(q[i]), p[i], 2e-5, room));
  }
}

TEST_CASE("state spans are named, sized and complete") {
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    CAPTURE(entry.info->name);
    const auto optimizer = entry.make_double();
    optimizer->reset(2);
    std::set<std::string_view> names;
    for (const optim::StateSpan<double>& span : optimizer->state()) {
      CHECK(names.insert(span.name).second);
      CHECK(!span.values.empty());
      if (span.per_parameter) CHECK(span.values.size() % 2 == 0);
    }
  }
  const auto nadam = optimizer_named<double>("nadam");
  nadam->reset(3);
  const auto state = nadam->state();
  REQUIRE(state.size() == 3);
  CHECK(state[2].name == "mu_product");
  CHECK_FALSE(state[2].per_parameter);
  CHECK(state[2].values[0] == 1);
}

TEST_CASE("unknown names, bad values and line searches in float are refused with a sentence") {
  const auto refusal = [](std::string_view name, std::vector<double> values) {
    const auto made = optim::make_optimizer<double>(name, values);
    return made.ok() ? std::string() : made.message();
  };
  std::string known;
  for (const optim::CatalogEntry& entry : optim::catalog())
    known += (known.empty() ? "" : ", ") + std::string(entry.info->name);
  CHECK(refusal("adm", {}) == "there is no optimizer 'adm'; known are " + known);
  CHECK(refusal("gradient_descent", {-0.1, 0}) ==
        "gradient_descent: learning_rate is -0.1; it must be between 0 and 1000");
  CHECK(refusal("gradient_descent", {std::nan(""), 0}) ==
        "gradient_descent: learning_rate is NaN; it must be between 0 and 1000");
  CHECK(refusal("gradient_descent", {0.1}) == "gradient_descent: the number of values is 1; it must be 2");
  CHECK(refusal("adam", {0.1, 1, 0.999, 1e-8, 0, 1}) == "adam: beta1 is 1; it must be between 0 and 0.999999");
  CHECK(refusal("adam", {0.1, 0.9, 0.999, 1e-8, 0, 0.5}) ==
        "adam: bias_correction is 0.5; it must be a whole number between 0 and 1");
  CHECK(refusal("adam", {0.1, 0.9, 0.999, 0, 0, 1}) == "adam: epsilon is 0; it must be between 1e-30 and 10");
  CHECK(refusal("lbfgs", {1, 2.5}) == "lbfgs: memory is 2.5; it must be a whole number between 1 and 20");
  CHECK(refusal("lbfgs", {1, 21}) == "lbfgs: memory is 21; it must be a whole number between 1 and 20");
  for (const std::string_view name : {"newton", "conjugate_gradient", "lbfgs"}) {
    const auto made = optim::make_optimizer<float>(name, {});
    REQUIRE_FALSE(made.ok());
    CHECK(made.message() ==
          std::string(name) + " evaluates the whole objective in every step and runs on surfaces only");
  }
  CHECK(optim::find_optimizer("Adam") == nullptr);
}
