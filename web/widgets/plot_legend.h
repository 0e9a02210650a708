// SPDX-License-Identifier: MIT
// The legend of a plot, in one row or several: names are cut to the room there is, but never so far that they cannot be
// told apart; what is left over is counted ("+7 more").
#pragma once

#include <imgui_internal.h>

#include <optional>
#include <span>
#include <string_view>

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

// Reports a part of the plot, which stays the last item: what its caller says of it belongs to it.
void report_part(std::string_view label, std::string_view role, const ImRect& box, std::optional<double> value = {});

}  // namespace descent::web::widgets
