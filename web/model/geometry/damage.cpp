// SPDX-License-Identifier: MIT
#include "web/model/geometry/damage.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace descent::web {
namespace {

// Square pixels that a hull may hold beyond its two boxes: every box costs calls of its own.
constexpr double kCheapWaste = 3000;

double waste(const PixelBox& a, const PixelBox& b) {
  return hull(a, b).area() - a.area() - b.area();
}

}  // namespace

PixelBox intersection(const PixelBox& a, const PixelBox& b) {
  return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

PixelBox hull(const PixelBox& a, const PixelBox& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.x0, b.x0), std::min(a.y0, b.y0), std::max(a.x1, b.x1), std::max(a.y1, b.y1)};
}

bool meet(const PixelBox& a, const PixelBox& b) {
  return !intersection(a, b).empty();
}

PixelBox pixels_of(const Rect& rect, const Canvas& canvas) {
  const auto round = [&](float v) { return static_cast<int>(std::lround(v * canvas.pixel_ratio)); };
  const int left = std::clamp(round(rect.x), 0, canvas.width);
  const int top = std::clamp(round(rect.y), 0, canvas.height);
  const int bottom = std::clamp(round(rect.y + rect.height), top, canvas.height);
  return {left, canvas.height - bottom, std::clamp(round(rect.x + rect.width), left, canvas.width),
          canvas.height - top};
}

void Damage::add(PixelBox box) {
  box = intersection(box, canvas_);
  if (box.empty()) return;
  // A grown box may be near others that the smaller one was not.
  for (std::size_t i = 0; i < boxes_.size();) {
    if (waste(boxes_[i], box) > kCheapWaste) {
      ++i;
      continue;
    }
    box = hull(boxes_[i], box);
    boxes_[i] = boxes_.back();
    boxes_.pop_back();
    i = 0;
  }
  boxes_.push_back(box);
  if (boxes_.size() > kMostBoxes) join_two();
}

void Damage::add_all() {
  boxes_.assign(1, canvas_);
}

void Damage::join_two() {
  std::size_t first = 0, second = 1;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < boxes_.size(); ++i)
    for (std::size_t k = i + 1; k < boxes_.size(); ++k)
      if (const double w = waste(boxes_[i], boxes_[k]); w < least) {
        least = w;
        first = i;
        second = k;
      }
  const PixelBox both = hull(boxes_[first], boxes_[second]);
  boxes_.erase(boxes_.begin() + static_cast<std::ptrdiff_t>(second));
  boxes_.erase(boxes_.begin() + static_cast<std::ptrdiff_t>(first));
  add(both);
}

}  // namespace descent::web
