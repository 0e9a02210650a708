// SPDX-License-Identifier: MIT
// Checks what is said of runs: each reason to end and each finding, from facts made up here. The race's own are in
// tests/race.
#include "engine/words/run_words.h"

#include <doctest/doctest.h>

#include <limits>

using namespace descent;
using race::Diagnosis;
using race::DiagnosisKind;
using race::DivergenceReport;
using race::RunEnd;
using words::statement;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// says() compares both parts of what is said, and the whole.
void says(const words::Statement& said, const std::string& what, const std::string& reasons) {
  CHECK(said.what == what);
  CHECK(said.reasons == reasons);
  CHECK(said.text() == what + ": " + reasons);
}

Diagnosis found(DiagnosisKind kind, decltype(Diagnosis::facts) facts, bool lasting = true) {
  return {.kind = kind, .since_step = 1234, .lasting = lasting, .facts = facts};
}

}  // namespace

TEST_CASE("nothing is said of a run that goes on well") {
  CHECK(statement(RunEnd{}).empty());
  CHECK(statement(RunEnd{12, {}}).text().empty());
  CHECK(statement(Diagnosis{}).text().empty());
  CHECK(statement(optim::StepNote()).text().empty());
  CHECK(statement(race::RunnerSnapshot{}).text().empty());
}

TEST_CASE("a run that converged") {
  says(statement(RunEnd{1500, race::Converged{2.5e-11, 3}}), "converged at step 1,500", "gradient norm 2.5×10⁻¹¹");
  says(statement(RunEnd{2, race::Converged{0, kNaN}}), "converged at step 2",
       "gradient norm 0, at a kink, where the slope is a choice");
  says(statement(RunEnd{0, race::Converged{0, -2}}), "converged at step 0 to a saddle point or maximum",
       "gradient norm 0, smallest curvature −2");
}

TEST_CASE("a run that rests in another minimum than the best one") {
  says(statement(RunEnd{80, race::Converged{2.5e-11, 3, 12.93}}), "local minimum, 12.9 above the best",
       "converged at step 80, gradient norm 2.5×10⁻¹¹");
}

TEST_CASE("a run that stopped") {
  says(statement(RunEnd{201, race::ScheduleOver{200}}), "stopped at step 201",
       "schedule over, rate 0; it was laid out for 200 steps");
  says(statement(RunEnd{3, race::StepFailed{"The simplex has shrunk to a point", 0.25}}), "stopped at step 3",
       "The simplex has shrunk to a point (gradient norm 0.25)");
  says(statement(RunEnd{30, race::BudgetUsed{3000}}), "stopped at step 30",
       "budget of 3,000 gradient evaluations used");
  says(statement(RunEnd{7, race::RecordFull{7, true}}), "stopped at step 7",
       "a run keeps at most 7 steps beside so many others; reset it or go back to go on");
  says(statement(RunEnd{100000, race::RecordFull{100000, false}}), "stopped at step 100,000",
       "a run keeps at most 100,000 steps; reset it or go back to go on");
  says(statement(RunEnd{5, race::MemoryFull{}}), "stopped at step 5",
       "the page has no memory for a longer record; reset it or go back to go on");
}

TEST_CASE("a run that diverged") {
  DivergenceReport report{.breakdown = race::Breakdown::point, .step = 41, .learning_rate = 0.3, .failed = {2, -1}};
  report.last_loss = -1e12;
  report.far_limit = 2e6;
  const auto reasons = [&report] { return statement(RunEnd{40, report}).reasons; };
  says(statement(RunEnd{40, report}), "diverged at step 41", "the step is not a finite number (learning rate 0.3)");
  report.breakdown = race::Breakdown::value;
  CHECK(reasons() == "the value or gradient at (2, −1) is not finite (learning rate 0.3)");
  report.breakdown = race::Breakdown::far_away;
  CHECK(reasons() == "the point (2, −1) is more than 2×10⁶ from the origin (learning rate 0.3)");
  report.excess = {.step = 9, .lasting = true, .rate = {0.3, 0.2, "2 / λmax"}};
  CHECK(reasons() == "learning rate 0.3 is above 2 / λmax = 0.2 since step 9");
  report.excess.lasting = false;
  CHECK(reasons() == "learning rate 0.3 was above 2 / λmax = 0.2 at step 9");
  says(statement(found(DiagnosisKind::diverged, report)), "diverged at step 41", reasons());
  // Where f falls for ever no rate is to blame, whatever it was.
  report.bottomless = true;
  says(
      statement(RunEnd{40, report}), "falls for ever, and is out of reach at step 41",
      "the loss fell to −10¹² on the way out; the surface has no minimum in that direction, and no learning rate is to "
      "blame");
}

TEST_CASE("a run that left the domain of its formula") {
  DivergenceReport report{.breakdown = race::Breakdown::value, .step = 41, .learning_rate = 0.3, .failed = {2, -1}};
  report.left_domain = true;
  const auto reasons = [&report] { return statement(RunEnd{40, report}).reasons; };
  says(statement(RunEnd{40, report}), "left the domain of the formula at step 41",
       "f is not defined at (2, −1) (learning rate 0.3)");
  report.excess = {.step = 2, .lasting = false, .rate = {6, 0.08, "2 / λmax"}};
  CHECK(reasons() == "f is not defined at (2, −1); learning rate 6 was above 2 / λmax = 0.08 at step 2");
  report.bottomless = true;
  CHECK(reasons() ==
        "f is not defined at (2, −1); it falls all the way to that edge, and a smaller rate only gets there later "
        "(learning rate 0.3)");
}

TEST_CASE("what the doctor finds") {
  const race::RateAndBound known{0.3, 0.2, "2 / λmax"}, unknown{0.3, kNaN, {}};
  says(statement(found(DiagnosisKind::oscillating, race::Turning{10, 3, 1, false, known})),
       "oscillates since step 1,234",
       "every step turns round along the curvature 10 and is 3 long (learning rate 0.3, 2 / λmax = 0.2)");
  CHECK(statement(found(DiagnosisKind::oscillating, race::Turning{10, 3, 1.15, true, unknown})).reasons ==
        "every step turns round along the curvature 10 and is 1.15 times as long as the one before (learning rate "
        "0.3)");
  says(statement(found(DiagnosisKind::oscillating, race::Circling{12, 0.5, 7, unknown})), "circles since step 1,234",
       "a path of length 12 led only 0.5 away, and the loss stays near 7 (learning rate 0.3)");
  says(statement(found(DiagnosisKind::stalled, race::Plateau{0.001, 0, 900, 50, 1e-5, 0.1})), "stalls since step 1,234",
       "gradient norm 0.001, at which the way down to 0 would be 900 long; the last 50 steps gained 10⁻⁵ (learning "
       "rate 0.1)");
}

TEST_CASE("what circles round a minimum is told which one") {
  Diagnosis round = found(DiagnosisKind::oscillating, race::Circling{12, 0.5, 7, {0.3, kNaN, {}}});
  round.around = {.known = true, .above = 0.04, .above_best = 12.93};
  const std::string reasons =
      "its steps do not get shorter; a path of length 12 led only 0.5 away, and the loss stays near 7 (learning rate "
      "0.3)";
  says(statement(round), "circles in a local minimum, 12.9 above the best, since step 1,234", reasons);
  for (const double best : {0.0, kNaN}) {
    round.around.above_best = best;
    says(statement(round), "circles at a minimum, 0.04 above it, since step 1,234", reasons);
  }
}

TEST_CASE("a run that has arrived: what keeps it moving, or what has become of it since") {
  race::RunnerSnapshot run;
  run.status = race::RunStatus::running;
  run.learning_rate = 0.3;
  run.arrival.step = 45;
  CHECK(statement(run).text() == "arrived after 45 steps");
  run.arrival.circles_since = 60;
  says(statement(run), "arrived after 45 steps",
       "circles at the minimum since step 60, as steps at a rate of 0.3 do not get shorter");
  run.arrival.noise = 1.2;
  says(statement(run), "arrived after 45 steps", "the noise of its gradients, 1.2, keeps it moving");
  run.end = {120, race::Converged{0, 2}};
  says(statement(run), "arrived after 45 steps, converged at step 120", "gradient norm 0");
}

TEST_CASE("what the doctor finds at a saddle point or a maximum") {
  race::NearSaddle saddle{.gradient_norm = 0.5, .curvature = -2, .direction = {0, 1}};
  const std::string reasons =
      "gradient norm 0.5, but the curvature is −2 along (0, 1), and lower points lie on both sides";
  says(statement(found(DiagnosisKind::saddle, saddle, false)), "approaches a saddle point", reasons);
  says(statement(found(DiagnosisKind::saddle, saddle)), "stays at a saddle point since step 1,234", reasons);
  saddle.converged = saddle.maximum = true;
  says(statement(found(DiagnosisKind::saddle, saddle, false)), "has converged to a maximum", reasons);
}

TEST_CASE("of a frozen run its trouble is the reason; the end of a run comes before its trouble and its note") {
  const Diagnosis trouble = found(DiagnosisKind::oscillating, race::Circling{12, 0.5, 7, {0.3, kNaN, {}}});
  says(statement(RunEnd{1300, trouble}), "frozen at step 1,300", statement(trouble).text());
  race::RunnerSnapshot run;
  run.note = "Restarted: the velocity pointed uphill";
  says(statement(run), "Restarted", "the velocity pointed uphill");
  run.diagnosis = trouble;
  CHECK(statement(run).what == "circles since step 1,234");
  run.end = {1300, trouble};
  CHECK(statement(run).what == "frozen at step 1,300");
}

TEST_CASE("notes have one part or two") {
  constexpr optim::StepNote kOne = "The simplex has shrunk to a point";
  CHECK(kOne.what() == kOne.text());
  CHECK(kOne.why().empty());
  CHECK(statement(kOne).text() == "The simplex has shrunk to a point");
  constexpr optim::StepNote kTwo = "The learning rate is 0: nothing moves";
  CHECK(kTwo.what() == "The learning rate is 0");
  CHECK(kTwo.why() == "nothing moves");
  CHECK(kTwo.text() == statement(kTwo).text());
  static_assert(optim::StepNote().empty() && !kOne.empty());
}

TEST_CASE("how a run of descend() ended") {
  race::DescentResult result;
  result.steps = 5000;
  result.gradient_norm = 2;
  CHECK(words::reason_text(result) == "stopped after the steps asked for: gradient norm 2 at step 5,000");
  result.still_since = 1001;
  CHECK(words::reason_text(result) ==
        "stopped after the steps asked for: gradient norm 2 at step 5,000. It stands still since step 1,001: its steps "
        "are below the rounding of its coordinates");
  result.note = "The learning rate is 0: nothing moves";
  CHECK(words::reason_text(result).ends_with("since step 1,001: The learning rate is 0: nothing moves"));
  result.status = race::RunStatus::converged;
  CHECK(words::reason_text(result) == "converged: gradient norm 2 at step 5,000");
  result.status = race::RunStatus::diverged;
  result.divergence = {.breakdown = race::Breakdown::point, .step = 5001, .learning_rate = 0.3};
  CHECK(words::reason_text(result) == "diverged at step 5,001: the step is not a finite number (learning rate 0.3)");
}
