// SPDX-License-Identifier: MIT
// Heights for the display, see height_field.h.
#include "engine/race/height_field.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/check.h"

namespace descent::race {
namespace {

// A field of the view whose samples are still to be taken.
template <class Field>
Field empty_field(const surfaces::Domain& view, int width, int height) {
  DESCENT_ASSERT(width >= 2 && height >= 2);
  Field field;
  field.view = view;
  field.width = width;
  field.height = height;
  return field;
}

// The lowest height when the range is under a thousandth of the heights' size, else 0.
double display_offset(const std::vector<double>& heights) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const double value : heights) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (!(low <= high)) return 0;
  return high - low < 1e-3 * std::max(std::abs(low), std::abs(high)) ? low : 0;
}

std::vector<double> grid_heights(const surfaces::Surface& surface, const surfaces::Domain& view, int width,
                                 int height) {
  const auto columns = static_cast<std::size_t>(width);
  std::vector<double> heights(columns * static_cast<std::size_t>(height));
  std::vector<double> xs(columns);
  std::vector<double> ys(columns);
  const double dx = (view.x1 - view.x0) / (width - 1);
  const double dy = (view.y1 - view.y0) / (height - 1);
  for (int column = 0; column < width; ++column) xs[static_cast<std::size_t>(column)] = view.x0 + column * dx;
  for (int row = 0; row < height; ++row) {
    std::fill(ys.begin(), ys.end(), view.y0 + row * dy);
    surface.evaluate_many(xs, ys, std::span(heights).subspan(static_cast<std::size_t>(row) * columns, columns), {}, {});
  }
  return heights;
}

void find_range(HeightField& field) {
  float low = std::numeric_limits<float>::infinity();
  float high = -low;
  for (const float value : field.values) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (low > high) return;  // nothing finite: both stay 0
  field.minimum = low;
  field.maximum = high;
}

}  // namespace

HeightField sample_heights(const surfaces::Surface& surface, const surfaces::Domain& view, int width, int height) {
  auto field = empty_field<HeightField>(view, width, height);
  const std::vector<double> heights = grid_heights(surface, view, width, height);
  field.offset = display_offset(heights);
  field.values.reserve(heights.size());
  for (const double height_value : heights) field.values.push_back(static_cast<float>(height_value - field.offset));
  find_range(field);
  return field;
}

HeightRange height_range(const surfaces::Surface& surface, const surfaces::Domain& part) {
  HeightRange range;
  for (const double height : grid_heights(surface, part, kRangeSamples, kRangeSamples)) range.add(height);
  return range;
}

GradientField sample_gradients(const surfaces::Surface& surface, const surfaces::Domain& view, int width, int height) {
  auto field = empty_field<GradientField>(view, width, height);
  field.gradients.reserve(2 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  const double dx = (view.x1 - view.x0) / (width - 1);
  const double dy = (view.y1 - view.y0) / (height - 1);
  for (int row = 0; row < height; ++row)
    for (int column = 0; column < width; ++column) {
      surfaces::Point gradient{};
      static_cast<void>(surface.evaluate(surfaces::Point{view.x0 + column * dx, view.y0 + row * dy}, gradient));
      field.gradients.insert(field.gradients.end(), gradient.begin(), gradient.end());
    }
  return field;
}

}  // namespace descent::race
