// SPDX-License-Identifier: MIT
// TrainerRun: all that a run of the trainer is, so that an earlier one can be put aside whole and come back.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/data/batcher.h"
#include "engine/nn/network.h"
#include "engine/optim/optimizer.h"
#include "engine/optim/parameter_update.h"
#include "engine/optim/schedule.h"
#include "engine/training/checkpoint.h"
#include "engine/training/curves.h"
#include "engine/training/run_checkpoints.h"
#include "engine/training/throughput.h"
#include "engine/training/trainer.h"

namespace descent::training {

// All that a run is: the data, the network, where it stands and what became of it so far.
struct TrainerRun {
  std::uint64_t number = 0;  // of this run, so that nothing of two runs is ever taken for the same
  TrainerConfig config;
  TrainerState state = TrainerState::empty;

  std::shared_ptr<const data::DataSplit> split;
  std::int64_t data_print = 0;  // of the split, see print_of(); before there is one: of what was restored
  data::Layout layout = data::Layout::upright;
  std::optional<data::Batcher> batcher;  // when there is a split
  std::optional<nn::Network<float>> network;
  std::unique_ptr<optim::Optimizer<float>> optimizer;
  optim::Schedule schedule;
  optim::ParameterUpdate update;
  std::vector<std::uint32_t> newest_batch;  // of update's step: its training images

  std::int64_t step = 0;
  std::optional<RunPosition> restored;                 // since the run last started anew: weights came from a file
  TrainerState restored_state = TrainerState::paused;  // of the file's run
  Target target;
  std::int64_t tested_step = 0;  // when the test set was last evaluated
  Evaluation evaluation;
  RunningMean epoch_mean;
  Metrics test;
  Curves curves;
  Throughput throughput;
  double seconds = 0;
  double evaluation_seconds = 0;  // the last whole evaluation's
  double step_loss = 0;           // the newest step's, see StepFigures
  Diagnosis diagnosis;
  std::int64_t settled = 0;      // rates, schedule and batch size are as they are since this step
  std::int64_t probed_step = 0;  // of diagnosis.relus
  RunCheckpoints checkpoints;
  std::int64_t optimizer_since = 0;     // the step at which the optimizer's memory was empty
  std::optional<BranchPoint> branched;  // see TrainerSnapshot
  bool pinned = false;

  // Something that took somebody's time: steps of its own, or weights from a file.
  [[nodiscard]] bool worth_keeping() const {
    return restored.has_value() || std::max(step, checkpoints.end()) > (branched ? branched->step : 0);
  }
};

// The parts that a configuration is made into, so that a refused one has changed nothing.
struct RunParts {
  TrainerConfig config;
  std::optional<nn::Network<float>> network;  // none: the present one stays, and the run goes on
  std::unique_ptr<optim::Optimizer<float>> optimizer;
  optim::Schedule schedule;
};

}  // namespace descent::training
