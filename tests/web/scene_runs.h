// SPDX-License-Identifier: MIT
// Holds what the tests of scenes share: a scene's race, run by the race itself, and what is looked up in its runs.
#pragma once

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <string_view>

#include "engine/io/json.h"
#include "engine/race/race.h"
#include "engine/script/config_json.h"
#include "web/state/scenes.h"

namespace descent::testing {

using race::RaceSnapshot;
using race::RunnerSnapshot;

inline const web::Scene& scene(std::string_view name) {
  const int index = web::scene_index(name);
  REQUIRE(index >= 0);
  return web::scenes()[static_cast<std::size_t>(index)];
}

inline io::JsonValue state_of(const web::Scene& scene) {
  auto value = io::parse_json(scene.state, scene.name);
  REQUIRE_MESSAGE(value.ok(), value.message());
  return *value;
}

inline race::RaceConfig race_of(const web::Scene& scene) {
  const io::JsonValue state = state_of(scene);
  const io::JsonValue* race = state.find("race");
  REQUIRE(race != nullptr);
  auto config = script::race_config_from(*race, "race", {});
  REQUIRE_MESSAGE(config.ok(), config.message());
  return *config;
}

// The scene's race after so many steps.
inline RaceSnapshot run(const race::RaceConfig& config, std::int64_t steps) {
  race::Race race;
  REQUIRE(race.configure(config).ok());
  race.step(steps);
  RaceSnapshot snapshot;
  race.publish(snapshot);
  return snapshot;
}
inline RaceSnapshot run(std::string_view name, std::int64_t steps) {
  return run(race_of(scene(name)), steps);
}

// The first step after which the loss stays at or below `loss`; -1: none.
inline int steps_to(const RunnerSnapshot& runner, double loss) {
  for (std::size_t i = 0; i < runner.losses.size(); ++i)
    if (runner.losses[i] <= loss) return static_cast<int>(i);
  return -1;
}

inline surfaces::Point point(const RunnerSnapshot& runner, std::size_t step) {
  return {runner.points[2 * step], runner.points[2 * step + 1]};
}
inline surfaces::Point end_of(const RunnerSnapshot& runner) {
  return point(runner, runner.losses.size() - 1);
}
inline double distance(const surfaces::Point& a, const surfaces::Point& b) {
  return std::hypot(a[0] - b[0], a[1] - b[1]);
}

inline bool says(std::string_view name, std::size_t sentence, const std::string& words) {
  return scene(name).sentences[sentence].find(words) != std::string_view::npos;
}
inline bool says(std::string_view name, std::size_t sentence, int number) {
  return says(name, sentence, " " + std::to_string(number));
}

}  // namespace descent::testing
