// SPDX-License-Identifier: MIT
// The doctor: a constructed run for each kind of trouble with its numbers, advice that was tried and works when it is
// taken, and healthy runs that get no diagnosis.
#include "engine/race/doctor/doctor.h"

#include <cmath>

#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using race::DiagnosisKind;
using race::Race;
using race::RaceConfig;
using race::RunnerSnapshot;

// Takes the advice and checks that the trial was as reported.
void advice_works(Race& race) {
  const race::Diagnosis advice = snapshot_of(race).runners[0].diagnosis;
  REQUIRE(std::isfinite(advice.proposed_learning_rate));
  REQUIRE(message(race.take_advice(0)).empty());
  REQUIRE(snapshot_of(race).config.runners[0].hyperparameters[0] == advice.proposed_learning_rate);
  const std::int64_t end = advice.proposed_step + advice.trial_steps;
  if (snapshot_of(race).step < end) race.step(end - snapshot_of(race).step);
  REQUIRE(race.seek(std::min(end, snapshot_of(race).recorded)).ok());
  const RunnerSnapshot now = snapshot_of(race).runners[0];
  CHECK(now.losses.back() == advice.trial_loss);
  CHECK(now.losses.back() < now.losses[static_cast<std::size_t>(advice.proposed_step)]);
}

TEST_CASE("divergence: since when, and a rate that works") {
  Race race;
  const RunnerSnapshot run = after(race, one_run("quadratic", {-4, 1.5}, "gradient_descent", 0.3), 500);
  CHECK(run.status == race::RunStatus::diverged);
  CHECK(run.diagnosis.kind == DiagnosisKind::diverged);
  CHECK(run.diagnosis.since_step == 1);
  CHECK(finding_of(run) == reason_of(run));
  CHECK(contains(finding_of(run), "learning rate 0.3 is above 2 / λmax = 0.2 since step 1"));
  CHECK(run.diagnosis.proposed_step == 0);
  CHECK(run.diagnosis.proposed_learning_rate < 0.2);
  advice_works(race);
}

TEST_CASE("divergence: the rate on offer keeps to the bound that the sentence names") {
  // 0.005 ends lower after the trial than any rate within the bound, by luck: it leaves the valley and comes back.
  Race race;
  const RunnerSnapshot run = after(race, one_run("rosenbrock", {-1.2, 1}, "gradient_descent", 0.01), 10);
  CHECK(contains(finding_of(run), "learning rate 0.01 is above 2 / λmax = 0.00133 since step 1"));
  CHECK(run.diagnosis.proposed_learning_rate <= 0.00133);
  advice_works(race);
  Race lucky;
  CHECK(after(lucky, one_run("rosenbrock", {-1.2, 1}, "gradient_descent", 0.005), 100).losses.back() <
        run.diagnosis.trial_loss);
}

TEST_CASE("where f falls without end towards a hole no rate is on offer") {
  Race race;
  RaceConfig config = one_run("", {1.12, 2.12}, "momentum", 0.0005);
  config.surface = "expression";
  config.expression = surfaces::TypedFormula("log(x) + y^2 + x^2");
  const RunnerSnapshot run = after(race, config, 100);
  CHECK(run.status == race::RunStatus::diverged);
  CHECK(run.diagnosis.kind == DiagnosisKind::left_domain);
  CHECK(std::isnan(run.diagnosis.proposed_learning_rate));
}

RaceConfig on_formula(const char* formula, surfaces::Point start, double rate) {
  RaceConfig config = one_run("", start, "gradient_descent", rate);
  config.surface = "expression";
  config.expression = surfaces::TypedFormula(formula);
  return config;
}

TEST_CASE(
    "a run that steps over an edge of the formula's domain has left it; at a hole without a floor no rate helps") {
  Race race;
  const RunnerSnapshot run = after(race, on_formula("log(x) + 0.1*y^2", {2, 1}, 0.1), 200);
  CHECK(run.status == race::RunStatus::diverged);
  CHECK(run.diagnosis.kind == DiagnosisKind::left_domain);
  CHECK(reason_of(run) == finding_of(run));
  INFO(reason_of(run));
  CHECK(contains(reason_of(run), "left the domain of the formula at step " + std::to_string(run.losses.size())));
  CHECK(contains(reason_of(run), ": f is not defined at (−0.627, 0.641); it falls all the way to that edge"));
  CHECK(contains(reason_of(run), "(learning rate 0.1)"));
  CHECK_FALSE(contains(reason_of(run), "diverged"));
  CHECK_FALSE(run.diagnosis.offers());
}

TEST_CASE("a run that left the domain by too long a step gets a rate that stays inside") {
  Race race;
  // f'' = 1/x² along x: at the second point, 0.2, the bound is 2/25.
  const RunnerSnapshot run = after(race, on_formula("x - log(x) + 0.1*y^2", {5, 0.1}, 6), 200);
  CHECK(run.diagnosis.kind == DiagnosisKind::left_domain);
  INFO(finding_of(run));
  CHECK(contains(finding_of(run), "; learning rate 6 was above 2 / λmax = 0.08 at step 2"));
  CHECK(run.diagnosis.proposed_step == 1);
  CHECK(run.diagnosis.proposed_learning_rate <= 0.08);
  advice_works(race);
  CHECK(snapshot_of(race).runners[0].diagnosis.kind == DiagnosisKind::none);
}

TEST_CASE("values that grow beyond all numbers are divergence, also where their difference is not a number") {
  Race race;
  const RunnerSnapshot run = after(race, on_formula("exp(x) - exp(2*x) + 0*y", {1, 0}, 100), 10);
  CHECK(run.status == race::RunStatus::diverged);
  CHECK(run.losses.size() == 1);  // the first step led to exp(1200)
  CHECK(run.diagnosis.kind == DiagnosisKind::diverged);
  CHECK(contains(reason_of(run), "diverged at step 1"));
}

TEST_CASE("divergence on the way: back to the step before the trouble, not to the start") {
  Race race;
  RaceConfig config = one_run("quadratic", {-4, 1.5}, "momentum", 0.02);
  REQUIRE(race.configure(config).ok());
  race.step(13);
  REQUIRE(race.set_hyperparameter(0, 0, 2).ok());
  race.step(500);
  const race::Diagnosis found = snapshot_of(race).runners[0].diagnosis;
  CHECK(found.kind == DiagnosisKind::diverged);
  CHECK(found.since_step == 14);
  CHECK(found.proposed_step == 13);
  CHECK(contains(words::statement(found).text(), "since step 14"));
  advice_works(race);
}

TEST_CASE("divergence without a known bound still gets advice; a surface without a bottom gets none") {
  Race race;
  const RunnerSnapshot steep = after(race, one_run("goldstein_price", {1.5, 1.5}, "rmsprop", 900), 3000);
  if (steep.status == race::RunStatus::diverged) CHECK(std::isfinite(steep.diagnosis.proposed_learning_rate));
  const RunnerSnapshot bottomless = after(race, one_run("saddle", {1, 0.5}, "gradient_descent", 0.3), 500);
  CHECK(bottomless.diagnosis.kind == DiagnosisKind::diverged);
  CHECK(std::isnan(bottomless.diagnosis.proposed_learning_rate));
  CHECK(contains(message(race.take_advice(0)), "nothing that was tried helps"));
}

TEST_CASE("oscillation: turning round at the edge of stability") {
  Race race;
  const RunnerSnapshot run = after(race, one_run("quadratic", {0.001, 1.5}, "gradient_descent", 0.2), 40);
  CHECK(run.diagnosis.kind == DiagnosisKind::oscillating);
  CHECK(run.diagnosis.since_step == 1);
  CHECK(contains(finding_of(run), "along the curvature 10 and is 3 long"));
  CHECK(contains(finding_of(run), "2 / λmax = 0.2"));
  advice_works(race);
  CHECK(snapshot_of(race).runners[0].diagnosis.kind == DiagnosisKind::none);
}

TEST_CASE("oscillation that grows is told by its growth, which holds for the steps that follow") {
  Race race;
  RaceConfig config = one_run("quadratic", {-4.2, 0.8}, "gradient_descent", 0.43);
  config.parameters = {5};
  const RunnerSnapshot run = after(race, config, 20);
  CHECK(run.diagnosis.kind == DiagnosisKind::oscillating);
  CHECK(contains(finding_of(run), "is 1.15 times as long as the one before"));  // |1 − 0.43 · 5|
}

TEST_CASE("oscillation: circling a minimum, which is not called diverged") {
  Race race;
  const RunnerSnapshot run = after(race, one_run("himmelblau", {5.4, 1.2}, "lion", 0.1), 300);
  CHECK(run.status == race::RunStatus::running);
  CHECK(run.diagnosis.kind == DiagnosisKind::oscillating);
  const RunnerSnapshot adam = after(race, one_run("himmelblau", {5.4, 1.2}, "adam", 0.3), 400);
  CHECK(adam.diagnosis.kind != DiagnosisKind::diverged);
}

TEST_CASE("stalling on a plateau, and a rate that leaves it") {
  Race race;
  const RunnerSnapshot run = after(race, one_run("plateau", {-2.8, -2.6}, "gradient_descent", 0.01), 200);
  CAPTURE(finding_of(run));
  CHECK(run.diagnosis.kind == DiagnosisKind::stalled);
  CHECK(contains(finding_of(run), "the way down to 0 would be"));
  CHECK(run.diagnosis.proposed_learning_rate > 0.01);
  CHECK(run.diagnosis.proposed_step == 200);
  advice_works(race);
}

TEST_CASE("a run that is thrown uphill is never called stalled, however small its slope is for its height") {
  // The rate is dragged through the bound on the way, and may stand anywhere at a step.
  for (const double rate : {0.0878, 0.15, 0.351, 1.02}) {
    for (const std::int64_t calm : {49, 60, 91, 120}) {
      CAPTURE(rate);
      CAPTURE(calm);
      Race race;
      REQUIRE(race.configure(one_run("beale", {-3.5, 2.5}, "gradient_descent", 0.0001)).ok());
      race.step(calm);
      REQUIRE(race.set_hyperparameter(0, 0, rate).ok());
      DiagnosisKind last = DiagnosisKind::none;
      for (int i = 0; i < 8; ++i) {
        race.step(1);
        last = snapshot_of(race).runners[0].diagnosis.kind;
        CHECK(last != DiagnosisKind::stalled);
      }
      CHECK(last == DiagnosisKind::diverged);
    }
  }
}

TEST_CASE("negative controls: healthy runs get no diagnosis at any step") {
  struct Healthy {
    const char* surface;
    surfaces::Point start;
    const char* optimizer;
    double rate;
  };
  for (const Healthy& h :
       {Healthy{"quadratic", {-4, 1.5}, "gradient_descent", 0.1},
        Healthy{"quadratic", {-4, 1.5}, "gradient_descent", 0.19}, Healthy{"quadratic", {-4, 1.5}, "momentum", 0.02},
        Healthy{"himmelblau", {5.4, 1.2}, "gradient_descent", 0.005}, Healthy{"himmelblau", {5.4, 1.2}, "adam", 0.1},
        Healthy{"rosenbrock", {-1.2, 1}, "adam", 0.05}, Healthy{"rosenbrock", {-1.2, 1}, "newton", 1},
        Healthy{"rosenbrock", {-1.2, 1}, "lbfgs", 1}, Healthy{"booth", {-4, 3}, "nesterov", 0.02}}) {
    CAPTURE(h.surface);
    CAPTURE(h.optimizer);
    CAPTURE(h.rate);
    Race race;
    REQUIRE(race.configure(one_run(h.surface, h.start, h.optimizer, h.rate)).ok());
    for (int i = 0; i < 30; ++i) {
      race.step(5);
      const RunnerSnapshot now = snapshot_of(race).runners[0];
      CAPTURE(now.losses.size());
      CHECK(now.diagnosis.kind == DiagnosisKind::none);
    }
    CHECK(contains(message(race.take_advice(0)), "nothing is wrong with it"));
  }
}

TEST_CASE("the same step gets the same answer, after seeking too") {
  Race race;
  REQUIRE(race.configure(one_run("quadratic", {-4, 1.5}, "gradient_descent", 0.3)).ok());
  race.step(500);
  const RunnerSnapshot end = snapshot_of(race).runners[0];
  REQUIRE(race.seek(3).ok());
  CHECK(snapshot_of(race).runners[0].diagnosis.kind == DiagnosisKind::none);
  REQUIRE(race.seek(snapshot_of(race).recorded).ok());
  const RunnerSnapshot again = snapshot_of(race).runners[0];
  CHECK(finding_of(again) == finding_of(end));
  CHECK(again.diagnosis.proposed_learning_rate == end.diagnosis.proposed_learning_rate);
}

}  // namespace
}  // namespace descent::testing
