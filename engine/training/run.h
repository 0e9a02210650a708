// SPDX-License-Identifier: MIT
// A training run in plain data: how it is configured, what is recorded of it, and what is kept of it when another one
// takes its place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/nn/spec.h"

namespace descent::training {

inline constexpr int kMaxEpochs = 1000;
inline constexpr int kMaxThreads = 64;
inline constexpr std::int64_t kMaxTrainSteps = 100000000;
inline constexpr std::int64_t kStepsWorthTesting = 10;

struct TrainerConfig {
  nn::NetworkSpec network = nn::reference_network();
  std::string optimizer = "adam";
  std::vector<double> hyperparameters;  // in the order of the optimizer's specs; empty = defaults
  int batch_size = 32;                  // 1 … nn::kMaxBatch
  int epochs = 10;                      // 1 … kMaxEpochs
  // The schedule of the learning rate is laid out for `epochs`. A run that goes on begins it anew, as warm restarts do
  // (Loshchilov & Hutter, SGDR, ICLR 2017). Its place follows from the images seen, so another batch size keeps it.
  std::string schedule = "constant";
  std::vector<double> schedule_parameters;  // in the order of the schedule's specs; empty = defaults
  std::uint64_t seed = 1;
  int threads = 0;  // 1 … kMaxThreads; 0 = the hardware's

  friend bool operator==(const TrainerConfig&, const TrainerConfig&) = default;
};

enum class TrainerState { empty, ready, training, evaluating, paused, finished, diverged };
[[nodiscard]] std::string_view to_string(TrainerState state);
// True while the network's threads are busy.
[[nodiscard]] constexpr bool is_at_work(TrainerState state) {
  return state == TrainerState::training || state == TrainerState::evaluating;
}

// One point of the curves. Train figures are means since the previous point; test figures over the whole test set.
struct CurvePoint {
  std::int64_t step = 0;
  double epoch = 0;  // step in epochs, fractional
  double loss = 0;
  double accuracy = 0;  // 0 … 1
};

// A setting that was changed while the run went on. setting: an index of the optimizer's hyper-parameters, or one of
// the others; values are what it was and what it is, of a schedule the indices in optim::schedule_catalog(), of its
// parameters 0.
struct CurveChange {
  static constexpr std::int64_t kBatchSize = -1, kSchedule = -2, kScheduleParameters = -3, kEpochs = -4;

  std::int64_t step = 0;  // completed when it changed
  double epoch = 0;
  std::int64_t setting = 0;
  double from = 0, to = 0;
  friend bool operator==(const CurveChange&, const CurveChange&) = default;
};

// Where a run left another one.
struct BranchPoint {
  std::uint64_t run = 0;  // the number of that one
  std::int64_t step = 0;
};

// A place in the run that it can go back to.
struct CheckpointPoint {
  std::int64_t step = 0;
  double epoch = 0;
  double loss = 0;  // of the newest point of the training curve then; NaN before there is one
};

struct Metrics {
  double loss = 0;
  double accuracy = 0;
  bool known = false;
};

// The newest step in numbers: the terms of w⁺ = w − η∇L(w). Norms are Euclidean, over all parameters.
struct StepFigures {
  bool known = false;  // false before the first step
  double loss = 0;     // mean cross-entropy of the step's batch, before the step
  double weight_norm = 0;
  double gradient_norm = 0;  // of the batch's mean loss, before the step
  double step_norm = 0;      // of w⁺ − w
};

// The run that another data set took the place of.
struct EarlierRun {
  std::string dataset;
  int outputs = 0;
  std::int64_t step = 0;
  friend bool operator==(const EarlierRun&, const EarlierRun&) = default;
};

// A run of the visit as it is kept, to be compared with others.
struct KeptRun {
  std::uint64_t id = 0;  // TrainerSnapshot::run of when it was the present one
  TrainerConfig config;  // at its end
  std::string dataset;
  TrainerState state = TrainerState::paused;
  std::int64_t step = 0;
  std::vector<CurvePoint> train_curve, test_curve;
  std::vector<CurveChange> changes;
  std::optional<BranchPoint> branched;
  bool pinned = false;
};

}  // namespace descent::training
