// SPDX-License-Identifier: MIT
// Centring of a drawn digit, see center_digit.h. One continuous map takes target pixels to rectangles of the drawing,
// and each target pixel is the mean of the ink in its rectangle; scaling and sub-pixel shift happen in this one
// averaging.
#include "engine/data/center_digit.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "engine/core/check.h"
#include "engine/data/dataset.h"

namespace descent::data {

namespace {

constexpr double kBox = 20;        // pixels: the digit's longer side, as in MNIST
constexpr float kInk = 1.0F / 64;  // fainter pixels do not count for the bounding box

struct Drawing {
  std::vector<float> ink;  // (height, width), 0 … 1
  int height = 0;
  int width = 0;

  [[nodiscard]] float at(int y, int x) const {
    return ink[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
};

// Bounding box of the ink, [low, high) in both directions, and the centre of its mass.
struct Extent {
  int x0 = 0, x1 = 0, y0 = 0, y1 = 0;
  double centre_x = 0, centre_y = 0;
};

Drawing cleaned(std::span<const float> grey, int height, int width) {
  Drawing drawing{std::vector<float>(grey.begin(), grey.end()), height, width};
  for (float& value : drawing.ink) value = std::isfinite(value) ? std::clamp(value, 0.0F, 1.0F) : 0.0F;
  return drawing;
}

Extent extent_of(const Drawing& drawing) {
  Extent extent{drawing.width, 0, drawing.height, 0};
  double mass = 0;
  for (int y = 0; y < drawing.height; ++y) {
    for (int x = 0; x < drawing.width; ++x) {
      const float ink = drawing.at(y, x);
      if (ink < kInk) continue;
      extent.x0 = std::min(extent.x0, x);
      extent.x1 = std::max(extent.x1, x + 1);
      extent.y0 = std::min(extent.y0, y);
      extent.y1 = std::max(extent.y1, y + 1);
      mass += static_cast<double>(ink);
      extent.centre_x += static_cast<double>(ink) * (x + 0.5);
      extent.centre_y += static_cast<double>(ink) * (y + 0.5);
    }
  }
  if (mass > 0) {
    extent.centre_x /= mass;
    extent.centre_y /= mass;
  }
  return extent;
}

// overlap() is how much of [i, i + 1) lies in [low, high).
double overlap(int i, double low, double high) {
  return std::max(0.0, std::min(high, i + 1.0) - std::max(low, 1.0 * i));
}

// Mean ink of the rectangle, what lies outside the bounding box counting as paper.
float mean_ink(const Drawing& drawing, const Extent& box, double left, double top, double side) {
  const int x0 = std::max(box.x0, static_cast<int>(std::floor(left)));
  const int x1 = std::min(box.x1, static_cast<int>(std::ceil(left + side)));
  const int y0 = std::max(box.y0, static_cast<int>(std::floor(top)));
  const int y1 = std::min(box.y1, static_cast<int>(std::ceil(top + side)));
  double sum = 0;
  for (int y = y0; y < y1; ++y) {
    double row = 0;
    for (int x = x0; x < x1; ++x) row += static_cast<double>(drawing.at(y, x)) * overlap(x, left, left + side);
    sum += row * overlap(y, top, top + side);
  }
  return static_cast<float>(std::min(1.0, sum / (side * side)));
}

// The drawing's coordinate of the target's left (or top) edge: the centre of mass in the middle, unless a very lopsided
// drawing would then reach over the edge.
double target_origin(double centre, double low, double high, double side) {
  return std::clamp(centre - kDigitSize / 2.0 * side, high - kDigitSize * side, low);
}

}  // namespace

core::Result<std::vector<float>> center_digit(std::span<const float> grey, int height, int width) {
  DESCENT_ASSERT(height >= 1 && height <= 4096 && width >= 1 && width <= 4096);
  DESCENT_ASSERT(grey.size() == static_cast<std::size_t>(height) * static_cast<std::size_t>(width));
  const Drawing drawing = cleaned(grey, height, width);
  const Extent box = extent_of(drawing);
  if (box.x1 <= box.x0) return core::Error{"nothing is drawn; draw a digit first"};
  const double side = std::max(box.x1 - box.x0, box.y1 - box.y0) / kBox;  // of a target pixel, in the drawing's pixels
  const double left = target_origin(box.centre_x, box.x0, box.x1, side);
  const double top = target_origin(box.centre_y, box.y0, box.y1, side);
  std::vector<float> out;
  out.reserve(kDigitSize * kDigitSize);
  for (int y = 0; y < kDigitSize; ++y) {
    for (int x = 0; x < kDigitSize; ++x) out.push_back(mean_ink(drawing, box, left + x * side, top + y * side, side));
  }
  return out;
}

}  // namespace descent::data
