// SPDX-License-Identifier: MIT
// Holds what the tests of the trainer share: a small network and data set, and hashes of what a run left.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/data/synthetic_digits.h"
#include "engine/training/trainer.h"
#include "tests/support/bits.h"
#include "tests/support/status.h"

namespace descent::testing {

inline training::TrainerSnapshot snapshot_of(training::Trainer& trainer) {
  training::TrainerSnapshot snapshot;
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

inline training::TrainerConfig small_config() {
  training::TrainerConfig config;
  config.network = small_network();
  config.threads = 1;
  return config;
}

inline std::unique_ptr<training::Trainer> small_trainer(
    const training::TrainerConfig& config = small_config(),
    const std::shared_ptr<const data::DataSplit>& split = small_split()) {
  auto trainer = std::make_unique<training::Trainer>();
  REQUIRE(message(trainer->configure(config)).empty());
  REQUIRE(message(trainer->load(split)).empty());
  return trainer;
}

inline void run_until_idle(training::Trainer& trainer) {
  while (trainer.busy()) trainer.advance();
}
inline void train_steps(training::Trainer& trainer, std::int64_t steps) {
  REQUIRE(message(trainer.train_steps(steps)).empty());
  run_until_idle(trainer);
}

// Weights and optimizer state; the configuration in the metadata is left out, as it names the number of threads.
std::uint64_t hash_of_run(const training::Trainer& trainer);
std::uint64_t hash_of_weights(const training::Trainer& trainer);

}  // namespace descent::testing
