// SPDX-License-Identifier: MIT
// The finish line: who arrives when, that a race which is over stops by itself at the same step at any speed, who ranks
// where; surfaces without a minimum, minima that are not the best, runs that circle, schedules that are over.
#include "engine/race/outcome/finish.h"

#include <cmath>

#include "engine/core/number_text.h"
#include "engine/race/outcome/standings.h"
#include "engine/words/race_words.h"
#include "tests/support/close.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using race::DiagnosisKind;
using race::Race;
using race::RaceConfig;
using race::RaceSnapshot;
using race::RunnerSnapshot;
using race::RunStatus;

RaceConfig formula(const char* text, surfaces::Point start, const char* optimizer, double rate) {
  RaceConfig config = one_run("", start, optimizer, rate);
  config.surface = "expression";
  config.expression = surfaces::TypedFormula(text);
  return config;
}

// Three rates on f = (x² + 5 y²)/2: one too small to be first, one right, one that diverges.
RaceConfig three_rates() {
  RaceConfig config = one_run("quadratic", {-4.2, 0.8}, "gradient_descent", 0.02);
  config.parameters = {5};
  config.runners.push_back(one_run("quadratic", {}, "gradient_descent", 0.3).runners[0]);
  config.runners.push_back(one_run("quadratic", {}, "gradient_descent", 0.43).runners[0]);
  config.freeze = false;
  return config;
}

// The first step whose loss is at most a ten-thousandth of the start's, by the closed form of gradient descent.
int steps_by_hand(double rate) {
  const auto loss = [rate](int k) {
    const double x = -4.2 * std::pow(1 - rate, k), y = 0.8 * std::pow(1 - 5 * rate, k);
    return (x * x + 5 * y * y) / 2;
  };
  int k = 0;
  while (loss(k) > 1e-4 * loss(0)) ++k;
  return k;
}

TEST_CASE("runs arrive within a ten-thousandth of the start's height; the race then stops by itself, at any speed") {
  std::vector<std::int64_t> steps;
  for (const double speed : {3000.0, race::kMaxRaceSpeed}) {
    Race race;
    const RaceSnapshot now = played_out(race, three_rates(), speed);
    CHECK(now.finish.lowest == 0);
    CHECK(std::abs(now.finish.tolerance - 1e-4 * 10.42) < 1e-12);
    CHECK(now.runners[0].arrival.step == steps_by_hand(0.02));
    CHECK(now.runners[1].arrival.step == steps_by_hand(0.3));
    CHECK_FALSE(now.runners[2].arrival.arrived());
    CHECK(now.first == 1);
    CHECK(now.over);
    CHECK_FALSE(now.playing);
    CHECK(now.runners[2].status == RunStatus::diverged);
    CHECK(words::outcome(now) ==
          "Gradient descent, rate 0.3 arrives first, after " + std::to_string(steps_by_hand(0.3)) + " steps.");
    CHECK(race::by_place(now) == std::vector<std::size_t>{1, 0, 2});
    CHECK(now.runners[2].place == 3);
    steps.push_back(now.step);
    // Played on, it goes to where nothing moves any more.
    race.play();
    CHECK(race.busy());
    while (race.busy()) race.advance();
    CHECK(snapshot_of(race).runners[1].status == RunStatus::converged);
    CHECK(snapshot_of(race).step > now.step);
  }
  CHECK(steps[0] == steps[1]);
}

// The way of gradient descent along three_rates() by its closed form.
double way_by_hand(double rate, int steps) {
  double way = 0;
  for (int k = 0; k < steps; ++k)
    way += std::hypot(-4.2 * rate * std::pow(1 - rate, k), 0.8 * 5 * rate * std::pow(1 - 5 * rate, k));
  return way;
}

TEST_CASE("why the first was first: ways, steps and mean steps of the first two, and what decided") {
  Race race;
  const RaceSnapshot now = played_out(race, three_rates(), race::kMaxRaceSpeed);
  const auto told = [](double rate) {
    const int steps = steps_by_hand(rate);
    const double way = way_by_hand(rate, steps);
    return core::short_number(way) + " in " + std::to_string(steps) + " steps of " + core::short_number(way / steps) +
           " on average";
  };
  CHECK(words::reason(now) == "Gradient descent, rate 0.02 went " + told(0.02) + "; Gradient descent, rate 0.3 went " +
                                  told(0.3) + ". Its learning rate is the higher one.");
  // Where the first one arrives nobody else has.
  REQUIRE(race.seek(now.runners[1].arrival.step).ok());
  CHECK(contains(words::reason(snapshot_of(race)), "Gradient descent, rate 0.02 has gone "));
  // Negative controls: nothing is decided, or there is nobody to compare with.
  REQUIRE(race.seek(now.runners[1].arrival.step - 1).ok());
  CHECK(words::reason(snapshot_of(race)).empty());
  RaceConfig alone = three_rates();
  alone.runners.erase(alone.runners.begin());
  CHECK(words::reason(played_out(race, alone, race::kMaxRaceSpeed)).empty());  // the other one diverges
}

TEST_CASE("why the first was first: by its method, or by the shorter way") {
  Race race;
  RaceConfig config = one_run("quadratic", {-4.2, 0.8}, "gradient_descent", 0.02);
  config.parameters = {5};
  config.runners.push_back(one_run("quadratic", {}, "momentum", 0.02).runners[0]);
  CHECK(contains(words::reason(played_out(race, config, race::kMaxRaceSpeed)), " It adds up earlier steps, "));
  // Momentum swings at this rate, gradient descent does not.
  config.runners[0].hyperparameters[0] = config.runners[1].hyperparameters[0] = 0.3;
  const RaceSnapshot swings = played_out(race, config, race::kMaxRaceSpeed);
  REQUIRE(swings.first == 0);
  CHECK(contains(words::reason(swings), " Its way is the shorter one."));
}

TEST_CASE("along the record nobody has arrived before the step at which it did") {
  Race race;
  const RaceSnapshot end = played_out(race, three_rates(), race::kMaxRaceSpeed);
  const std::int64_t first = end.runners[1].arrival.step;
  REQUIRE(race.seek(first - 1).ok());
  CHECK(snapshot_of(race).first == -1);
  CHECK(words::outcome(snapshot_of(race)).empty());
  REQUIRE(race.seek(first).ok());
  CHECK(snapshot_of(race).first == 1);
  CHECK_FALSE(snapshot_of(race).over);
  race.reset();
  CHECK(snapshot_of(race).first == -1);
  // Another start is another line.
  REQUIRE(race.set_start({1, 0}).ok());
  CHECK(std::abs(snapshot_of(race).finish.tolerance - 0.5e-4) < 1e-15);
}

TEST_CASE("runs that arrive at the same step arrive together, and a run alone is not called first") {
  Race race;
  RaceConfig config = one_run("quadratic", {1, 1}, "gradient_descent", 0.1);
  config.runners.push_back(one_run("quadratic", {}, "nesterov", 0.1).runners[0]);
  config.runners[1].hyperparameters[1] = 0;
  const RaceSnapshot both = played_out(race, config, race::kMaxRaceSpeed);
  CHECK(both.runners[0].place == both.runners[1].place);
  CHECK(contains(words::outcome(both), "Gradient descent and Nesterov"));
  CHECK(contains(words::outcome(both), " arrive first, after "));
  config.runners.pop_back();
  CHECK(contains(words::outcome(played_out(race, config, race::kMaxRaceSpeed)), "Gradient descent arrives after "));
}

TEST_CASE("a minimum that is not the best one is no arrival: local minimum, with how much it lies above") {
  Race race;
  // Rastrigin's dents next to the origin lie 0.995 above it.
  const RaceSnapshot now = played_out(race, one_run("rastrigin", {1.2, 0.1}, "gradient_descent", 0.001), 1e5);
  const RunnerSnapshot& run = now.runners[0];
  CHECK(run.status == RunStatus::converged);
  CHECK_FALSE(run.arrival.arrived());
  CHECK(words::statement(run).what == "local minimum, 0.995 above the best");
  CHECK(words::outcome(now) == "The run has ended before it arrived at the lowest minimum.");
  // Negative control: from within the best dent.
  const RaceSnapshot best = played_out(race, one_run("rastrigin", {0.2, 0.1}, "gradient_descent", 0.001), 1e5);
  CHECK(best.first == 0);
  CHECK_FALSE(contains(words::statement(best.runners[0]).what, "local minimum"));
}

TEST_CASE("the tolerance stays below the gap to the next minimum, however high the start lies") {
  const auto surface = surfaces::make_surface("goldstein_price", {});
  REQUIRE(surface.ok());
  const auto minima = surfaces::list_minima(**surface, (*surface)->info().domain);
  const race::FinishLine line = race::finish_line(**surface, minima, 3, {-2, 2});
  CHECK(close(line.lowest, 3, 1e-12, 0).ok);
  CHECK(line.tolerance < 0.1 * 27 + 1e-6);  // the next minimum is 30
  CHECK_FALSE(line.reached(30));
}

TEST_CASE("surfaces without a minimum are told from bounded ones, and falling for ever is not the rate's fault") {
  for (const char* text : {"x + y", "x^3 - 3*x*y^2", "x^2 - y^2", "-log(1 + x^2 + y^2)", "x^3 - 3*x + y^2"}) {
    CAPTURE(text);
    Race race;
    const RaceSnapshot now = played(race, formula(text, {2, 1}, "gradient_descent", 0.01), 1);
    CHECK(now.finish.bottomless);
    CHECK_FALSE(now.finish.known());
    CHECK(contains(words::missing_minimum(now), "it falls for ever"));
  }
  for (const char* text : {"x^2 + y^2", "exp(-x) + y^2", "sin(x) + cos(y)", "x^4 - x^2 + y^2", "1/(1 + x^2 + y^2)"}) {
    CAPTURE(text);
    Race race;
    CHECK_FALSE(played(race, formula(text, {2, 1}, "gradient_descent", 0.01), 1).finish.bottomless);
  }
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    CAPTURE(entry.info->name);
    Race race;
    REQUIRE(race.configure(race_on(entry.info->name, entry.info->start, {})).ok());
    const bool none = entry.info->name == "saddle" || entry.info->name == "monkey_saddle";
    CHECK(snapshot_of(race).finish.bottomless == none);
    CHECK(snapshot_of(race).finish.known() != none);
    CHECK_FALSE(snapshot_of(race).over);
  }
  Race race;
  const RunnerSnapshot run = after(race, one_run("monkey_saddle", {1, 0.4}, "momentum", 0.005), 5000);
  CHECK(run.status == RunStatus::diverged);
  CHECK(contains(reason_of(run), "falls for ever"));
  CHECK_FALSE(contains(reason_of(run), "2 (1 + β)"));
  CHECK_FALSE(run.diagnosis.offers());
  // Negative control: too large a rate where f has a minimum is blamed, also after a stretch downhill.
  RaceConfig steep = one_run("quadratic", {-4, 1.5}, "gradient_descent", 0.1);
  REQUIRE(race.configure(steep).ok());
  race.step(5);
  REQUIRE(race.set_hyperparameter(0, 0, 900).ok());
  race.step(500);
  CHECK(contains(reason_of(snapshot_of(race).runners[0]), "2 / λmax = 0.2"));
}

TEST_CASE("a run that circles where it has arrived is not in trouble; in a local minimum or far out it is") {
  Race race;
  // At the edge of stability y turns round for ever, by so little that the run is within the line.
  RaceConfig config = one_run("quadratic", {-4, 0.005}, "gradient_descent", 0.2);
  config.runners.push_back(one_run("quadratic", {}, "gradient_descent", 0.0005).runners[0]);
  const RunnerSnapshot run = played(race, config, 1000).runners[0];
  REQUIRE(run.arrival.arrived());
  CHECK(run.status == RunStatus::running);
  CHECK(run.diagnosis.kind == DiagnosisKind::none);
  CHECK(run.arrival.circles_since == run.arrival.step);
  CHECK(contains(words::statement(run).text(), "as steps at a rate of 0.2 do not get shorter"));
  CHECK(contains(message(race.take_advice(0)), "nothing is wrong with it"));
  const RunnerSnapshot local = played(race, one_run("rastrigin", {2.1, 0.1}, "lion", 0.01), 1000).runners[0];
  CHECK(local.status == RunStatus::frozen);
  CHECK(local.diagnosis.around.lower_known());
  CHECK(contains(reason_of(local), "circles in a local minimum, 3.98 above the best, since step "));
  const RunnerSnapshot far = played(race, one_run("quadratic", {0.001, 1.5}, "gradient_descent", 0.2), 100).runners[0];
  CHECK(far.status == RunStatus::frozen);
  CHECK_FALSE(far.diagnosis.around.known);
}

TEST_CASE("a schedule that is over ends the run, until it gets another one; a constant rate goes on") {
  Race race;
  RaceConfig config = one_run("rosenbrock", {-1.2, 1}, "gradient_descent", 0.001);
  config.schedule_steps = 50;
  config.runners[0].schedule = "cosine";
  const RaceSnapshot over = played_out(race, config, 1e5);
  CHECK(over.runners[0].status == RunStatus::stopped);
  CHECK(over.step <= 52);
  CHECK(contains(reason_of(over.runners[0]), "schedule over, rate 0"));
  CHECK(over.over);
  race::RunnerSettings constant = over.runners[0].config.settings();
  constant.schedule = "constant";
  constant.schedule_parameters = {};
  REQUIRE(message(race.change(0, constant)).empty());
  CHECK(snapshot_of(race).runners[0].status == RunStatus::running);
  race.step(100);
  CHECK(snapshot_of(race).step == over.step + 100);
  CHECK(snapshot_of(race).runners[0].losses.back() < over.runners[0].losses.back());
  config.runners[0].schedule = "constant";
  CHECK(played(race, config, 200).runners[0].status == RunStatus::running);
}

}  // namespace
}  // namespace descent::testing
