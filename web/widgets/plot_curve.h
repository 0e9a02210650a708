// SPDX-License-Identifier: MIT
// The curves of a plot. A curve with more points than pixel
// columns is drawn as one vertical extent (minimum to maximum) a column, so no spike is lost.
#pragma once

#include <cstddef>
#include <span>

#include "web/widgets/plot.h"

namespace descent::web::widgets {

[[nodiscard]] double x_at(const PlotSeries& series, std::size_t i);
[[nodiscard]] std::size_t points_of(const PlotSeries& series);

// A line without holes: where it turns sharply, each side has an end of its own. Points on one another count once.
void draw_line(ImDrawList* list, std::span<const ImVec2> path, ImU32 color, float width);

void draw_curves(const PlotFigure& figure, std::span<const PlotSeries> series);

}  // namespace descent::web::widgets
