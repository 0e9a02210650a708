// SPDX-License-Identifier: MIT
// Race: PyTorch's trajectories, exact going back, live hyper-parameters, ends of runs, refusals that change nothing,
// snapshots brought up to date in place.
#include "engine/race/race.h"

#include <array>
#include <cmath>
#include <limits>

#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using race::Race;
using race::RaceConfig;
using race::RaceSnapshot;
using race::RunnerSnapshot;
using race::RunStatus;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

RaceConfig two_on_rosenbrock() {
  return race_on(
      "rosenbrock", {-1.2, 1},
      {runner("adam", std::vector<core::NamedValue>{{"learning_rate", 0.05}}), runner("nadam"), runner("lbfgs")});
}

TEST_CASE("back(n) and step(n) again give the same bits, for every optimizer") {
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    CAPTURE(entry.info->name);
    Race race;
    REQUIRE(race.configure(race_on("himmelblau", {0.3, -0.4}, {runner(entry.info->name)})).ok());
    race.step(40);
    const RunnerSnapshot first = snapshot_of(race).runners[0];
    const auto made = static_cast<std::int64_t>(first.losses.size()) - 1;
    for (const std::int64_t n : {std::int64_t{1}, std::min<std::int64_t>(7, made), made}) {
      race.back(n);
      CHECK(snapshot_of(race).step == made - n);
      race.step(n + 1);  // one more: an ended run ends again, at the same place
      race.step(40);
      const RunnerSnapshot again = snapshot_of(race).runners[0];
      const std::size_t common = std::min(first.losses.size(), again.losses.size());
      CHECK(same_bits(std::span(first.points).first(2 * common), std::span(again.points).first(2 * common)));
      CHECK(same_bits(std::span(first.losses).first(common), std::span(again.losses).first(common)));
      if (const std::int64_t extra = snapshot_of(race).step - made; extra > 0) race.back(extra);
    }
  }
}

TEST_CASE("runners go back together") {
  Race race;
  REQUIRE(race.configure(race_on("quadratic", {-4, 1.5},
                                 {runner("newton"),
                                  runner("gradient_descent", std::vector<core::NamedValue>{{"learning_rate", 0.01}})}))
              .ok());
  race.step(50);
  const RaceSnapshot far = snapshot_of(race);
  const std::size_t newton_steps = far.runners[0].losses.size() - 1;
  CHECK(far.runners[0].status == RunStatus::converged);
  CHECK(newton_steps < 10);
  race.back(20);
  CHECK(snapshot_of(race).runners[0].losses.size() == newton_steps + 1);
  CHECK(snapshot_of(race).runners[1].losses.size() == 31);
  race.back(1000);
  CHECK(snapshot_of(race).step == 0);
  CHECK(snapshot_of(race).runners[0].status == RunStatus::ready);
}

TEST_CASE("live hyper-parameters keep the history and act from the next step") {
  Race race;
  REQUIRE(race.configure(two_on_rosenbrock()).ok());
  race.step(10);
  const RaceSnapshot before = snapshot_of(race);
  REQUIRE(race.set_hyperparameter(0, 0, 0.2).ok());
  race.step(1);
  const RaceSnapshot after = snapshot_of(race);
  CHECK(same_bits(before.runners[0].points, std::span(after.runners[0].points).first(22)));
  CHECK(after.config.runners[0].hyperparameters[0] == 0.2);
  race.back(1);
  REQUIRE(race.set_hyperparameter(0, 0, 0.05).ok());
  race.step(1);
  CHECK_FALSE(same_bits(after.runners[0].points, snapshot_of(race).runners[0].points));
}

TEST_CASE("every refused command leaves the race as it was") {
  Race race;
  REQUIRE(race.configure(two_on_rosenbrock()).ok());
  race.step(5);
  const RaceSnapshot before = snapshot_of(race);
  const auto unchanged = [&](std::string_view part) {
    const RaceSnapshot now = snapshot_of(race);
    INFO(now.message);
    CHECK(contains(now.message, part));
    CHECK(now.config == before.config);
    CHECK(now.config_version == before.config_version);
    for (std::size_t i = 0; i < now.runners.size(); ++i) {
      CHECK(now.runners[i].generation == before.runners[i].generation);
      CHECK(same_bits(now.runners[i].points, before.runners[i].points));
    }
  };
  const auto refused = [&](auto change, std::string_view part) {
    RaceConfig config = before.config;
    change(config);
    CHECK_FALSE(race.configure(config).ok());
    unchanged(part);
  };
  refused([](RaceConfig& c) { c.surface = "everest"; }, "everest");
  refused([](RaceConfig& c) { c.parameters = {1, 2, 3}; }, "rosenbrock");
  refused([](RaceConfig& c) { c.start = {kNaN, 0}; }, "start[0] is NaN");
  refused([](RaceConfig& c) { c.start = {0, 2e6}; }, "1,000,000");
  refused([](RaceConfig& c) { c.runners[1].optimizer = "adamant"; }, "adamant");
  refused([](RaceConfig& c) { c.runners[2].hyperparameters[0] = kNaN; }, "learning_rate is NaN");
  refused([](RaceConfig& c) { c.runners[0].hyperparameters[0] = -0.1; }, "learning_rate is -0.1");
  refused([](RaceConfig& c) { c.runners[0].hyperparameters.push_back(1); }, "adam");
  refused([](RaceConfig& c) { c.runners = std::vector(17, c.runners[0]); }, "at most 16");
  refused([](RaceConfig& c) { c.steps_per_second = kNaN; }, "steps_per_second is NaN");
  refused([](RaceConfig& c) { c.steps_per_second = 0; }, "0.01");
  CHECK_FALSE(race.set_hyperparameter(0, 0, -1).ok());
  unchanged("learning_rate is -1");
  CHECK_FALSE(race.set_hyperparameter(7, 0, 1).ok());
  unchanged("runner 7");
  CHECK_FALSE(race.set_hyperparameter(0, 70, 1).ok());
  unchanged("70");
  CHECK_FALSE(race.set_start({kNaN, 1}).ok());
  unchanged("NaN");
  race.step(0);
  unchanged("n is 0");
  race.back(-3);
  unchanged("n is -3");
  race.set_speed(1e9);
  unchanged("100,000");
  const std::uint64_t first = snapshot_of(race).message_number;
  race.set_speed(1e9);
  CHECK(snapshot_of(race).message_number > first);  // the same sentence, said again
  race.step(1);
  CHECK(snapshot_of(race).message.empty());
  CHECK(snapshot_of(race).message_number == 0);
}

TEST_CASE("another speed alone leaves the race running; the same configuration again starts anew") {
  Race race;
  REQUIRE(race.configure(two_on_rosenbrock()).ok());
  race.step(5);
  RaceConfig config = race.config();
  config.steps_per_second = 7;
  REQUIRE(race.configure(config).ok());
  CHECK(snapshot_of(race).step == 5);
  REQUIRE(race.configure(config).ok());
  CHECK(snapshot_of(race).step == 0);
}

TEST_CASE("reused snapshots equal fresh ones after any sequence of commands") {
  Race race;
  REQUIRE(race.configure(two_on_rosenbrock()).ok());
  RaceSnapshot often;
  RaceSnapshot seldom;
  const auto compare = [&](RaceSnapshot& reused) {
    race.publish(reused);
    const RaceSnapshot fresh = snapshot_of(race);
    REQUIRE(reused.runners.size() == fresh.runners.size());
    for (std::size_t i = 0; i < fresh.runners.size(); ++i) {
      CHECK(same_bits(reused.runners[i].points, fresh.runners[i].points));
      CHECK(same_bits(reused.runners[i].losses, fresh.runners[i].losses));
      CHECK(same_bits(reused.runners[i].head.gradient, fresh.runners[i].head.gradient));
      CHECK(reused.runners[i].generation == fresh.runners[i].generation);
    }
  };
  for (int i = 0; i < 60; ++i) {
    if (i % 5 == 3) race.back(1 + i % 4);
    if (i % 11 == 7) REQUIRE(race.set_start({-1.0 + 0.01 * i, 1}).ok());
    if (i % 17 == 11) race.reset();
    if (i == 40) REQUIRE(race.configure(race_on("beale", {1, 1}, {runner("adam")})).ok());
    race.step(1 + i % 3);
    compare(often);
    if (i % 7 == 0) compare(seldom);
  }
}

TEST_CASE("a height field holds values row by row and the range of the finite ones") {
  Race race;
  REQUIRE(race.configure(race_on("quadratic", {1, 1}, {})).ok());
  const race::HeightField field = race.sample({-1, 1, -2, 2}, 3, 5);
  REQUIRE(field.values.size() == 15);
  const auto height = [&](std::size_t row, std::size_t column) {
    return static_cast<double>(field.values[row * 3 + column]);
  };
  CHECK(height(0, 0) == 0.5 * (1 + 10 * 4));
  CHECK(height(2, 1) == 0);
  CHECK(height(3, 2) == 0.5 * (1 + 10));
  CHECK(field.minimum == 0);
  CHECK(field.maximum == 20.5f);
  CHECK(field.config_version == snapshot_of(race).config_version);
}

TEST_CASE("a gradient field holds the gradients at the points of its grid") {
  Race race;
  REQUIRE(race.configure(race_on("quadratic", {1, 1}, {})).ok());
  const race::GradientField field = race.sample_gradients({-1, 1, -2, 2}, 3, 5);
  REQUIRE(field.gradients.size() == 30);
  const auto gradient = [&](std::size_t row, std::size_t column) {
    const std::size_t at = 2 * (row * 3 + column);
    return std::array<double, 2>{field.gradients[at], field.gradients[at + 1]};
  };
  CHECK(gradient(0, 0) == std::array<double, 2>{-1, -20});
  CHECK(gradient(2, 1) == std::array<double, 2>{0, 0});
  CHECK(gradient(3, 2) == std::array<double, 2>{1, 10});
  CHECK(field.config_version == snapshot_of(race).config_version);
}

TEST_CASE("the first version of the configuration is that of a race that was never configured") {
  Race race;
  CHECK(snapshot_of(race).config_version == race::kFirstConfigVersion);
  REQUIRE(race.configure(race_on("quadratic", {1, 1}, {})).ok());
  CHECK(snapshot_of(race).config_version > race::kFirstConfigVersion);
}

}  // namespace
}  // namespace descent::testing
