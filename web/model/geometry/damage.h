// SPDX-License-Identifier: MIT
// Damage: the parts of the canvas that have to be drawn anew, as a few boxes. The canvas keeps its pixels between
// frames; where nothing has changed nothing is drawn. No GL here.
#pragma once

#include <span>
#include <vector>

#include "web/model/geometry/rect.h"

namespace descent::web {

// Device pixels of the canvas, y up; [x0, x1) × [y0, y1).
struct PixelBox {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;

  [[nodiscard]] bool empty() const { return x1 <= x0 || y1 <= y0; }
  [[nodiscard]] double area() const {
    return empty() ? 0 : static_cast<double>(x1 - x0) * static_cast<double>(y1 - y0);
  }
  friend bool operator==(const PixelBox&, const PixelBox&) = default;
};
[[nodiscard]] PixelBox intersection(const PixelBox& a, const PixelBox& b);
[[nodiscard]] PixelBox hull(const PixelBox& a, const PixelBox& b);
[[nodiscard]] bool meet(const PixelBox& a, const PixelBox& b);
// Edges at whole pixels, not beyond the canvas.
[[nodiscard]] PixelBox pixels_of(const Rect& rect, const Canvas& canvas);

class Damage {
 public:
  static constexpr std::size_t kMostBoxes = 12;

  Damage(int width, int height) : canvas_{0, 0, width, height} {}

  // Clipped to the canvas; joined with other boxes where that costs little.
  void add(PixelBox box);
  void add_all();
  [[nodiscard]] bool empty() const { return boxes_.empty(); }
  [[nodiscard]] std::span<const PixelBox> boxes() const { return boxes_; }

 private:
  void join_two();

  PixelBox canvas_;
  std::vector<PixelBox> boxes_;
};

}  // namespace descent::web
