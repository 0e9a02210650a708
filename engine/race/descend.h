// SPDX-License-Identifier: MIT
// One run without a display.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/race/race_config.h"
#include "engine/race/run_snapshot.h"

namespace descent::race {

// One optimizer on one surface without a display: exactly `steps` steps unless the run diverges.
struct DescentResult {
  std::vector<double> points;  // (steps + 1, 2)
  std::vector<double> losses;  // (steps + 1)
  RunStatus status = RunStatus::stopped;
  std::int64_t steps = 0;
  double gradient_norm = 0;      // at the end
  std::int64_t still_since = 0;  // the step from which on nothing moved, where the gradient is no reason; 0: none
  optim::StepNote note;          // the optimizer's on its last step
  DivergenceReport divergence;   // of a run that diverged
};
struct DescentRequest : OnSurface {
  std::string optimizer;
  std::vector<double> hyperparameters;
  surfaces::Point start{};
  std::int64_t steps = 100;  // 0 … kMaxDescentSteps; a schedule is laid out for as many
  std::uint64_t seed = 1;    // of the noise
  std::string schedule = "constant";
  std::vector<double> schedule_parameters;
  double noise = 0;
};
[[nodiscard]] core::Result<DescentResult> descend(const DescentRequest& request);

}  // namespace descent::race
