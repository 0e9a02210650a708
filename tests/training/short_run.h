// SPDX-License-Identifier: MIT
// A run of which hundreds of steps cost little, with dropout and a schedule, and what two runs have in common.
#pragma once

#include <algorithm>
#include <string_view>

#include "tests/training/helpers.h"

namespace descent::testing {

inline bool same_curve(const std::vector<training::CurvePoint>& a, const std::vector<training::CurvePoint>& b) {
  const auto same = [](const training::CurvePoint& p, const training::CurvePoint& q) {
    return p.step == q.step && p.epoch == q.epoch && p.loss == q.loss && p.accuracy == q.accuracy;
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

// Everything of a run that does not depend on time.
inline bool alike(training::Trainer& one, training::Trainer& other) {
  const training::TrainerSnapshot a = snapshot_of(one), b = snapshot_of(other);
  return hash_of_run(one) == hash_of_run(other) && same_curve(a.train_curve, b.train_curve) &&
         same_curve(a.test_curve, b.test_curve) && a.curve_changes == b.curve_changes && a.step == b.step &&
         a.epoch == b.epoch && a.learning_rate == b.learning_rate && a.train.loss == b.train.loss &&
         a.test.loss == b.test.loss;
}

inline training::TrainerConfig config_of(std::string_view optimizer = "adam") {
  training::TrainerConfig config = small_config();
  config.network = small_network(2, 8);
  config.network.layers.insert(config.network.layers.begin() + 6, {"dropout", {{"rate", 0.3}}});
  config.optimizer = optimizer;
  config.batch_size = 12;  // 11 steps an epoch
  config.epochs = 40;
  config.schedule = "cosine";
  return config;
}

inline std::unique_ptr<training::Trainer> trainer_of(std::string_view optimizer = "adam") {
  static const auto split = std::make_shared<const data::DataSplit>(data::synthetic_split(7, 128, 25));
  return small_trainer(config_of(optimizer), split);
}

inline std::vector<std::int64_t> steps_of(const training::TrainerSnapshot& snapshot) {
  std::vector<std::int64_t> steps;
  for (const training::CheckpointPoint& point : snapshot.checkpoints) steps.push_back(point.step);
  return steps;
}

}  // namespace descent::testing
