// SPDX-License-Identifier: MIT
// Samples a rectangle of a surface for display, row by row: values, or gradients for arrows.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/surfaces/surface.h"

namespace descent::race {

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
[[nodiscard]] GradientField sample_gradients(const surfaces::Surface& surface, const surfaces::Domain& view, int width,
                                             int height);

}  // namespace descent::race
