// SPDX-License-Identifier: MIT
// Freezing: a race that plays stops a run that swings or stalls, at the same step whatever the speed; nothing else ever
// does; and what lets such a run go on.
#include <cmath>

#include "engine/race/descend.h"
#include "engine/race/doctor/doctor.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using race::DiagnosisKind;
using race::Race;
using race::RaceConfig;
using race::RaceSnapshot;
using race::RunnerSnapshot;
using race::RunStatus;

// swinging() is at the edge of stability along y, all the time.
RaceConfig swinging() {
  return one_run("quadratic", {0.001, 1.5}, "gradient_descent", 0.2);
}
RaceConfig stalling() {
  return one_run("plateau", {-2.8, -2.6}, "gradient_descent", 0.01);
}

TEST_CASE("a run that swings is frozen where the doctor first sees it, at any speed") {
  std::vector<std::int64_t> steps;
  for (const double speed : {3000.0, race::kMaxRaceSpeed}) {
    Race race;
    const RunnerSnapshot run = played_out(race, swinging(), speed).runners[0];
    CHECK(run.status == RunStatus::frozen);
    CHECK(run.diagnosis.kind == DiagnosisKind::oscillating);
    CHECK(contains(reason_of(run), "frozen at step " + std::to_string(steps_of(run)) + ": oscillates since step 1"));
    CHECK(std::isfinite(run.diagnosis.proposed_learning_rate));
    CHECK_FALSE(race.busy());
    steps.push_back(steps_of(run));
  }
  CHECK(steps[0] == steps[1]);
  CHECK(steps[0] % 10 == 0);
  CHECK(steps[0] <= 30);
}

TEST_CASE("a run that stalls on a plateau is frozen") {
  Race race;
  const RunnerSnapshot run = played(race, stalling(), 5000).runners[0];
  CHECK(run.status == RunStatus::frozen);
  CHECK(run.diagnosis.kind == DiagnosisKind::stalled);
  CHECK(steps_of(run) < 200);
}

TEST_CASE("steps that a warm-up has hardly begun with do not count as stalling") {
  Race race;
  RaceConfig config = stalling();
  config.schedule_steps = 100000;
  config.runners[0].schedule = "warmup";
  CHECK(played(race, config, 500).runners[0].diagnosis.kind != DiagnosisKind::stalled);
  config.runners[0].schedule = "constant";
  CHECK(played(race, config, 500).runners[0].diagnosis.kind == DiagnosisKind::stalled);
}

TEST_CASE("steps that are asked for are made: step() and descend() freeze nothing") {
  for (const RaceConfig& config : {swinging(), stalling()}) {
    Race race;
    REQUIRE(race.configure(config).ok());
    race.step(500);
    const RunnerSnapshot run = snapshot_of(race).runners[0];
    CHECK(steps_of(run) == 500);
    CHECK(run.status == RunStatus::running);
    CHECK(run.diagnosis.kind != DiagnosisKind::none);
    const race::DescentResult result = descend_from(config.surface, config.runners[0], config.start, 500);
    CHECK(result.steps == 500);
    CHECK(same_bits(run.points, result.points));
  }
}

TEST_CASE("negative control: healthy runs play on") {
  Race race;
  RaceConfig config = one_run("rosenbrock", {-1.2, 1}, "adam", 0.05);
  config.runners.push_back(one_run("rosenbrock", {}, "gradient_descent", 0.001).runners[0]);
  config.runners.push_back(one_run("rosenbrock", {}, "momentum", 0.0005).runners[0]);
  const RaceSnapshot now = played(race, config, 1500);
  CHECK(now.step >= 1500);
  for (const RunnerSnapshot& run : now.runners) CHECK(run.status != RunStatus::frozen);
}

TEST_CASE("others go on; let go, the run catches up with the same bits and is left alone") {
  Race race;
  RaceConfig config = swinging();
  config.runners.push_back(one_run("quadratic", {}, "momentum", 0.001).runners[0]);
  const RaceSnapshot now = played(race, config, 300);
  REQUIRE(now.runners[0].status == RunStatus::frozen);
  CHECK(now.step >= 300);
  CHECK(now.runners[1].status == RunStatus::running);
  CHECK(contains(message(race.let_run(1)), "runner 1 is not frozen: it is running"));
  CHECK(contains(message(race.let_run(7)), "runner 7 does not exist"));
  REQUIRE(message(race.let_run(0)).empty());
  CHECK(steps_of(snapshot_of(race).runners[0]) == now.step);
  const RunnerSnapshot further = play(race, now.step + 300).runners[0];
  CHECK(further.status == RunStatus::running);
  CHECK(further.diagnosis.kind == DiagnosisKind::oscillating);
  const auto result = descend_from(config.surface, config.runners[0], config.start, steps_of(further));
  CHECK(same_bits(further.points, result.points));
  race.reset();
  CHECK(reason_of(play(race, 300).runners[0]) == reason_of(now.runners[0]));
}

TEST_CASE("along the record a frozen run is running, at its end it is frozen; stepping on takes letting it go") {
  Race race;
  const RunnerSnapshot frozen = played(race, swinging(), 300).runners[0];
  const std::int64_t end = steps_of(frozen);
  REQUIRE(race.seek(5).ok());
  CHECK(snapshot_of(race).runners[0].status == RunStatus::running);
  race.step(100);
  const RunnerSnapshot again = snapshot_of(race).runners[0];
  CHECK(steps_of(again) == end);
  CHECK(again.status == RunStatus::frozen);
  CHECK(reason_of(again) == reason_of(frozen));
  race.back(3);
  CHECK(snapshot_of(race).runners[0].status == RunStatus::running);
  CHECK(steps_of(play(race, 300).runners[0]) == end);
}

TEST_CASE("changed, advised or branched, a run goes on and gets its time") {
  Race race;
  const std::int64_t end = steps_of(played(race, swinging(), 300).runners[0]);
  REQUIRE(race.branch(0, end, {}).ok());
  REQUIRE(race.set_hyperparameter(0, 0, 0.1).ok());
  CHECK(snapshot_of(race).runners[0].status == RunStatus::running);
  const RaceSnapshot now = play(race, 2000);
  CHECK(now.runners[0].status == RunStatus::converged);
  CHECK(now.runners[1].status == RunStatus::frozen);  // still at the edge, and looked at again
  CHECK(steps_of(now.runners[1]) == end + race::kCircle);
  REQUIRE(message(race.take_advice(1)).empty());
  CHECK(play(race, 4000).runners[1].status == RunStatus::converged);
}

TEST_CASE(
    "freezing turned off: named, never frozen; turned off on the way, what is frozen goes on with the same bits") {
  Race race;
  RaceConfig config = swinging();
  config.freeze = false;
  const RunnerSnapshot left_alone = played(race, config, 300).runners[0];
  CHECK(left_alone.status == RunStatus::running);
  CHECK(left_alone.diagnosis.kind == DiagnosisKind::oscillating);

  config = swinging();
  config.runners.push_back(one_run("quadratic", {}, "momentum", 0.001).runners[0]);
  const RaceSnapshot now = played(race, config, 300);
  REQUIRE(now.runners[0].status == RunStatus::frozen);
  race.set_freezing(false);
  const RaceSnapshot freed = snapshot_of(race);
  CHECK_FALSE(freed.config.freeze);
  CHECK(freed.runners[0].status == RunStatus::running);
  CHECK(freed.step == now.step);
  const auto result = descend_from(config.surface, config.runners[0], config.start, freed.step);
  CHECK(same_bits(freed.runners[0].points, result.points));
  CHECK(play(race, now.step + 200).runners[0].status == RunStatus::running);
  // configure() turns freezing on again and resets nothing for it.
  RaceConfig again = race.config();
  again.freeze = true;
  REQUIRE(race.configure(again).ok());
  const std::int64_t there = snapshot_of(race).step;
  CHECK(there >= now.step + 200);
  const RunnerSnapshot caught = play(race, there + 200).runners[0];
  CHECK(caught.status == RunStatus::frozen);
  CHECK(steps_of(caught) < there + 200);
}

TEST_CASE("freezing turned off while an earlier step is shown: the run does not stop at the end of its record") {
  Race race;
  const std::int64_t end = steps_of(played(race, swinging(), 300).runners[0]);
  REQUIRE(race.seek(5).ok());
  race.set_freezing(false);
  CHECK(steps_of(snapshot_of(race).runners[0]) == 5);
  race.step(end + 50);
  CHECK(steps_of(snapshot_of(race).runners[0]) == end + 55);
}

}  // namespace
}  // namespace descent::testing
