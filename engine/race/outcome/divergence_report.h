// SPDX-License-Identifier: MIT
// A DivergenceReport says why a run diverged, as numbers.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "engine/surfaces/surface.h"

namespace descent::race {

enum class Breakdown {
  none,
  point,     // the step itself is not finite
  far_away,  // the point left the neighbourhood of the domain
  value,     // value or gradient at the new point is not finite
};

// A learning rate, and the bound above which steps grow.
struct RateAndBound {
  double learning_rate = 0;
  double bound = std::numeric_limits<double>::quiet_NaN();  // NaN where none is known
  std::string_view formula;                                 // the bound's
};

struct RateExcess {
  std::int64_t step = 0;  // 1-based; 0 when the rate was never above the bound
  bool lasting = false;   // above the bound from `step` to the end
  RateAndBound rate;      // in that step
};

struct DivergenceReport {
  Breakdown breakdown = Breakdown::none;
  std::int64_t step = 0;     // the step that failed, 1-based
  double learning_rate = 0;  // its own
  surfaces::Point failed{};  // where it led
  double last_loss = 0;      // before it
  double far_limit = 0;      // how far from the origin a run may go
  RateExcess excess;         // looked for where a rate can be at fault
  // The first step that went wrong: of the stretch above the bound or, where none is known, after the lowest loss.
  std::int64_t since_step = 1;
  bool bottomless = false;   // the loss fell all the way out, or falls up to the edge: no rate is at fault
  bool left_domain = false;  // f is not defined where the last step led, and has finite values up to there
};

}  // namespace descent::race
