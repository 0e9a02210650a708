// SPDX-License-Identifier: MIT
// Samples a rectangle of a surface for display, row by row: values, or gradients for arrows.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/surfaces/surface.h"

namespace descent::race {

// The lowest and the highest finite height; low > high: there is none.
struct HeightRange {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  [[nodiscard]] bool known() const { return low <= high; }
  void add(double height) {
    if (!std::isfinite(height)) return;
    low = std::min(low, height);
    high = std::max(high, height);
  }
};

// A sampled rectangle of the surface for display: values (height, width), row 0 at y0, sample centres on the edges.
struct HeightField {
  std::uint64_t config_version = 0;
  surfaces::Domain view;
  int width = 0;
  int height = 0;
  // f(x, y) = offset + value. The offset is 0 unless the shown range is so narrow that the values would not differ in
  // single precision (deep zoom).
  double offset = 0;
  std::vector<float> values;
  float minimum = 0;  // over finite values
  float maximum = 0;
  // Colours and heights are fitted to these, left to the caller: in the part of the surface that the view is about, and
  // round it. Whatever rectangle is sampled, and however finely, the same part has the same ranges.
  HeightRange core, around;
};

// Gradients at the points of a grid, for arrows: (height, width, 2), row 0 at y0, grid points on the edges.
struct GradientField {
  std::uint64_t config_version = 0;
  surfaces::Domain view;
  int width = 0;
  int height = 0;
  std::vector<double> gradients;
};

// width, height: at least 2. config_version is left to the caller.
[[nodiscard]] HeightField sample_heights(const surfaces::Surface& surface, const surfaces::Domain& view, int width,
                                         int height);
// Over a grid of kRangeSamples a side.
inline constexpr int kRangeSamples = 97;
[[nodiscard]] HeightRange height_range(const surfaces::Surface& surface, const surfaces::Domain& part);
[[nodiscard]] GradientField sample_gradients(const surfaces::Surface& surface, const surfaces::Domain& view, int width,
                                             int height);

}  // namespace descent::race
