// SPDX-License-Identifier: MIT
// A TuningReport is what tuning (engine/survey/tuning.h) found for a race, and the race with it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/race/race_config.h"

namespace descent::race {

// A TunedRate is what tuning found for one runner.
struct TunedRate {
  int slot = 0;
  std::string optimizer;
  double learning_rate = 0;      // NaN when no run was good, and where the rate was to be kept
  double former_rate = 0;        // the one before
  double loss = 0;               // after that run
  bool at_edge = false;          // the best rate is the smallest or the largest tried
  std::int64_t runs = 0;         // rates tried; 0: the rate was to be kept
  std::int64_t evaluations = 0;  // gradients asked for, all runs together
};

struct TuningReport {
  std::int64_t budget = 0;            // gradient evaluations of one run
  double rate_min = 0, rate_max = 0;  // of the rates tried
  std::int64_t evaluations = 0;       // all optimizers together
  std::vector<TunedRate> rates;       // in the order of the runners; empty: the race is not tuned
  bool suited = false;                // quickly, for a surface just chosen (suited_rates.h)
};

// The race's configuration with the rates of the report, in the order of its runners; those whose every run diverged
// keep their rate. Branches become runs of their own.
[[nodiscard]] RaceConfig with_rates(const RaceConfig& race, const TuningReport& report);

}  // namespace descent::race
