// SPDX-License-Identifier: MIT
// PlotAxis: the range of one axis of a plot, its mapping to 0 … 1, and its ticks at round values (1, 2, 5 times a power
// of ten; on a logarithmic axis of many decades powers of ten; on an axis of shares 90 %, 99 % and what lies between).
#pragma once

#include <span>
#include <string>
#include <vector>

namespace descent::web {

struct PlotTick {
  double position = 0;  // 0 … 1 along the axis
  std::string label;    // empty: a fine line only
};

struct PlotAxis {
  double low = 0, high = 1;
  bool log = false;
  // Shares of a whole, 0 … 1, shown as %: what is missing to 1 is spaced by its logarithm, as 98 % and 99 % differ as
  // much as 80 % and 90 % do. Down to a thousandth, so that 1 has a place.
  bool share = false;

  // 0 … 1 for low … high; beyond outside. Values a logarithmic axis cannot show are −infinity.
  [[nodiscard]] double position(double value) const;
  [[nodiscard]] double value(double position) const;
  // About as many as `room` points hold with `spacing` between them; two where less than two fit, of shares and on a
  // logarithmic axis.
  [[nodiscard]] std::vector<PlotTick> ticks(float room, float spacing) const;
  [[nodiscard]] std::string format(double value) const;
};

// Gathers finite values (positive ones if log); `known` is false when there was none.
struct PlotRange {
  double low = 0, high = 0;
  bool known = false;
  void add(std::span<const double> values, bool log);
};
// An axis that holds the range with some air around; a single value gets room on both sides.
[[nodiscard]] PlotAxis fitted_axis(const PlotRange& range, bool log, double air);

}  // namespace descent::web
