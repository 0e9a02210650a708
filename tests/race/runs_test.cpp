// SPDX-License-Identifier: MIT
// Runs on a surface: PyTorch's trajectories to 1e-9, and how a run ends (converged, diverged, stopped) in sentences
// with numbers.
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "engine/race/descend.h"
#include "engine/race/race.h"
#include "engine/race/record_limit.h"
#include "engine/race/runner.h"
#include "tests/support/close.h"
#include "tests/support/golden.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using race::Race;
using race::RaceSnapshot;
using race::RunnerSnapshot;
using race::RunStatus;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::vector<core::NamedValue> named(const Json& object) {
  std::vector<core::NamedValue> values;
  for (const auto& [name, value] : object.items()) values.push_back({name, value.get<double>()});
  return values;
}

// Largest deviation from the fixture's points and losses, relative to 1e-9 of their size; 1 is the limit.
double deviation(const Json& run, std::span<const double> points, std::span<const double> losses) {
  double worst = 0;
  for (const Json& at : run["at"]) {
    const auto k = at["step"].get<std::size_t>();
    const auto measure = [&](double actual, double expected) {
      worst = std::max(worst, std::abs(actual - expected) / (1e-9 * std::abs(expected) + 1e-12));
    };
    if (k >= losses.size()) return std::numeric_limits<double>::infinity();
    measure(points[2 * k], at["point"][0]);
    measure(points[2 * k + 1], at["point"][1]);
    measure(losses[k], at["loss"]);
  }
  return worst;
}

TEST_CASE("race and descend() follow PyTorch's trajectories to 1e-9") {
  const Json golden = load_golden("optimizers.json");
  int runs = 0;
  for (const Json& run : golden["runs"]) {
    CAPTURE(run["surface"].get<std::string>());
    CAPTURE(run["optimizer"].get<std::string>());
    const surfaces::Point start{run["start"][0], run["start"][1]};
    const auto values = named(run["parameters"]);
    Race race;
    REQUIRE(message(race.configure(race_on(run["surface"].get<std::string>(), start,
                                           {runner(run["optimizer"].get<std::string>(), values)})))
                .empty());
    race.step(100);
    const RaceSnapshot snapshot = snapshot_of(race);
    CHECK(deviation(run, snapshot.runners[0].points, snapshot.runners[0].losses) <= 1);
    race::DescentRequest request;
    request.surface = snapshot.config.surface;
    request.optimizer = snapshot.runners[0].config.optimizer;
    request.hyperparameters = snapshot.runners[0].config.hyperparameters;
    request.start = start;
    const auto result = race::descend(request);
    REQUIRE(result.ok());
    CHECK(same_bits(result->points, snapshot.runners[0].points));
    CHECK(same_bits(result->losses, snapshot.runners[0].losses));
    ++runs;
  }
  CHECK(runs >= 20);
}

TEST_CASE("negative control: another learning rate fails the comparison with PyTorch") {
  const Json golden = load_golden("optimizers.json");
  const Json& run = golden["runs"][0];
  auto values = named(run["parameters"]);
  values[0].value *= 1 + 1e-7;
  Race race;
  REQUIRE(race.configure(race_on("quadratic", {-4, 1.5}, {runner("gradient_descent", values)})).ok());
  race.step(100);
  CHECK(deviation(run, snapshot_of(race).runners[0].points, snapshot_of(race).runners[0].losses) > 1);
}

TEST_CASE("divergence is explained with the learning rate, the bound and the step") {
  Race race;
  const std::vector<core::NamedValue> rate{{"learning_rate", 0.3}};
  REQUIRE(race.configure(race_on("quadratic", {-4, 1.5}, {runner("gradient_descent", rate)})).ok());
  race.step(1000);
  const RunnerSnapshot run = snapshot_of(race).runners[0];
  CHECK(run.status == RunStatus::diverged);
  INFO(reason_of(run));
  CHECK(contains(reason_of(run), "diverged at step " + std::to_string(run.losses.size())));
  CHECK(contains(reason_of(run), "learning rate 0.3 is above 2"));
  CHECK(contains(reason_of(run), "= 0.2 since step 1"));
  CHECK(close(run.stable_learning_rate, 0.2, 1e-12, 0).ok);
  for (const double x : run.points) CHECK(std::isfinite(x));
  for (const double loss : run.losses) CHECK(std::isfinite(loss));

  SUBCASE("a rate that became too large is dated to the change") {
    REQUIRE(race.set_hyperparameter(0, 0, 0.05).ok());
    race.reset();
    race.step(9);
    REQUIRE(race.set_hyperparameter(0, 0, 0.3).ok());
    race.step(1000);
    CHECK(contains(reason_of(snapshot_of(race).runners[0]), "since step 10"));
  }
  SUBCASE("going back revives it") {
    race.back(5);
    REQUIRE(race.set_hyperparameter(0, 0, 0.05).ok());
    race.step(3);
    CHECK(snapshot_of(race).runners[0].status == RunStatus::running);
    CHECK_FALSE(snapshot_of(race).runners[0].end.ended());
  }
}

TEST_CASE("a surface without a minimum is named as the reason, not the rate") {
  Race race;
  const std::vector<core::NamedValue> rate{{"learning_rate", 0.1}};
  REQUIRE(race.configure(race_on("saddle", {0.5, 0.1}, {runner("gradient_descent", rate)})).ok());
  race.step(5000);
  const RunnerSnapshot run = snapshot_of(race).runners[0];
  INFO(reason_of(run));
  CHECK(run.status == RunStatus::diverged);
  CHECK(contains(reason_of(run), "no minimum in that direction"));
  CHECK_FALSE(contains(reason_of(run), "above"));
}

TEST_CASE("convergence ends a runner, and a saddle point is called one") {
  Race race;
  REQUIRE(race.configure(race_on("saddle", {0, 0}, {runner("adam")})).ok());
  CHECK(snapshot_of(race).runners[0].status == RunStatus::converged);
  CHECK(contains(reason_of(snapshot_of(race).runners[0]), "saddle point"));
  REQUIRE(race.configure(race_on("booth", {0, 0}, {runner("newton")})).ok());
  race.step(1000);
  const RunnerSnapshot run = snapshot_of(race).runners[0];
  CHECK(run.status == RunStatus::converged);
  CHECK(run.losses.size() < 50);
  CHECK_FALSE(contains(reason_of(run), "saddle"));
}

TEST_CASE("records of many runs share what memory there is for them") {
  // Adam keeps about 100 bytes a step, L-BFGS about 400: one run has the full length, sixteen of either do not.
  CHECK(race::most_steps(1, 100) == race::kMaxRaceSteps);
  CHECK(race::most_steps(10, 96) == race::kMaxRaceSteps);
  CHECK(race::most_steps(16, 400) == 15000);
  CHECK(race::most_steps(16, 100'000'000) == 1);
  const auto surface = surfaces::make_surface("rosenbrock", {});
  REQUIRE(surface.ok());
  auto made = race::Runner::make(**surface, runner("lbfgs"), {}, {-1.2, 1}, {});
  REQUIRE(made.ok());
  CHECK(made->bytes_per_step() > 100);
  made->limit(7, 16);
  for (int k = 0; k < 20; ++k) made->step();
  CHECK(made->steps() == 7);
  CHECK(words::statement(made->end()).text() ==
        "stopped at step 7: a run keeps at most 7 steps beside so many others; reset it or go back to go on");
}

TEST_CASE("a runner stops at the limit with a sentence") {
  Race race;
  const std::vector<core::NamedValue> rate{{"learning_rate", 1e-9}};
  REQUIRE(race.configure(race_on("rosenbrock", {-1.2, 1}, {runner("gradient_descent", rate)})).ok());
  race.step(race::kMaxRaceSteps + 5);
  const RaceSnapshot snapshot = snapshot_of(race);
  CHECK(snapshot.step == race::kMaxRaceSteps);
  CHECK(snapshot.runners[0].status == RunStatus::stopped);
  CHECK(contains(reason_of(snapshot.runners[0]), "100,000"));
}

TEST_CASE("descend() makes exactly the steps asked for and says how it ended") {
  race::DescentRequest request;
  request.surface = "booth";
  request.optimizer = "newton";
  request.steps = 200;
  auto result = race::descend(request);
  REQUIRE(result.ok());
  CHECK(result->steps == 200);
  CHECK(result->points.size() == 402);
  CHECK(result->status == RunStatus::converged);
  request.steps = 0;
  result = race::descend(request);
  REQUIRE(result.ok());
  CHECK(result->losses.size() == 1);
  CHECK(result->status == RunStatus::stopped);
  request.steps = 1000001;
  CHECK(contains(message(core::Status(race::descend(request).error())), "1,000,000"));
  request.steps = 10;
  request.hyperparameters = {kNaN};
  CHECK_FALSE(race::descend(request).ok());
  request = {};
  request.surface = "quadratic";
  request.optimizer = "gradient_descent";
  request.start = {1, 1};
  request.hyperparameters =
      runner("gradient_descent", std::vector<core::NamedValue>{{"learning_rate", 0.5}}).hyperparameters;
  result = race::descend(request);
  REQUIRE(result.ok());
  CHECK(result->status == RunStatus::diverged);
  CHECK(result->steps < 100);
  CHECK(result->losses.size() == static_cast<std::size_t>(result->steps) + 1);
}

race::DescentResult newton_raphson_on(std::string expression, surfaces::Point start) {
  race::DescentRequest request;
  request.surface = surfaces::kExpressionName;
  request.expression = surfaces::TypedFormula(expression);
  request.optimizer = "newton_raphson";
  request.start = start;
  request.steps = 3;
  auto result = race::descend(request);
  REQUIRE(result.ok());
  return std::move(result).value();
}

TEST_CASE("descend() says why a method stands still, and from which step on") {
  // ∇²f = diag(2, 0) at (1, 0).
  const auto singular = newton_raphson_on("x^2 + y^4", {1, 0});
  CHECK(reason_of(singular) ==
        "stopped after the steps asked for: gradient norm 2 at step 3. It stands still since step 1: The Hessian is "
        "singular here: Newton's step does not exist");
  // Negative control: it moves.
  CHECK(newton_raphson_on("x^4 + y^4", {1, 1}).still_since == 0);
}

TEST_CASE("Newton's step exists wherever the Hessian has an inverse, however unevenly it is scaled") {
  for (const std::string expression : {"5e67*x^2 + y^2", "y^2 + 5e-67*x^2", "1e60*x*y", "x^2 + 1e9*x*y + y^2"}) {
    CAPTURE(expression);
    const auto found = newton_raphson_on(expression, {1, 1});
    CHECK(std::abs(found.points[2]) < 1e-6);
    CHECK(std::abs(found.points[3]) < 1e-6);
  }
  // (x + y)² has none: ∇²f = [[2, 2], [2, 2]].
  const auto none = newton_raphson_on("(x + y)^2", {1, 1});
  CHECK(none.points[2] == 1);
  CHECK(contains(reason_of(none), "singular"));
}

}  // namespace
}  // namespace descent::testing
