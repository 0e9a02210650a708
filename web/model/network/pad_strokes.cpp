// SPDX-License-Identifier: MIT
#include "web/model/network/pad_strokes.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace descent::web {
namespace {

using data::PenPoint;
using data::PenStroke;

constexpr float kSpacing = 1.5f;  // points closer than that only show the hand's and the screen's grain
constexpr float kSame = 0.01f;
constexpr std::size_t kMostPoints = 6000;  // far more than any digit has; ink beyond that would only cost time
constexpr float kWidest = 4;

float distance(PenPoint a, PenPoint b) {
  return std::hypot(b.x - a.x, b.y - a.y);
}

// Narrows first … last, shares of the way, to where low <= at + share * by <= high (Liang & Barsky, 1984).
void clip(float at, float by, float& first, float& last) {
  if (by == 0) {
    if (at < 0 || at > kPadSide) last = -1;
    return;
  }
  const float one = -at / by, other = (kPadSide - at) / by;
  first = std::max(first, std::min(one, other));
  last = std::min(last, std::max(one, other));
}

std::size_t points_of(const DrawPad& pad) {
  std::size_t count = 0;
  for (const PenStroke& stroke : pad.strokes) count += stroke.points.size();
  return count;
}

}  // namespace

bool move_pen(DrawPad& pad, PenPoint from, PenPoint to, float width, bool begins) {
  float first = 0, last = 1;
  const float dx = to.x - from.x, dy = to.y - from.y;
  clip(from.x, dx, first, last);
  clip(from.y, dy, first, last);
  if (first > last || points_of(pad) >= kMostPoints) return false;
  const PenPoint a{from.x + first * dx, from.y + first * dy}, b{from.x + last * dx, from.y + last * dy};
  if (begins || pad.strokes.empty() || distance(pad.strokes.back().points.back(), a) > kSame)
    pad.strokes.push_back({width, {a}});
  std::vector<PenPoint>& points = pad.strokes.back().points;
  if (distance(a, b) > 0) {
    // The newest point stays under the pen, and becomes one of the path when the pen has left it behind.
    if (points.size() > 1 && distance(points[points.size() - 2], points.back()) < kSpacing) points.pop_back();
    points.push_back(b);
  }
  ++pad.version;
  return true;
}

std::vector<std::uint8_t> stroke_bytes(const DrawPad& pad) {
  std::vector<float> numbers;
  for (const PenStroke& stroke : pad.strokes) {
    numbers.push_back(static_cast<float>(stroke.points.size()));
    numbers.push_back(stroke.width);
    for (const PenPoint& point : stroke.points) {
      numbers.push_back(point.x);
      numbers.push_back(point.y);
    }
  }
  std::vector<std::uint8_t> bytes(numbers.size() * sizeof(float));
  if (!bytes.empty()) std::memcpy(bytes.data(), numbers.data(), bytes.size());
  return bytes;
}

bool take_stroke_bytes(DrawPad& pad, std::span<const std::uint8_t> bytes) {
  std::vector<float> numbers(bytes.size() / sizeof(float));
  if (bytes.empty() || bytes.size() % sizeof(float) != 0) return false;
  std::memcpy(numbers.data(), bytes.data(), bytes.size());
  std::vector<PenStroke> strokes;
  for (std::size_t at = 0; at < numbers.size();) {
    const std::size_t left = (numbers.size() - at) / 2;  // pairs, the first of them being the head
    if (left < 2 || !(numbers[at] >= 1) || !(numbers[at] <= static_cast<float>(left - 1))) return false;
    PenStroke stroke{numbers[at + 1], {}};
    if (!(stroke.width > 0 && stroke.width <= kWidest)) return false;
    const auto count = static_cast<std::size_t>(numbers[at]);
    at += 2;
    for (std::size_t i = 0; i < count; ++i, at += 2) {
      const PenPoint point{numbers[at], numbers[at + 1]};
      if (!(std::abs(point.x) <= 2 * kPadSide && std::abs(point.y) <= 2 * kPadSide)) return false;
      stroke.points.push_back(point);
    }
    strokes.push_back(std::move(stroke));
  }
  pad.strokes = std::move(strokes);
  ++pad.version;
  return true;
}

}  // namespace descent::web
