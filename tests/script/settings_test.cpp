// SPDX-License-Identifier: MIT
// Settings changed while a run goes on: a schedule acts from the next step on, the record keeps what was in force, and
// branches carry it, through JSON too.
#include <cmath>

#include "engine/optim/schedule.h"
#include "engine/script/config_json.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using race::Race;
using race::RaceConfig;
using race::RunnerSettings;
using race::RunnerSnapshot;

RaceConfig bowl() {
  const std::vector<core::NamedValue> given{{"learning_rate", 0.05}};
  RaceConfig config = race_on("quadratic", {-4, 1.5}, {runner("momentum", given)});
  config.schedule_steps = 40;
  return config;
}

RunnerSettings with_schedule(const Race& race, std::string_view name, std::vector<double> parameters = {}) {
  RunnerSettings settings = race.config().runners[0].settings();
  settings.schedule = name;
  settings.schedule_parameters = std::move(parameters);
  return settings;
}

double factor(std::string_view name, std::int64_t t) {
  const auto schedule = optim::Schedule::make(name, {});
  REQUIRE(schedule.ok());
  return schedule->scale(t, 40);
}

TEST_CASE("a schedule acts from the next step on; the path so far stays") {
  Race race;
  REQUIRE(race.configure(bowl()).ok());
  race.step(10);
  const RunnerSnapshot before = snapshot_of(race).runners[0];
  REQUIRE(message(race.change(0, with_schedule(race, "cosine"))).empty());
  CHECK(snapshot_of(race).config.runners[0].schedule_parameters == std::vector<double>{0});
  CHECK(snapshot_of(race).runners[0].learning_rate == 0.05);
  race.step(10);
  const RunnerSnapshot now = snapshot_of(race).runners[0];
  CHECK(same_bits(std::span(now.points).first(before.points.size()), before.points));
  CHECK(now.learning_rate == 0.05 * factor("cosine", 20));
  REQUIRE(now.changes.size() == 2);
  CHECK(now.changes[0].schedule == "constant");
  CHECK(now.changes[1].schedule == "cosine");
  CHECK(now.changes[1].step == 10);
  REQUIRE(race.seek(10).ok());
  CHECK(snapshot_of(race).runners[0].learning_rate == 0.05);
  // Changed there, what came after is forgotten; without a change of anything the same steps come again.
  REQUIRE(race.change(0, with_schedule(race, "cosine")).ok());
  CHECK(snapshot_of(race).recorded == 10);
  race.step(10);
  CHECK(same_bits(snapshot_of(race).runners[0].points, now.points));
  REQUIRE(race.seek(10).ok());
  REQUIRE(race.change(0, with_schedule(race, "exponential")).ok());
  race.step(10);
  CHECK_FALSE(same_bits(snapshot_of(race).runners[0].points, now.points));
}

TEST_CASE("before the first step the rate shown is the one it will have") {
  Race race;
  REQUIRE(race.configure(bowl()).ok());
  REQUIRE(race.change(0, with_schedule(race, "warmup", {0.5})).ok());
  CHECK(snapshot_of(race).runners[0].learning_rate == 0.05 * (1.0 / 20));
  race.step(1);
  CHECK(snapshot_of(race).runners[0].learning_rate == 0.05 * (1.0 / 20));
  REQUIRE(race.seek(0).ok());
  CHECK(snapshot_of(race).runners[0].learning_rate == 0.05 * (1.0 / 20));
}

TEST_CASE("a branch after a change replays exactly, also from its description") {
  Race race;
  REQUIRE(race.configure(bowl()).ok());
  race.step(8);
  REQUIRE(race.change(0, with_schedule(race, "step", {0.1, 0.5})).ok());
  race.step(12);
  REQUIRE(race.change(0, with_schedule(race, "one_cycle")).ok());
  race.step(5);
  REQUIRE(race.branch(0, 15, {}).ok());
  race.step(10);
  const race::RaceSnapshot now = snapshot_of(race);
  const race::RunnerConfig& branch = now.config.runners[1];
  REQUIRE(branch.earlier.size() == 2);
  CHECK(branch.earlier[0].schedule == "constant");
  CHECK(branch.earlier[1].schedule == "step");
  CHECK(branch.earlier[1].schedule_parameters == std::vector<double>{0.1, 0.5});
  CHECK(branch.schedule == "one_cycle");
  const auto read = script::race_config_from_json(script::race_config_json(now.config), {});
  REQUIRE(read.ok());
  CHECK(*read == now.config);
  Race again;
  REQUIRE(message(again.configure(*read)).empty());
  again.step(now.step);
  CHECK(same_bits(snapshot_of(again).runners[1].points, now.runners[1].points));
  // Negative control: with the last schedule all the way it is another path.
  RaceConfig forgetful = *read;
  for (race::EarlierSettings& earlier : forgetful.runners[1].earlier) earlier.schedule = "one_cycle";
  for (race::EarlierSettings& earlier : forgetful.runners[1].earlier) earlier.schedule_parameters.clear();
  REQUIRE(message(again.configure(forgetful)).empty());
  again.step(now.step);
  CHECK_FALSE(same_bits(snapshot_of(again).runners[1].points, now.runners[1].points));
}

TEST_CASE("refused settings change nothing") {
  Race race;
  REQUIRE(race.configure(bowl()).ok());
  race.step(4);
  REQUIRE(race.seek(2).ok());
  const RaceConfig before = race.config();
  CHECK(contains(message(race.change(0, with_schedule(race, "zigzag"))), "no schedule 'zigzag'"));
  CHECK(contains(message(race.change(0, with_schedule(race, "cosine", {2}))), "final_scale is 2"));
  RunnerSettings negative = with_schedule(race, "cosine");
  negative.hyperparameters[0] = -1;
  CHECK(contains(message(race.change(0, negative)), "learning_rate is -1"));
  CHECK(contains(message(race.change(3, with_schedule(race, "cosine"))), "runner 3 does not exist"));
  CHECK(race.config() == before);
  CHECK(snapshot_of(race).recorded == 4);
}

}  // namespace
}  // namespace descent::testing
