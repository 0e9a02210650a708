// SPDX-License-Identifier: MIT
// The error along the Hessian's axes: on a quadratic, whatever its axes, it is what the method does to each by itself.
#include "web/model/plots/error_axes.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tests/support/close.h"
#include "tests/support/race_helpers.h"

namespace descent::web {
namespace {

using core::NamedValue;
using testing::close;
using testing::snapshot_of;

constexpr double kShare = 1e-3;  // of the error at the start: far above the rounding of either axis

// A bowl of curvatures 1 and 9 round the origin, whose axes lie at 30 degrees.
const std::string kTurned = "0.5*(0.8660254037844387*x+0.5*y)^2+4.5*(0.5*x-0.8660254037844387*y)^2";

race::RaceConfig on_bowl(std::string_view optimizer, std::vector<NamedValue> values) {
  race::RaceConfig config = testing::race_on("quadratic", {-4, 1.5}, {testing::runner(optimizer, values)});
  config.set_surface({.surface = "expression", .expression = surfaces::TypedFormula(kTurned)});
  return config;
}

struct Followed {
  race::RaceSnapshot race;
  surfaces::LocalModel model;
  ErrorAxes axes;

  explicit Followed(const race::Race& run) : race(snapshot_of(run)), model(run.local_model({0, 0})) {
    axes.follow(race.runners[0], {0, 0}, model, race.config.schedule_steps);
  }
  // Measured is predicted, as long as there is something to measure.
  void check() const {
    for (std::size_t k = 0; k < 2; ++k) {
      const auto measured = axes.axis(k).measured.values(), predicted = axes.axis(k).predicted.values();
      REQUIRE(measured.size() == race.runners[0].losses.size());
      REQUIRE(predicted.size() == measured.size());
      for (std::size_t t = 0; t < measured.size(); ++t) {
        CAPTURE(t);
        if (predicted[t] > kShare * predicted[0]) CHECK(close(measured[t], predicted[t], 1e-12, 0));
      }
    }
  }
};

Followed after(const race::RaceConfig& config, std::int64_t steps) {
  race::Race race;
  REQUIRE(race.configure(config).ok());
  race.step(steps);
  return Followed(race);
}

}  // namespace

TEST_CASE("on a quadratic the error of gradient descent is (1 − ηλ)^t on each axis") {
  const Followed run = after(on_bowl("gradient_descent", {{"learning_rate", 0.15}}), 30);
  run.check();
  const LinearMethod method = linear_method("gradient_descent", run.race.runners[0].config.hyperparameters);
  for (std::size_t k = 0; k < 2; ++k) {
    const double factor = method.factor(run.model.eigenvalues[k], 0.15);
    CHECK(close(factor, 1 - 0.15 * (k == 0 ? 1 : 9), 1e-14, 0));
    const auto predicted = run.axes.axis(k).predicted.values();
    for (std::size_t t = 0; t < 10; ++t)
      CHECK(close(predicted[t], predicted[0] * std::pow(std::abs(factor), static_cast<double>(t)), 1e-13, 0));
  }
}

TEST_CASE("velocity, weight decay and schedules are in the prediction") {
  for (const char* optimizer : {"gradient_descent", "momentum", "nesterov"}) {
    CAPTURE(optimizer);
    race::RaceConfig config = on_bowl(optimizer, {{"learning_rate", 0.02}, {"weight_decay", 0.3}});
    config.runners[0].schedule = "cosine";
    after(config, 40).check();
  }
}

TEST_CASE("a rate that is changed on the way acts from there on") {
  race::Race race;
  REQUIRE(race.configure(on_bowl("momentum", {{"learning_rate", 0.02}})).ok());
  race.step(5);
  Followed run(race);
  REQUIRE(race.set_hyperparameter(0, 0, 0.05).ok());
  race.step(15);
  race.back(3);  // the record is followed as it grows, shrinks and grows again
  for (int i = 0; i < 2; ++i) {
    run.race = snapshot_of(race);
    run.axes.follow(run.race.runners[0], {0, 0}, run.model, run.race.config.schedule_steps);
    run.check();
    race.step(10);
  }
  run.axes.follow(run.race.runners[0], {1, 0}, run.model, run.race.config.schedule_steps);
  CHECK(run.axes.axis(0).measured.values()[0] != Followed(race).axes.axis(0).measured.values()[0]);
}

TEST_CASE("the factor of a step is what the error of the slowest mode tends to") {
  for (const char* optimizer : {"momentum", "nesterov"}) {
    CAPTURE(optimizer);
    // Over- and underdamped.
    for (const double momentum : {0.1, 0.5}) {
      CAPTURE(momentum);
      const LinearMethod method = linear_method(optimizer, {0.1, momentum, 0});
      const double factor = method.factor(1, 0.1);
      double error = 1, velocity = 0, highest = 0;
      for (int t = 1; t <= 120; ++t) {
        velocity = momentum * velocity + error;
        error -= 0.1 * (method.look_ahead ? error + momentum * velocity : velocity);
        if (t > 60) highest = std::max(highest, std::pow(std::abs(error), 1.0 / t));
      }
      CHECK(close(highest, factor, 0.02, 0));
    }
  }
  CHECK(close(linear_method("momentum", {0.1, 0.81, 0}).factor(9, 0.1), 0.9, 1e-15, 0));
  CHECK(!linear_method("adam", {0.1, 0.9, 0.999}).known);
}

TEST_CASE("of another method only what was measured is there") {
  const Followed run = after(on_bowl("adam", {{"learning_rate", 0.1}}), 10);
  CHECK(run.axes.axis(1).measured.size() == 11);
  CHECK(run.axes.axis(1).predicted.size() == 0);
}

}  // namespace descent::web
