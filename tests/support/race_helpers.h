// SPDX-License-Identifier: MIT
// Holds what the tests of runs on surfaces share: configurations by name, races and single runs, and what they did.
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
#include "engine/words/run_words.h"
#include "tests/support/bits.h"
#include "tests/support/status.h"

namespace descent::testing {

// Hyper-parameters by name over the defaults.
inline race::RunnerConfig runner(std::string_view optimizer, std::span<const core::NamedValue> given = {}) {
  const optim::CatalogEntry* entry = optim::find_optimizer(optimizer);
  REQUIRE(entry != nullptr);
  const auto values = core::resolve_params(optimizer, entry->info->parameters, given);
  REQUIRE(values.ok());
  return {{*values}, std::string(optimizer)};
}

inline race::RaceConfig race_on(std::string_view surface, surfaces::Point start,
                                std::vector<race::RunnerConfig> runners) {
  race::RaceConfig config;
  config.surface = surface;
  config.start = start;
  config.runners = std::move(runners);
  return config;
}

// One run with this learning rate.
inline race::RaceConfig one_run(std::string_view surface, surfaces::Point start, std::string_view optimizer,
                                double rate) {
  const std::vector<core::NamedValue> given{{"learning_rate", rate}};
  return race_on(surface, start, {runner(optimizer, given)});
}

inline std::int64_t steps_of(const race::RunnerSnapshot& run) {
  return static_cast<std::int64_t>(run.losses.size()) - 1;
}

// These say how a run ended, and what the doctor finds of it, in words.
inline std::string reason_of(const race::RunnerSnapshot& run) {
  return words::statement(run.end).text();
}
inline std::string reason_of(const race::DescentResult& result) {
  return words::reason_text(result);
}
inline std::string finding_of(const race::RunnerSnapshot& run) {
  return words::statement(run.diagnosis).text();
}

// Steps of one runner on a surface with its default parameters.
inline race::DescentResult descend_from(std::string_view surface, const race::RunnerConfig& runner,
                                        surfaces::Point start, std::int64_t steps) {
  race::DescentRequest request;
  request.surface = surface;
  request.optimizer = runner.optimizer;
  request.hyperparameters = runner.hyperparameters;
  request.start = start;
  request.steps = steps;
  auto result = race::descend(request);
  REQUIRE(result.ok());
  return *result;
}

inline race::RaceSnapshot snapshot_of(const race::Race& race) {
  race::RaceSnapshot snapshot;
  race.publish(snapshot);
  return snapshot;
}
// The race's first run after so many steps of a new race.
inline race::RunnerSnapshot after(race::Race& race, const race::RaceConfig& config, std::int64_t steps) {
  REQUIRE(message(race.configure(config)).empty());
  race.step(steps);
  return snapshot_of(race).runners[0];
}
// Plays until the race is at that step, without a clock.
inline race::RaceSnapshot play(race::Race& race, std::int64_t step) {
  race.play_steps(step - snapshot_of(race).step);
  return snapshot_of(race);
}
inline race::RaceSnapshot played(race::Race& race, const race::RaceConfig& config, std::int64_t steps) {
  REQUIRE(message(race.configure(config)).empty());
  return play(race, steps);
}
// Plays by the clock, until nothing moves.
inline race::RaceSnapshot played_out(race::Race& race, race::RaceConfig config, double speed) {
  config.steps_per_second = speed;
  REQUIRE(message(race.configure(config)).empty());
  race.play();
  while (race.busy()) race.advance();
  return snapshot_of(race);
}

}  // namespace descent::testing
