// SPDX-License-Identifier: MIT
// The legend of a plot, in one row or several: names are cut to the room there is, but never so far that they cannot be
// told apart; what is left over is counted ("+7 more").
#pragma once

#include <span>

#include "web/widgets/plot.h"

namespace descent::web::widgets {

inline constexpr float kLegendRow = 20;  // points

// legend_width() is that of one row, with whole names.
[[nodiscard]] float legend_width(std::span<const PlotSeries> series);

struct LegendRoom {
  float left = 0, right = 0;
  float middle = 0;  // of the first row
  int rows = 1;      // at most
};
// Entries are reported as role "legend". Returns how many rows they took. The small font is pushed.
int draw_legend(std::span<const PlotSeries> series, const LegendRoom& room);

}  // namespace descent::web::widgets
