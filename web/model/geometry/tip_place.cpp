// SPDX-License-Identifier: MIT
#include "web/model/geometry/tip_place.h"

#include <algorithm>
#include <array>

namespace descent::web {
namespace {

constexpr float kEdge = 4;                                  // to the edges of the canvas
constexpr std::array kGaps{6.0F, 40.0F, 76.0F};             // to the control: past one row of others, past two
constexpr float kFarther = 3, kOtherSide = 20, kAside = 6;  // as many square points covered are as bad

}  // namespace

float shared_area(const Rect& a, const Rect& b) {
  const float width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
  const float height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
  return std::max(width, 0.0F) * std::max(height, 0.0F);
}

std::optional<Rect> place_tip(const Rect& own, float width, float height, float canvas_width, float canvas_height,
                              std::span<const Rect> taken) {
  std::optional<Rect> best;
  float least = 0;
  const float most_x = canvas_width - kEdge - width, most_y = canvas_height - kEdge - height;
  if (most_x < kEdge || most_y < kEdge) return best;
  for (const float gap : kGaps)
    for (int side = 0; side < 4; ++side)  // above, right, below, left
      for (int k = 0; k < 3; ++k) {       // along it: from its beginning, round its middle, to its end
        const float t = 0.5F * static_cast<float>(k);
        Rect at{own.x + t * (own.width - width), own.y + t * (own.height - height), width, height};
        if (side == 0) at.y = own.y - gap - height;
        if (side == 1) at.x = own.x + own.width + gap;
        if (side == 2) at.y = own.y + own.height + gap;
        if (side == 3) at.x = own.x - gap - width;
        at.x = std::clamp(at.x, kEdge, most_x);
        at.y = std::clamp(at.y, kEdge, most_y);
        if (shared_area(at, own) > 0) continue;
        float cost = kFarther * gap + kOtherSide * static_cast<float>(side) + kAside * static_cast<float>(k);
        for (const Rect& other : taken) cost += shared_area(at, other);
        if (best && cost >= least) continue;
        least = cost;
        best = at;
      }
  return best;
}

}  // namespace descent::web
