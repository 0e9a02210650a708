// SPDX-License-Identifier: MIT
// A sweep of learning rates as lines of a figure: which number stands at which rate, and what the axis spans. Free of
// ImGui.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/survey/sweep.h"

namespace descent::web {

struct RateAxis {
  bool log = true;
  double low = 0, high = 1;
  double start = 0;     // where a run begins on this axis: nothing has been gained there; NaN when it is not shown
  std::string caption;  // what is measured
  bool empty = false;   // this cannot be measured here; the caption says why
};

// count_steps: the first step within the tolerance; else the loss above the lowest minimum, or the loss itself where no
// minimum is known. start_loss: the surface's value at the sweep's start.
[[nodiscard]] RateAxis rate_axis(const survey::RateSweepSnapshot& sweep, bool count_steps, double start_loss);

// The rates worth showing, once the sweep is complete: from half a decade below the first that brings a run a hundredth
// of the way down, to half a decade above the last with a run that does not diverge; within the sweep's.
struct RateRange {
  double low = 0, high = 0;
};
[[nodiscard]] RateRange rate_range(const survey::RateSweepSnapshot& sweep, double start_loss);

// (count) for one curve, on that axis; NaN where the run diverged, has not been made yet, or did not get there. Numbers
// below a logarithmic axis lie on its lower end.
[[nodiscard]] std::vector<double> rate_line(const survey::RateSweepSnapshot& sweep, const survey::RateCurve& curve,
                                            bool count_steps, const RateAxis& axis);

// line_value() goes between the two samples around `rate`, linear in log(rate) and, on a logarithmic axis, in log(y);
// NaN where either is missing or beyond the ends.
[[nodiscard]] double line_value(std::span<const double> rates, std::span<const double> y, double rate, bool log);

// The rates at which a line leaves the figure because the next run diverged: indices of the last run that did not.
[[nodiscard]] std::vector<std::size_t> cliffs(const survey::RateCurve& curve);

}  // namespace descent::web
