// SPDX-License-Identifier: MIT
// A line plot for loss and accuracy curves: linear or log y, ticks at round values, hover read-out, legend; curves of any
// length are reduced to minimum and maximum a pixel column, so 10 curves of 10,000 points draw in well under a millisecond.
#pragma once

#include <imgui.h>

#include <span>
#include <string_view>

namespace descent::web::widgets {

struct PlotSeries {
  std::string_view label;
  ImU32 color = 0;
  // y: (n); x: (n) ascending, or empty for 0, 1, 2, …. stride in doubles between consecutive values.
  std::span<const double> y;
  std::span<const double> x;
  bool dashed = false;
  bool markers = false;
};

struct PlotOptions {
  std::string_view id;
  std::string_view title;
  std::string_view x_label;
  std::string_view y_label;
  bool log_y = false;
  double y_minimum = 0, y_maximum = 0;  // both 0: fitted
  bool percent = false;                 // y in 0 … 1 shown as %
  std::string_view empty_text;          // shown when no series has a point
  float height = 0;                     // 0: all that is left
};

void plot(const PlotOptions& options, std::span<const PlotSeries> series);

}  // namespace descent::web::widgets
