// SPDX-License-Identifier: MIT
// Runs that come to a saddle: named on the way, frozen while playing once they stay, a push that was tried and leads
// away; and runs that only pass by, or end in a minimum, which are left alone.
#include <cmath>

#include "engine/race/doctor/doctor.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using race::DiagnosisKind;
using race::Race;
using race::RaceConfig;
using race::RunnerSnapshot;
using race::RunStatus;

// on_the_axis() starts on the axis from which f = x² − y² only rises: no gradient leads off it.
RaceConfig on_the_axis(double rate = 0.1) {
  return one_run("saddle", {2, 0}, "gradient_descent", rate);
}
// newtons_way() is drawn to the pass between the wells from where y falls.
RaceConfig newtons_way() {
  return one_run("double_well", {0.35, 1.5}, "newton_raphson", 0.15);
}

TEST_CASE("under way a saddle is approached, then the run stays, at the end it has converged") {
  Race race;
  const RunnerSnapshot coming = after(race, on_the_axis(), 60);
  CHECK(coming.diagnosis.kind == DiagnosisKind::saddle);
  CHECK(contains(finding_of(coming), "approaches a saddle point: gradient norm 6.1"));
  CHECK(contains(finding_of(coming), "×10⁻⁶, but the curvature is −2 along (0, 1)"));
  CHECK_FALSE(coming.diagnosis.offers());
  const RunnerSnapshot there = after(race, on_the_axis(), 100);
  CHECK(there.status == RunStatus::running);
  CHECK(contains(finding_of(there), "stays at a saddle point since step 2"));
  const RunnerSnapshot end = after(race, on_the_axis(), 2000);
  CHECK(end.status == RunStatus::converged);
  CHECK(contains(finding_of(end), "has converged to a saddle point"));
  CHECK(end.diagnosis.offers_push());
}

TEST_CASE("a run that stays at a saddle is frozen at the same step at any speed, and may be let go") {
  std::string before;
  for (const double speed : {3000.0, race::kMaxRaceSpeed}) {
    Race race;
    const RunnerSnapshot run = played_out(race, on_the_axis(), speed).runners[0];
    CHECK(run.status == RunStatus::frozen);
    CHECK(run.diagnosis.kind == DiagnosisKind::saddle);
    CHECK(run.diagnosis.since_step + race::kRest - 1 <= steps_of(run));
    CHECK(steps_of(run) < run.diagnosis.since_step + race::kRest + 10);
    CHECK(contains(reason_of(run),
                   "frozen at step " + std::to_string(steps_of(run)) + ": stays at a saddle point since"));
    CHECK(contains(reason_of(run), finding_of(run)));
    if (!before.empty()) CHECK(reason_of(run) == before);
    before = reason_of(run);
    REQUIRE(message(race.let_run(0)).empty());
    const RunnerSnapshot further = play(race, 2000).runners[0];
    CHECK(further.status == RunStatus::converged);
    const auto result = descend_from("saddle", on_the_axis().runners[0], {2, 0}, steps_of(further));
    CHECK(same_bits(further.points, result.points));
  }
}

TEST_CASE("Newton's method is frozen on the pass; saddle-free Newton and gradient descent pass by and end in a well") {
  Race race;
  RaceConfig config = newtons_way();
  config.runners.push_back(one_run("double_well", {}, "saddle_free_newton", 0.15).runners[0]);
  config.runners.push_back(one_run("double_well", {}, "gradient_descent", 0.05).runners[0]);
  const race::RaceSnapshot now = played(race, config, 2000);
  CHECK(now.runners[0].status == RunStatus::frozen);
  CHECK(now.runners[0].diagnosis.kind == DiagnosisKind::saddle);
  CHECK(std::hypot(now.runners[0].points[2 * static_cast<std::size_t>(steps_of(now.runners[0]))], 0) < 1e-3);
  for (const std::size_t i : {1U, 2U}) {
    CHECK(now.runners[i].status == RunStatus::converged);
    CHECK(now.runners[i].diagnosis.kind == DiagnosisKind::none);
    CHECK(now.runners[i].kind == surfaces::PointKind::minimum);
  }
}

TEST_CASE("passing a saddle closely freezes nothing, however small the slope becomes there") {
  for (const double off : {1e-3, 1e-6, 1e-9})
    for (const char* optimizer : {"gradient_descent", "saddle_free_newton"}) {
      CAPTURE(off);
      CAPTURE(optimizer);
      Race race;
      const RunnerSnapshot run = played(race, one_run("double_well", {off, 1.5}, optimizer, 0.1), 4000).runners[0];
      CHECK(run.status == RunStatus::converged);
      CHECK(run.kind == surfaces::PointKind::minimum);
    }
}

TEST_CASE("a run that is being driven away does not stay, even while its gradient still falls") {
  Race race;
  bool named = false;
  std::int64_t small = 0;
  REQUIRE(message(race.configure(one_run("saddle", {2, 1e-6}, "gradient_descent", 0.03))).empty());
  for (int k = 0; k < 200; ++k) {
    race.step(1);
    const race::Diagnosis found = snapshot_of(race).runners[0].diagnosis;
    CHECK_FALSE(found.lasting);
    if (found.kind != DiagnosisKind::saddle) continue;
    named = true;
    small = std::max(small, snapshot_of(race).step - found.since_step + 1);
  }
  CHECK(named);
  CHECK(small >= race::kRest);  // long enough; what tells it from a run that stays is that the slope down grows
  CHECK(after(race, one_run("saddle", {2, 0}, "gradient_descent", 0.03), 125).diagnosis.lasting);
}

TEST_CASE("the same at a minimum, under noise and in a warm-up: nothing is frozen as a saddle") {
  const auto saddle_frozen = [](const RaceConfig& config, std::int64_t steps) {
    Race race;
    const RunnerSnapshot run = played(race, config, steps).runners[0];
    return run.status == RunStatus::frozen && run.diagnosis.kind == DiagnosisKind::saddle;
  };
  CHECK(saddle_frozen(on_the_axis(), 1000));
  RaceConfig bowl = one_run("quadratic", {2, 0}, "gradient_descent", 0.01);
  CHECK_FALSE(saddle_frozen(bowl, 1000));
  RaceConfig noisy = on_the_axis();
  noisy.noise = 1e-9;
  CHECK_FALSE(saddle_frozen(noisy, 200));
  // The slope is small already at this start: the warm-up's tiny steps are no stay.
  RaceConfig warming = one_run("saddle", {0.002, 0}, "gradient_descent", 0.01);
  CHECK(saddle_frozen(warming, 70));
  warming.schedule_steps = 100000;
  warming.runners[0].schedule = "warmup";
  CHECK_FALSE(saddle_frozen(warming, 500));
}

TEST_CASE("the push that is offered was tried out, and leads away when it is taken") {
  for (const RaceConfig& config : {on_the_axis(0.02), newtons_way()}) {
    CAPTURE(config.surface);
    Race race;
    const RunnerSnapshot stuck = played(race, config, 3000).runners[0];
    const race::Diagnosis advice = stuck.diagnosis;
    REQUIRE(advice.kind == DiagnosisKind::saddle);
    REQUIRE(advice.offers_push());
    CHECK(advice.proposed_step == steps_of(stuck));
    CHECK(advice.trial_loss < stuck.losses.back());
    REQUIRE(message(race.take_advice(0)).empty());
    const RunnerSnapshot pushed = snapshot_of(race).runners[0];
    CHECK(steps_of(pushed) == advice.proposed_step + 1);
    CHECK(pushed.note.text() == "Pushed before this step");
    const std::int64_t cost = stuck.gradient_evaluations / steps_of(stuck);
    CHECK(pushed.gradient_evaluations == stuck.gradient_evaluations + cost + 1);
    race.step(advice.trial_steps - 1);
    const RunnerSnapshot end = snapshot_of(race).runners[0];
    CHECK(steps_of(end) == advice.proposed_step + advice.trial_steps);
    CHECK(end.losses.back() == advice.trial_loss);
    // A part of the record: sought, branched, and gone with it.
    REQUIRE(race.branch(0, steps_of(end), {}).ok());
    CHECK(same_bits(snapshot_of(race).runners[1].points, end.points));
    REQUIRE(race.seek(3).ok());
    REQUIRE(race.seek(steps_of(end)).ok());
    CHECK(same_bits(snapshot_of(race).runners[0].points, end.points));
    race.reset();
    CHECK(reason_of(played(race, config, 3000).runners[0]) == reason_of(stuck));
  }
}

TEST_CASE("where no push leads down none is offered: Newton's method on x² − y² comes back from everywhere") {
  Race race;
  for (const double rate : {1.0, 0.1}) {
    const RunnerSnapshot run = played(race, one_run("saddle", {1.5, 0.5}, "newton_raphson", rate), 1000).runners[0];
    CHECK(run.status == (rate < 1 ? RunStatus::frozen : RunStatus::converged));
    CHECK(run.diagnosis.kind == DiagnosisKind::saddle);
    CHECK_FALSE(run.diagnosis.offers());
    CHECK(contains(message(race.take_advice(0)), "nothing that was tried helps"));
  }
}

TEST_CASE("at a maximum the push goes down its steepest side") {
  Race race;
  const RunnerSnapshot run = after(race, one_run("himmelblau", {-0.2708445907, -0.9230385565}, "newton_raphson", 1), 5);
  CHECK(run.status == RunStatus::converged);
  CHECK(contains(finding_of(run), "has converged to a maximum"));
  const surfaces::Point push = run.diagnosis.proposed_push;
  const double* v = run.head.eigenvectors.data();
  CHECK(std::abs(push[0] * v[1] - push[1] * v[0]) < 1e-12);
}

}  // namespace
}  // namespace descent::testing
