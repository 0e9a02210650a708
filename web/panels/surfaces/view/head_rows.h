// SPDX-License-Identifier: MIT
// The rows between tools and picture, and how far the 3-D view has turned by itself.
#pragma once

#include <algorithm>

#include "web/widgets/item.h"

namespace descent::web {

// How the rows above the picture share their room: side by side in one, one below the other, or in low pictures one
// line for whichever is asked for.
enum class HeadShape { beside, stacked, shared };
inline constexpr float kBesideWidth = 660;  // from here on
inline constexpr float kLeastReadout = 230;
inline constexpr float kLineRow = 20, kLowRow = 22;
inline constexpr float kTight = 200;  // points of height for rows and picture; with less the rows are one line

[[nodiscard]] inline HeadShape head_shape(float width, float height) {
  if (height < kTight) return HeadShape::shared;
  return width >= kBesideWidth ? HeadShape::beside : HeadShape::stacked;
}
[[nodiscard]] inline float usual_height(HeadShape shape) {
  if (shape == HeadShape::shared) return kLowRow;
  return widgets::control_height() + (shape == HeadShape::stacked ? kLineRow : 0);
}

// The angle that the 3-D view has turned by itself.
class SlowTurn {
 public:
  [[nodiscard]] double angle() const { return angle_; }
  void go_on(double now) {
    constexpr double kSpeed = 0.1, kLongest = 0.3;  // radians a second; seconds
    if (at_ > 0) angle_ += kSpeed * std::min(now - at_, kLongest);
    at_ = now;
  }

 private:
  double angle_ = 0, at_ = 0;
};

}  // namespace descent::web
