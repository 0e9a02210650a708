// SPDX-License-Identifier: MIT
#include "web/arrow_labels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "web/surface_view_math.h"

namespace descent::web {
namespace {

constexpr double kBeyond = 6;  // points between the tip and a name beyond it
constexpr double kBeside = 7;  // between the shaft and a name beside it
constexpr double kGap = 3;     // between names
// What a place costs, in points of distance from the one that is liked best.
constexpr double kOnShaft = 60, kOnHead = 90;

LabelBox round_middle(double x, double y, const NamedArrow& arrow) {
  const double left = std::floor(x - arrow.width / 2), top = std::floor(y - arrow.height / 2);
  return {left, top, left + arrow.width, top + arrow.height};
}

LabelBox moved_inside(const LabelBox& box, const LabelBox& picture) {
  const double width = box.x1 - box.x0, height = box.y1 - box.y0;
  const double x = std::clamp(box.x0, picture.x0, std::max(picture.x1 - width, picture.x0));
  const double y = std::clamp(box.y0, picture.y0, std::max(picture.y1 - height, picture.y0));
  return {x, y, x + width, y + height};
}

bool crosses(const NamedArrow& arrow, const LabelBox& box) {
  std::array<double, 2> foot{arrow.foot_x, arrow.foot_y}, tip{arrow.tip_x, arrow.tip_y};
  return clip_segment(foot, tip, {box.x0, box.y0, box.x1, box.y1});
}

class Placement {
 public:
  Placement(std::span<const NamedArrow> arrows, const LabelBox& picture, const LabelBox& taken)
      : arrows_(arrows), picture_(picture), taken_(taken) {}

  void place(const NamedArrow& arrow);
  [[nodiscard]] std::vector<LabelBox> take() { return std::move(placed_); }

 private:
  void consider(const NamedArrow& arrow, const LabelBox& wished);
  [[nodiscard]] bool free(const LabelBox& box) const;

  std::span<const NamedArrow> arrows_;
  LabelBox picture_, taken_;
  std::vector<LabelBox> placed_;
  LabelBox preferred_, best_;
  double lowest_ = 0;  // cost of best_; negative: none yet
};

bool Placement::free(const LabelBox& box) const {
  return std::none_of(placed_.begin(), placed_.end(), [&](const LabelBox& other) {
    return overlap({other.x0 - kGap, other.y0 - kGap, other.x1 + kGap, other.y1 + kGap}, box);
  });
}

void Placement::consider(const NamedArrow& arrow, const LabelBox& wished) {
  const LabelBox box = moved_inside(wished, picture_);
  if (!free(box)) return;
  double cost = std::hypot(box.x0 - preferred_.x0, box.y0 - preferred_.y0);
  for (const NamedArrow& other : arrows_)
    if (crosses(other, box)) cost += &other == &arrow ? 2 * kOnShaft : kOnShaft;
  if (overlap(box, taken_)) cost += kOnHead;
  if (lowest_ >= 0 && cost >= lowest_) return;
  lowest_ = cost;
  best_ = box;
}

void Placement::place(const NamedArrow& arrow) {
  const double dx = arrow.tip_x - arrow.foot_x, dy = arrow.tip_y - arrow.foot_y;
  const double length = std::max(std::hypot(dx, dy), 1e-9);
  const double x = dx / length, y = dy / length;
  // From the tip, and from the shaft, to the middle of a box that touches it there.
  const double beyond = kBeyond + (std::abs(x) * arrow.width + std::abs(y) * arrow.height) / 2;
  const double beside = kBeside + (std::abs(y) * arrow.width + std::abs(x) * arrow.height) / 2;
  preferred_ = best_ = round_middle(arrow.tip_x + beyond * x, arrow.tip_y + beyond * y, arrow);
  lowest_ = -1;
  consider(arrow, preferred_);
  constexpr int kBack = 6;
  for (int k = 0; k <= kBack; ++k)
    for (const double side : {-1.0, 1.0}) {
      const double back = length * k / kBack;
      consider(arrow, round_middle(arrow.tip_x - back * x - side * beside * y,
                                   arrow.tip_y - back * y + side * beside * x, arrow));
    }
  // Rows above and below: one of more rows than there are names is free.
  const int rows = static_cast<int>(placed_.size()) + 1;
  for (int k = -rows; k <= rows; ++k) {
    const double aside = k * (arrow.height + 2 * kGap + 1);
    consider(arrow, {preferred_.x0, preferred_.y0 + aside, preferred_.x1, preferred_.y1 + aside});
    for (const LabelBox& other : placed_) {
      const double top = other.y0 + k * (arrow.height + 2 * kGap + 1);
      consider(arrow, {preferred_.x0, top, preferred_.x1, top + arrow.height});
    }
  }
  placed_.push_back(best_);
}

}  // namespace

bool overlap(const LabelBox& a, const LabelBox& b) {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

std::vector<LabelBox> place_arrow_labels(std::span<const NamedArrow> arrows, const LabelBox& picture,
                                         const LabelBox& taken) {
  Placement placement(arrows, picture, taken);
  for (const NamedArrow& arrow : arrows) placement.place(arrow);
  return placement.take();
}

}  // namespace descent::web
