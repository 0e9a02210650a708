// SPDX-License-Identifier: MIT
// A budget is used to the last evaluation and never exceeded, whatever a step of the method costs: counted by an
// objective of the test's own, in races, and in lanes, which do the same.
#include "engine/race/tuning/step_budget.h"

#include <cmath>
#include <string>
#include <variant>
#include <vector>

#include "engine/race/runner.h"
#include "engine/survey/lanes.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using race::Race;
using race::RaceConfig;

// Remembers where it was asked, with the answers.
class Recording final : public core::Objective {
 public:
  struct Call {
    surfaces::Point point;
    double value;
  };
  explicit Recording(const core::Objective& objective) : objective_(objective) {}
  [[nodiscard]] int dim() const override { return objective_.dim(); }
  [[nodiscard]] bool has_hessian() const override { return objective_.has_hessian(); }
  double evaluate(std::span<const double> x, std::span<double> gradient) const override {
    return keep(x, objective_.evaluate(x, gradient));
  }
  double evaluate_hessian(std::span<const double> x, std::span<double> gradient,
                          std::span<double> hessian) const override {
    return keep(x, objective_.evaluate_hessian(x, gradient, hessian));
  }
  [[nodiscard]] const std::vector<Call>& calls() const { return calls_; }

 private:
  double keep(std::span<const double> x, double value) const {
    calls_.push_back({{x[0], x[1]}, value});
    return value;
  }
  const core::Objective& objective_;
  mutable std::vector<Call> calls_;
};

constexpr const char* kAsking[] = {"lbfgs", "bfgs", "conjugate_gradient", "nelder_mead", "trust_region", "newton"};

optim::StepReport first_step(const char* name, const core::Objective& objective, surfaces::Point& point,
                             std::int64_t left) {
  const optim::CatalogEntry* entry = optim::find_optimizer(name);
  REQUIRE(entry != nullptr);
  const auto optimizer = entry->make_double();
  const auto values = core::default_values(entry->info->parameters);
  optimizer->configure(values);
  optimizer->reset(2);
  surfaces::Point gradient{};
  objective.evaluate(point, gradient);
  const Recording recording(objective);
  return race::step_within(*optimizer, point, gradient, {1, values[0], &recording}, left);
}

TEST_CASE("a step that would cost too much ends at the lowest point that there was room for") {
  const auto surface = surfaces::make_surface("rosenbrock", {});
  REQUIRE(surface.ok());
  constexpr surfaces::Point kStart{-1.2, 1};
  for (const char* name : kAsking) {
    CAPTURE(std::string(name));
    surfaces::Point whole = kStart;
    const Recording recording(**surface);
    const int cost = first_step(name, recording, whole, race::kNoBudget).gradient_evaluations;
    REQUIRE(cost > 0);
    // The first call is the test's own, for the gradient; the calls of the whole step, in their order.
    const std::vector<Recording::Call> calls(recording.calls().begin() + 1, recording.calls().end());
    CHECK(static_cast<int>(calls.size()) == cost);
    for (int left = 1; left <= cost + 2; ++left) {
      CAPTURE(left);
      surfaces::Point point = kStart;
      const optim::StepReport report = first_step(name, **surface, point, left);
      CHECK(report.gradient_evaluations == std::min(left - 1, cost));
      CHECK_FALSE(report.stalled);
      surfaces::Point lowest = kStart;
      double value = (*surface)->evaluate(kStart, {});
      for (int k = 0; k < left - 1 && k < cost; ++k)
        if (calls[static_cast<std::size_t>(k)].value < value) {
          value = calls[static_cast<std::size_t>(k)].value;
          lowest = calls[static_cast<std::size_t>(k)].point;
        }
      CHECK(point == (left > cost ? whole : lowest));
    }
  }
}

TEST_CASE("a budget is used to the last evaluation by every optimizer, in races and in lanes") {
  int spent = 0;
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    const std::string name(entry.info->name);
    for (const std::int64_t budget : {1, 2, 7, 50}) {
      CAPTURE(name);
      CAPTURE(budget);
      RaceConfig config = race_on("rosenbrock", {-1.2, 1}, {runner(name)});
      config.budget = budget;
      Race race;
      REQUIRE(message(race.configure(config)).empty());
      race.step(100);
      const auto run = snapshot_of(race).runners[0];
      CHECK(run.gradient_evaluations <= budget);
      if (std::holds_alternative<race::BudgetUsed>(run.end.reason)) {
        CHECK(run.gradient_evaluations == budget);
        ++spent;
      } else {
        CHECK(run.status != race::RunStatus::running);
      }
      race::Conditions conditions;
      conditions.gradient_evaluations = budget;
      const auto surface = surfaces::make_surface("rosenbrock", {});
      survey::Lanes lanes(**surface, entry, conditions);
      const std::vector<double> x{-1.2}, y{1};
      lanes.start(x, y);
      while (lanes.steps() < 100 && lanes.step()) {
      }
      CHECK(lanes.evaluations_of(0) == run.gradient_evaluations);
      CHECK(lanes.x()[0] == run.points[run.points.size() - 2]);
      CHECK(lanes.y()[0] == run.points.back());
    }
  }
  CHECK(spent > 60);
}

TEST_CASE("what is left of a budget, and of none") {
  race::Conditions conditions;
  CHECK(conditions.left(1'000'000) == race::kNoBudget);
  conditions.gradient_evaluations = 10;
  CHECK(conditions.left(0) == 10);
  CHECK(conditions.left(10) == 0);
  CHECK(conditions.left(12) == 0);
}

TEST_CASE("a push costs two evaluations at least: none is made for less, and a method that asks keeps to the rest") {
  const auto surface = surfaces::make_surface("saddle", {});
  REQUIRE(surface.ok());
  for (const char* name : {"gradient_descent", "lbfgs", "nelder_mead"}) {
    for (const std::int64_t budget : {1, 2, 3, 4, 5}) {
      CAPTURE(std::string(name));
      CAPTURE(budget);
      auto run = race::Runner::make(**surface, runner(name), {.budget = budget}, {2, 0}, {});
      REQUIRE(run.ok());
      run->push({0, 0.1});
      CHECK(run->steps() == (budget < 2 ? 0 : 1));
      CHECK(run->gradient_evaluations() <= budget);
      if (budget == 2) CHECK(run->gradient_evaluations() == 2);
      CHECK(run->gradient_norm() == std::hypot(2 * run->point()[0], 2 * run->point()[1]));
    }
  }
}

}  // namespace
}  // namespace descent::testing
