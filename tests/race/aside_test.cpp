// SPDX-License-Identifier: MIT
// Runs of a race that are put aside and come back: every step of the record, and how they go on, bit for bit.
#include "engine/race/race.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using race::Race;
using race::RaceConfig;
using race::RaceSnapshot;

constexpr surfaces::Point kStart{-1.2, 1};

RaceConfig three_runs() {
  return race_on("rosenbrock", kStart, {runner("gradient_descent"), runner("momentum"), runner("adam")});
}

bool same_records(const RaceSnapshot& a, const RaceSnapshot& b) {
  if (a.runners.size() != b.runners.size()) return false;
  for (std::size_t i = 0; i < a.runners.size(); ++i)
    if (!same_bits(a.runners[i].points, b.runners[i].points) || !same_bits(a.runners[i].losses, b.runners[i].losses))
      return false;
  return true;
}

// A race of three at step 400, held.
RaceSnapshot begin(Race& race) {
  const RaceSnapshot then = played(race, three_runs(), 400);
  race.hold(then.run);
  return then;
}

TEST_CASE("a race that was reset comes back at its step and goes on bit for bit") {
  Race race;
  const RaceSnapshot then = begin(race);
  race.reset();
  RaceSnapshot shown = snapshot_of(race);
  CHECK(shown.step == 0);
  CHECK(shown.run != then.run);
  play(race, 7);
  const std::uint64_t second = snapshot_of(race).run;
  REQUIRE(message(race.go_to(then.run, then.config)).empty());
  race.publish(shown);  // the same snapshot again, as the page's workers do
  CHECK(shown.run == then.run);
  CHECK(shown.step == 400);
  CHECK_FALSE(shown.playing);
  CHECK(same_records(shown, then));
  Race straight;
  CHECK(same_records(play(race, 450), played(straight, three_runs(), 450)));
  // The run that was left for it is there as well, and both ways again.
  REQUIRE(message(race.go_to(second, then.config)).empty());
  CHECK(snapshot_of(race).step == 7);
  REQUIRE(message(race.go_to(then.run, then.config)).empty());
  CHECK(snapshot_of(race).step == 450);
}

TEST_CASE("the comparison of records finds a single other rate") {
  Race race, other;
  const RaceSnapshot then = begin(race);
  RaceConfig config = three_runs();
  config.runners[2].hyperparameters[0] *= 1.000001;
  CHECK_FALSE(same_records(played(other, config, 400), then));
}

TEST_CASE("what nobody holds is gone, and a sentence says so; the settings are back all the same") {
  Race race;
  const RaceSnapshot then = played(race, three_runs(), 400);
  REQUIRE(race.set_start({0, 0}).ok());
  CHECK(contains(message(race.go_to(then.run, then.config)), "not kept"));
  CHECK(race.config() == then.config);
  CHECK(snapshot_of(race).step == 0);
}

TEST_CASE("a start that is dragged while the race plays leaves one run behind, the one that was held") {
  Race race;
  const RaceSnapshot then = begin(race);
  for (int i = 0; i < 50; ++i) {
    REQUIRE(race.set_start({0.01 * i, 1}).ok());
    race.play_steps(2);
  }
  const RaceSnapshot dragged = snapshot_of(race);
  race.hold(dragged.run);
  REQUIRE(message(race.go_to(then.run, then.config)).empty());
  CHECK(same_records(snapshot_of(race), then));
  REQUIRE(message(race.go_to(dragged.run, dragged.config)).empty());
  CHECK(same_records(snapshot_of(race), dragged));
}

TEST_CASE("another surface and back: record, minima and version are those of the run that is shown") {
  Race race;
  const RaceSnapshot then = begin(race);
  REQUIRE(race.configure(race_on("himmelblau", {0, 0}, {runner("adam")})).ok());
  const RaceSnapshot other = snapshot_of(race);
  CHECK(other.minima.size() == 4);
  REQUIRE(message(race.go_to(then.run, then.config)).empty());
  const RaceSnapshot back = snapshot_of(race);
  CHECK(back.minima.size() == then.minima.size());
  CHECK(back.config == then.config);
  CHECK(back.config_version != other.config_version);
  CHECK(same_records(back, then));
}

TEST_CASE("settings, speed and a runner at the end go live: what is recorded stays") {
  Race race;
  const RaceSnapshot then = begin(race);
  RaceConfig config = then.config;
  config.runners.pop_back();
  config.runners[0].hyperparameters[0] = 0.0005;
  config.steps_per_second = 7;
  REQUIRE(message(race.go_to(then.run, config)).empty());
  const RaceSnapshot now = snapshot_of(race);
  CHECK(now.config == config);
  CHECK(now.run == then.run);
  CHECK(now.step == 400);
  REQUIRE(now.runners.size() == 2);
  CHECK(same_bits(now.runners[1].points, then.runners[1].points));
  // A runner that the race does not have starts it again; what was there is put aside.
  REQUIRE(message(race.go_to(then.run, then.config)).empty());
  CHECK(snapshot_of(race).step == 0);
  CHECK(snapshot_of(race).config == then.config);
  REQUIRE(message(race.go_to(then.run, config)).empty());
  CHECK(snapshot_of(race).step == 400);
}

TEST_CASE("of the runs that are put aside the newest four are kept, and none that takes much memory") {
  Race race;
  std::vector<RaceSnapshot> left;
  for (int i = 0; i < 6; ++i) {
    left.push_back(played(race, three_runs(), 10 + i));
    race.hold(left.back().run);
    race.reset();
  }
  CHECK(contains(message(race.go_to(left[1].run, left[1].config)), "not kept"));
  REQUIRE(message(race.go_to(left[2].run, left[2].config)).empty());
  CHECK(snapshot_of(race).step == 12);
  RaceConfig many = race_on("ackley", {3, 3}, std::vector<race::RunnerConfig>(race::kMaxRunners, runner("adam")));
  many.noise = 1;
  REQUIRE(race.configure(many).ok());
  race.step(20000);
  const RaceSnapshot large = snapshot_of(race);
  race.hold(large.run);
  race.reset();
  CHECK(contains(message(race.go_to(large.run, large.config)), "not kept"));
}

TEST_CASE("a tuning can be undone after the race came back to it") {
  Race race;
  race::TuningReport report;
  REQUIRE(race.configure(three_runs()).ok());
  const RaceConfig before = race.config();
  report.rates.assign(3, {});
  REQUIRE(message(race.apply_tuning(before, report)).empty());
  race.step(5);
  const RaceSnapshot tuned = snapshot_of(race);
  race.hold(tuned.run);
  race.reset();
  CHECK(snapshot_of(race).tuning.rates.size() == 3);
  REQUIRE(message(race.go_to(tuned.run, tuned.config)).empty());
  CHECK(snapshot_of(race).tuning.rates.size() == 3);
  REQUIRE(message(race.undo_tuning()).empty());
  CHECK(race.config() == before);
}

}  // namespace
}  // namespace descent::testing
