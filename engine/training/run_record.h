// SPDX-License-Identifier: MIT
// RunRecord: what a run is beside weights, optimizer state and position: curves, the means under way, the evaluation
// under way, times, and which data they were made of. A checkpoint that has it lets the run go on as if nothing had
// happened. In the file it is one list of 64-bit numbers, all finite; whole ones lie within 2^53.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/training/curves.h"
#include "engine/training/trainer.h"

namespace descent::training {

// The end of the training under way: after so many epochs, or steps.
struct Target {
  bool by_epochs = true;
  std::int64_t epoch = 0;  // completed epochs
  std::int64_t step = 0;
};

// An evaluation over the test set, done in slices.
struct Evaluation {
  bool active = false;
  std::int64_t position = 0;  // test images done
  RunningMean mean;
  double seconds = 0;
};

struct RunRecord {
  std::int64_t data_print = 0;  // see print_of(); 0: there were no data
  bool transposed = false;      // data::Layout
  bool finished = false, diverged = false;
  std::int64_t tested_step = -1;
  Target target;
  Evaluation evaluation;
  RunningMean epoch_mean;
  Metrics test;
  double seconds = 0, evaluation_seconds = 0, step_loss = 0;
  Curves curves;

  [[nodiscard]] std::vector<double> numbers();
};

// Nothing when the numbers are no record of this version.
[[nodiscard]] std::optional<RunRecord> record_of(std::span<const double> numbers);

// Tells data sets apart, above 0: from their sizes, all labels and every 97th byte of the images, so that 47 MB take
// a millisecond.
[[nodiscard]] std::int64_t print_of(const data::DataSplit& split);

}  // namespace descent::training
