// SPDX-License-Identifier: MIT
// A line plot for loss and accuracy curves: linear or log y, ticks at round values, hover read-out, legend; curves of
// any length are reduced to minimum and maximum a pixel column.
#pragma once

#include <imgui.h>
#include <imgui_internal.h>

#include <optional>
#include <span>
#include <string_view>

#include "web/model/plots/curve_extremes.h"
#include "web/model/plots/plot_axis.h"
#include "web/model/plots/plot_reading.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web::widgets {

struct PlotSeries {
  std::string_view label;
  std::string_view kept_end;  // what the label ends in that tells it from others: stays where a legend cuts the label
  ImU32 color = 0;
  // y: (n); x: (n) ascending, or empty for 0, 1, 2, ….
  std::span<const double> y;
  std::span<const double> x;
  std::span<const double> smooth;           // (n) what is drawn in the place of y, which stays behind it, pale; or none
  const CurveExtremes* extremes = nullptr;  // of y, where x is empty: makes long curves cheap to draw
  std::size_t later =
      0;  // how many of the last values lie after the present: drawn faintly, the curve ends before them
  bool dashed = false;
  bool markers = false;          // a dot at every point, for curves of few points
  std::optional<Marker> marker;  // in legend and read-out, and at the curve's end
  bool ends_in_marker = true;
};

// A line across at a value worth knowing, with its name.
struct PlotLevel {
  double value = 0;
  std::string_view name;  // empty: there is none
  ImU32 color = 0;
  bool at_right = false;  // the name; else at the left
};

struct PlotOptions {
  std::string_view id;
  std::string_view title;
  std::string_view x_label;
  std::string_view y_label;
  bool log_y = false;
  bool log_x = false;
  double x_minimum = 0, x_maximum = 0;  // both 0: fitted
  double y_minimum = 0, y_maximum = 0;  // both 0: fitted
  PlotLevel level;
  std::span<const PlotMark> marks;  // ascending
  bool share = false;               // y: shares of a whole, 0 … 1 (see PlotAxis)
  std::string_view empty_text;      // shown when no series has a point
  float height = 0;                 // 0: all that is left
  bool legend = true;               // false: colours and markers are explained nearby
  bool readout = true;              // false: the caller has its own
};

// The place of a plot that has been drawn, and its axes.
struct PlotFigure {
  ImRect box;  // of the curves
  PlotAxis x, y;

  [[nodiscard]] float px(double value) const;
  [[nodiscard]] float py(double value) const;
  // Finite, and positive on a logarithmic axis.
  [[nodiscard]] bool shown(double value) const;
};

struct DrawnPlot {
  Item item;
  PlotFigure figure;
};

// A plot is as wide as item_width() says, else all that is left. It is reported as role "plot" with the number of
// points as value.
DrawnPlot plot(const PlotOptions& options, std::span<const PlotSeries> series);

}  // namespace descent::web::widgets
