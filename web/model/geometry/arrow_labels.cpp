// SPDX-License-Identifier: MIT
#include "web/model/geometry/arrow_labels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "web/model/geometry/view_math.h"

namespace descent::web {
namespace {

constexpr double kBeyond = 6;  // points between the tip and a name beyond it
constexpr double kBeside = 7;  // between the shaft and a name beside it
constexpr double kGap = 3;     // between names, and to notes
// A place costs these for what it lies on, in points of distance from the place that is liked best.
constexpr double kOnShaft = 60, kOnHead = 90, kOnNote = 5000;

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

bool touches(const LabelBox& other, const LabelBox& box) {
  return overlap({other.x0 - kGap, other.y0 - kGap, other.x1 + kGap, other.y1 + kGap}, box);
}

bool crosses(const NamedArrow& arrow, const LabelBox& box) {
  std::array<double, 2> foot{arrow.foot_x, arrow.foot_y}, tip{arrow.tip_x, arrow.tip_y};
  return clip_segment(foot, tip, {box.x0, box.y0, box.x1, box.y1});
}

// Chooses a place for the name of arrows[index]; those before it have theirs.
class Placement {
 public:
  Placement(std::span<NamedArrow> arrows, std::size_t index, const LabelBox& picture, const LabelBox& taken,
            std::span<const LabelBox> notes)
      : arrows_(arrows), arrow_(arrows[index]), index_(index), picture_(picture), taken_(taken), notes_(notes) {}

  void place();

 private:
  void consider(const LabelBox& wished);
  void consider_round(const LabelBox& note);
  void consider(double x, double y) { consider(round_middle(x, y, arrow_)); }

  std::span<NamedArrow> arrows_;
  NamedArrow& arrow_;
  std::size_t index_;
  const LabelBox &picture_, &taken_;
  std::span<const LabelBox> notes_;
  LabelBox preferred_;
  double lowest_ = -1;  // cost of the best so far; negative: none yet
};

void Placement::consider(const LabelBox& wished) {
  const LabelBox box = moved_inside(wished, picture_);
  double cost = std::hypot(box.x0 - preferred_.x0, box.y0 - preferred_.y0);
  if (overlap(box, taken_)) cost += kOnHead;
  for (const LabelBox& note : notes_)
    if (touches(note, box)) cost += kOnNote;
  for (std::size_t i = 0; i < arrows_.size(); ++i) {
    if (i < index_ && touches(arrows_[i].name, box)) return;
    if (crosses(arrows_[i], box)) cost += i == index_ ? 2 * kOnShaft : kOnShaft;
  }
  if (lowest_ >= 0 && cost >= lowest_) return;
  lowest_ = cost;
  arrow_.name = box;
}

// Outside it, in as many rows or columns as there are names.
void Placement::consider_round(const LabelBox& note) {
  const auto at = [&](double left, double top) { consider({left, top, left + arrow_.width, top + arrow_.height}); };
  const double across = arrow_.width + 2 * kGap + 1, up = arrow_.height + 2 * kGap + 1;
  for (std::size_t k = 0; k <= index_; ++k) {
    const auto step = static_cast<double>(k);
    at(preferred_.x0, std::floor(note.y0 - kGap) - arrow_.height - step * up);
    at(preferred_.x0, std::ceil(note.y1 + kGap) + step * up);
    at(std::floor(note.x0 - kGap) - arrow_.width - step * across, preferred_.y0);
    at(std::ceil(note.x1 + kGap) + step * across, preferred_.y0);
  }
}

void Placement::place() {
  const double dx = arrow_.tip_x - arrow_.foot_x, dy = arrow_.tip_y - arrow_.foot_y;
  const double length = std::max(std::hypot(dx, dy), 1e-9);
  const double x = dx / length, y = dy / length;
  // These reach from the tip, and from the shaft, to the middle of a box that touches it there.
  const double beyond = kBeyond + (std::abs(x) * arrow_.width + std::abs(y) * arrow_.height) / 2;
  const double beside = kBeside + (std::abs(y) * arrow_.width + std::abs(x) * arrow_.height) / 2;
  preferred_ = arrow_.name = round_middle(arrow_.tip_x + beyond * x, arrow_.tip_y + beyond * y, arrow_);
  consider(preferred_);
  constexpr int kBack = 6;
  for (int k = 0; k <= kBack; ++k)
    for (const double side : {-beside, beside})
      consider(arrow_.tip_x - length * k / kBack * x - side * y, arrow_.tip_y - length * k / kBack * y + side * x);
  // Rows above and below the other names: one of more rows than there are names is free.
  const double row = arrow_.height + 2 * kGap + 1;
  for (std::size_t i = 0; i < index_; ++i)
    for (int k = -static_cast<int>(index_); k <= static_cast<int>(index_); ++k) {
      const double top = arrows_[i].name.y0 + k * row;
      consider({preferred_.x0, top, preferred_.x1, top + arrow_.height});
    }
  for (const LabelBox& note : notes_) consider_round(note);
}

}  // namespace

bool overlap(const LabelBox& a, const LabelBox& b) {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

void place_arrow_labels(std::span<NamedArrow> arrows, const LabelBox& picture, const LabelBox& taken,
                        std::span<const LabelBox> notes) {
  for (std::size_t i = 0; i < arrows.size(); ++i) Placement(arrows, i, picture, taken, notes).place();
}

}  // namespace descent::web
