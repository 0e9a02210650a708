// SPDX-License-Identifier: MIT
// What the tests of race and trainer share: configurations by name, a small network and data set, hashes of bits.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/synthetic_digits.h"
#include "engine/optim/optimizer.h"
#include "engine/train/race.h"
#include "engine/train/trainer.h"

namespace descent::testing {

inline std::string message(const core::Status& status) {
  return status.ok() ? std::string() : status.message();
}
inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Hyper-parameters by name over the defaults.
inline train::RunnerConfig runner(std::string_view optimizer, std::span<const core::NamedValue> given = {}) {
  const optim::CatalogEntry* entry = optim::find_optimizer(optimizer);
  REQUIRE(entry != nullptr);
  const auto values = core::resolve_params(optimizer, entry->info->parameters, given);
  REQUIRE(values.ok());
  return {std::string(optimizer), *values, 0};
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
inline train::TrainerSnapshot snapshot_of(train::Trainer& trainer) {
  train::TrainerSnapshot snapshot;
  trainer.publish(snapshot);
  return snapshot;
}

// Conv(3x3, stride 2)-ReLU-MaxPool2-Flatten-Dense-ReLU-Dense10. Few channels: a step costs little even under a
// sanitizer.
inline nn::NetworkSpec small_network(int channels = 4, int units = 16) {
  nn::NetworkSpec spec;
  spec.layers = {{"conv2d", {{"out_channels", static_cast<double>(channels)}, {"kernel", 3}, {"stride", 2}}},
                 {"relu", {}},
                 {"max_pool2d", {{"kernel", 2}, {"stride", 2}}},
                 {"flatten", {}},
                 {"dense", {{"units", static_cast<double>(units)}}},
                 {"relu", {}},
                 {"dense", {{"units", 10}}}};
  return spec;
}

// 1,000 training and 200 test images, the same ones all the time.
inline std::shared_ptr<const data::DataSplit> small_split() {
  static const auto split = std::make_shared<const data::DataSplit>(data::synthetic_split(7, 1000, 200));
  return split;
}

inline train::TrainerConfig small_config() {
  train::TrainerConfig config;
  config.network = small_network();
  config.threads = 1;
  return config;
}

inline std::unique_ptr<train::Trainer> small_trainer(const train::TrainerConfig& config = small_config()) {
  auto trainer = std::make_unique<train::Trainer>();
  REQUIRE(message(trainer->configure(config)).empty());
  REQUIRE(message(trainer->load(small_split())).empty());
  return trainer;
}

inline void run_until_idle(train::Trainer& trainer) {
  while (trainer.busy()) trainer.advance();
}
inline void train_steps(train::Trainer& trainer, std::int64_t steps) {
  REQUIRE(message(trainer.train_steps(steps)).empty());
  run_until_idle(trainer);
}

// FNV-1a of bytes: equal bits, equal hash.
inline std::uint64_t hash_bytes(std::span<const std::uint8_t> bytes) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001B3ULL;
  return hash;
}
// Weights and optimizer state; the configuration in the metadata is left out, as it names the number of threads.
std::uint64_t hash_of_run(const train::Trainer& trainer);
std::uint64_t hash_of_weights(const train::Trainer& trainer);

// Equality bit for bit.
inline bool same_bits(std::span<const double> a, std::span<const double> b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

}  // namespace descent::testing
