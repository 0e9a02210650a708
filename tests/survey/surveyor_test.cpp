// SPDX-License-Identifier: MIT
// Surveyor: what the page shows and what scripts ask for, on a worker of its own; replaced, withdrawn and refused
// requests. Tuning: the best rate under a budget, its cost, and what makes it stale.
#include "engine/survey/surveyor.h"

#include <cmath>

#include "engine/parallel/worker.h"
#include "engine/survey/tuning.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using race::Race;
using survey::BasinConfig;
using survey::BasinMap;
using survey::RateSweep;
using survey::RateSweepConfig;
using survey::Surveyor;

RateSweepConfig sweep_on(std::string_view surface) {
  RateSweepConfig config{.surface = {.surface = std::string(surface)}, .start = {1, 0.5}};
  config.runners = {runner("gradient_descent"), runner("adam")};
  config.count = 40;
  config.steps = 100;
  return config;
}

BasinConfig long_map() {
  BasinConfig config{.surface = {.surface = "himmelblau"}, .runner = runner("adam"), .domain = {-6, 6, -6, 6}};
  config.width = config.height = 400;
  config.steps = 3000;
  return config;
}

void finish(Surveyor& surveyor) {
  while (surveyor.busy()) surveyor.advance();
}

TEST_CASE("a request is answered once, with its result or with a sentence") {
  Surveyor surveyor(2);
  std::vector<std::string> heard;
  const auto listen = [&heard](std::string name) {
    return [&heard, name = std::move(name)](const core::Status& status, const survey::TiledJob& job) {
      heard.push_back(name + (status.ok() ? ": done" : ": " + status.message()) + (job.busy() ? ", busy" : ""));
    };
  };
  surveyor.ask(long_map(), 1, listen("first"));
  surveyor.advance();
  CHECK(heard.empty());
  BasinConfig bad = long_map();
  bad.width = 0;
  surveyor.ask(bad, 2, listen("bad"));
  REQUIRE(heard.size() == 1);
  CHECK(contains(heard[0], "bad: width is 0"));
  surveyor.ask(long_map(), 3, listen("second"));
  REQUIRE(heard.size() == 2);
  CHECK(contains(heard[1], "first: cancelled: the next call"));
  surveyor.ask(sweep_on("himmelblau"), 4, listen("sweep"));
  surveyor.withdraw(99);  // nobody
  for (int i = 0; i < 1000 && heard.size() == 2; ++i) surveyor.advance();
  REQUIRE(heard.size() == 3);
  CHECK(heard[2] == "sweep: done");  // before the map, which takes longer
  surveyor.withdraw(3);
  REQUIRE(heard.size() == 4);
  CHECK(heard[3] == "second: cancelled");
  CHECK_FALSE(surveyor.busy());
  surveyor.withdraw(3);
  CHECK(heard.size() == 4);
}

TEST_CASE("what scripts ask for leaves the page's surveys alone") {
  Surveyor surveyor(1);
  REQUIRE(surveyor.show(sweep_on("beale")).ok());
  bool answered = false;
  surveyor.ask(sweep_on("himmelblau"), 1, [&](const core::Status& status, const RateSweep& job) {
    answered = status.ok();
    CHECK(job.result().config.surface.surface == "himmelblau");
  });
  finish(surveyor);
  CHECK(answered);
  survey::SurveyorSnapshot snapshot;
  surveyor.publish(snapshot);
  CHECK(snapshot.sweep.config.surface.surface == "beale");
  CHECK(snapshot.sweep.completed == snapshot.sweep.total);
  RateSweepConfig bad = sweep_on("beale");
  bad.steps = -1;
  CHECK_FALSE(surveyor.show(bad).ok());
  surveyor.publish(snapshot);
  CHECK(contains(snapshot.message, "steps is -1"));
  CHECK(snapshot.sweep.completed == snapshot.sweep.total);
}

TEST_CASE("on a worker, the newest configuration wins and its result arrives") {
  parallel::Worker<Surveyor> worker([] { return std::make_unique<Surveyor>(2); });
  worker.post([](Surveyor& surveyor) { static_cast<void>(surveyor.show(long_map())); });
  while (worker.snapshot().basins.completed == 0) parallel::ThreadPool(1);
  BasinConfig small = long_map();
  small.width = small.height = 30;
  small.steps = 50;
  worker.post([small](Surveyor& surveyor) { static_cast<void>(surveyor.show(small)); });
  while (!(worker.snapshot().basins.config == small && worker.snapshot().basins.completed == 900))
    parallel::ThreadPool(1);
  CHECK(worker.snapshot().basins.version == 2);
  CHECK(worker.snapshot().basins.stride == 1);
}

race::RaceConfig race_to_tune() {
  race::RaceConfig config =
      race_on("quadratic", {-4, 1.5}, {runner("gradient_descent"), runner("adam"), runner("newton")});
  config.parameters = {10};
  return config;
}

race::TuningReport tuned(const race::RaceConfig& race, std::int64_t budget) {
  const auto config = survey::tuning_sweep(race, budget);
  REQUIRE(config.ok());
  RateSweep sweep;
  REQUIRE(message(sweep.configure(*config)).empty());
  parallel::ThreadPool pool(2);
  while (sweep.busy()) sweep.advance(pool);
  return survey::tuning_report(sweep.result());
}

TEST_CASE("tuning finds the best rate and says what it cost") {
  const race::TuningReport report = tuned(race_to_tune(), 60);
  REQUIRE(report.rates.size() == 3);
  CHECK(report.budget == 60);
  // On this bowl gradient descent is fastest at 2/(λmin + λmax) = 2/11.
  CHECK(std::abs(std::log(report.rates[0].learning_rate / (2.0 / 11))) < 0.15);
  CHECK(report.rates[2].learning_rate > 0.9);
  CHECK(report.rates[2].learning_rate < 1.1);
  CHECK(report.rates[0].runs == survey::kTuningRates);
  CHECK(report.rates[0].evaluations <= 60 * survey::kTuningRates);
  CHECK(report.rates[1].evaluations == 60 * survey::kTuningRates);
  CHECK(report.evaluations == report.rates[0].evaluations + report.rates[1].evaluations + report.rates[2].evaluations);
  // The budget matters: with three gradients Adam wants larger steps.
  CHECK(tuned(race_to_tune(), 3).rates[1].learning_rate > 3 * report.rates[1].learning_rate);
}

TEST_CASE("tuned rates are applied to the race they were found for, and reported until it changes") {
  Race race;
  REQUIRE(race.configure(race_to_tune()).ok());
  const race::RaceConfig basis = race.config();
  const race::TuningReport report = tuned(basis, 40);
  race.set_speed(17);  // changes nothing that matters
  REQUIRE(message(race.apply_tuning(basis, report)).empty());
  const race::RaceSnapshot now = snapshot_of(race);
  for (std::size_t i = 0; i < 3; ++i) CHECK(now.config.runners[i].hyperparameters[0] == report.rates[i].learning_rate);
  CHECK(now.tuning.rates.size() == 3);
  race.step(40);
  CHECK(snapshot_of(race).runners[0].losses.back() == report.rates[0].loss);
  CHECK(snapshot_of(race).runners[1].losses.back() == report.rates[1].loss);
  REQUIRE(race.set_hyperparameter(1, 1, 0.8).ok());
  CHECK(snapshot_of(race).tuning.rates.empty());
  CHECK(contains(message(race.apply_tuning(basis, report)), "was changed while"));
  CHECK(contains(message(race.undo_tuning()), "no tuning to undo"));
  Race empty;
  CHECK(contains(survey::tuning_sweep(empty.config(), 10).message(), "no optimizer"));
  CHECK(contains(survey::tuning_sweep(basis, 1000000000).message(), "budget is 1000000000"));
}

TEST_CASE("tuning can be taken back: the same race as before, branches included") {
  Race race;
  REQUIRE(race.configure(race_to_tune()).ok());
  race.step(20);
  REQUIRE(race.branch(1, 10, {}).ok());
  const race::RaceConfig before = race.config();
  const race::TuningReport report = tuned(before, 40);
  CHECK(report.rates[1].former_rate == before.runners[1].hyperparameters[0]);
  REQUIRE(race.apply_tuning(before, report).ok());
  CHECK_FALSE(race.config() == before);
  race.step(5);
  race.set_speed(9);
  REQUIRE(message(race.undo_tuning()).empty());
  race::RaceConfig again = race.config();
  CHECK(again.steps_per_second == 9);
  again.steps_per_second = before.steps_per_second;
  CHECK(again == before);
  CHECK(snapshot_of(race).tuning.rates.empty());
  CHECK(contains(message(race.undo_tuning()), "no tuning to undo"));
}

TEST_CASE("the snapshot says how far tuning is; cancelling is told from a mistake") {
  Surveyor surveyor(2);
  race::RaceConfig race = race_to_tune();
  race.budget = 20000;
  const auto sweep = survey::tuning_sweep(race, 0);
  REQUIRE(sweep.ok());
  CHECK(sweep->budget == 20000);
  std::vector<core::Status> heard;
  const auto listen = [&heard](const core::Status& status, const RateSweep&) { heard.push_back(status); };
  survey::SurveyorSnapshot now;
  surveyor.publish(now);
  CHECK_FALSE(now.tuning.busy);
  surveyor.ask_tuning(*sweep, -1, listen);
  surveyor.advance();
  surveyor.publish(now);
  CHECK(now.tuning.busy);
  CHECK(now.tuning.budget == 20000);
  CHECK(now.tuning.total == 3 * survey::kTuningRates);
  CHECK(now.tuning.completed < now.tuning.total);
  surveyor.withdraw(-1);
  surveyor.publish(now);
  CHECK_FALSE(now.tuning.busy);
  CHECK(now.message.empty());
  REQUIRE(heard.size() == 1);
  CHECK(Surveyor::was_cancelled(heard[0]));
  RateSweepConfig bad = *sweep;
  bad.steps = -1;
  surveyor.ask_tuning(bad, -1, listen);
  REQUIRE(heard.size() == 2);
  CHECK_FALSE(Surveyor::was_cancelled(heard[1]));
  CHECK_FALSE(Surveyor::was_cancelled({}));
}

}  // namespace
}  // namespace descent::testing
