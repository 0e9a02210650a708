// SPDX-License-Identifier: MIT
// What the tests of runs on surfaces share: configurations by name, races and single runs, and what they did.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/optim/optimizer.h"
#include "engine/race/descend.h"
#include "engine/race/race.h"
#include "tests/support/bits.h"
#include "tests/support/status.h"

namespace descent::testing {

// Hyper-parameters by name over the defaults.
inline train::RunnerConfig runner(std::string_view optimizer, std::span<const core::NamedValue> given = {}) {
  const optim::CatalogEntry* entry = optim::find_optimizer(optimizer);
  REQUIRE(entry != nullptr);
  const auto values = core::resolve_params(optimizer, entry->info->parameters, given);
  REQUIRE(values.ok());
  return {{*values}, std::string(optimizer)};
}

inline train::RaceConfig race_on(std::string_view surface, surfaces::Point start,
                                 std::vector<train::RunnerConfig> runners) {
  train::RaceConfig config;
  config.surface = surface;
  config.start = start;
  config.runners = std::move(runners);
  return config;
}

// One run with this learning rate.
inline train::RaceConfig one_run(std::string_view surface, surfaces::Point start, std::string_view optimizer,
                                 double rate) {
  const std::vector<core::NamedValue> given{{"learning_rate", rate}};
  return race_on(surface, start, {runner(optimizer, given)});
}

inline std::int64_t steps_of(const train::RunnerSnapshot& run) {
  return static_cast<std::int64_t>(run.losses.size()) - 1;
}

// Steps of one runner on a surface with its default parameters.
inline train::DescentResult descend_from(std::string_view surface, const train::RunnerConfig& runner,
                                         surfaces::Point start, std::int64_t steps) {
  train::DescentRequest request;
  request.surface = surface;
  request.optimizer = runner.optimizer;
  request.hyperparameters = runner.hyperparameters;
  request.start = start;
  request.steps = steps;
  auto result = train::descend(request);
  REQUIRE(result.ok());
  return *result;
}

inline train::RaceSnapshot snapshot_of(const train::Race& race) {
  train::RaceSnapshot snapshot;
  race.publish(snapshot);
  return snapshot;
}
// The race's first run after so many steps of a new race.
inline train::RunnerSnapshot after(train::Race& race, const train::RaceConfig& config, std::int64_t steps) {
  REQUIRE(message(race.configure(config)).empty());
  race.step(steps);
  return snapshot_of(race).runners[0];
}
// Plays until the race is at that step, without a clock.
inline train::RaceSnapshot play(train::Race& race, std::int64_t step) {
  race.play_steps(step - snapshot_of(race).step);
  return snapshot_of(race);
}
inline train::RaceSnapshot played(train::Race& race, const train::RaceConfig& config, std::int64_t steps) {
  REQUIRE(message(race.configure(config)).empty());
  return play(race, steps);
}
// Plays by the clock, until nothing moves.
inline train::RaceSnapshot played_out(train::Race& race, train::RaceConfig config, double speed) {
  config.steps_per_second = speed;
  REQUIRE(message(race.configure(config)).empty());
  race.play();
  while (race.busy()) race.advance();
  return snapshot_of(race);
}

}  // namespace descent::testing
