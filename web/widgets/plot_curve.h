// SPDX-License-Identifier: MIT
// PlotFigure: the rectangle and axes of a plot being drawn, and the curves in it. A curve with more points than pixel
// columns is drawn as one vertical extent (minimum to maximum) a column, so no spike is lost.
#pragma once

#include <imgui_internal.h>

#include <cstddef>
#include <span>

#include "web/widgets/plot.h"
#include "web/widgets/plot_axis.h"

namespace descent::web::widgets {

struct PlotFigure {
  ImRect box;  // of the curves
  PlotAxis x, y;

  [[nodiscard]] float px(double value) const;
  [[nodiscard]] float py(double value) const;
  // Finite, and positive on a logarithmic axis.
  [[nodiscard]] bool shown(double value) const;
};

[[nodiscard]] double x_at(const PlotSeries& series, std::size_t i);
[[nodiscard]] std::size_t points_of(const PlotSeries& series);

void draw_curves(const PlotFigure& figure, std::span<const PlotSeries> series);

}  // namespace descent::web::widgets
