// SPDX-License-Identifier: MIT
// Scroll: a kept picture that follows a view which is being dragged. Nothing is copied: the picture's edges are joined
// (a torus), the view's lower left corner wanders over it, and only what comes into view is drawn, where that lies. No
// GL here.
#pragma once

#include <array>

#include "web/model/geometry/damage.h"

namespace descent::web {

struct PixelShift {
  int x = 0, y = 0;
  friend bool operator==(const PixelShift&, const PixelShift&) = default;
};

[[nodiscard]] inline PixelBox moved(const PixelBox& box, const PixelShift& by) {
  return {box.x0 + by.x, box.y0 + by.y, box.x1 + by.x, box.y1 + by.y};
}

class Scroll {
 public:
  // A picture of this many pixels, drawn where the view is.
  void reset(int width, int height);
  // How far the content has moved since then.
  [[nodiscard]] const PixelShift& moved() const { return moved_; }
  // Moves on to that; returns the pixels of the view whose content the picture does not have. Boxes may be empty.
  std::array<PixelBox, 2> move_to(const PixelShift& to);

  // A part of the view in one piece on the picture: pixel (x, y) of the view is pixel (x, y) + origin there.
  struct Piece {
    PixelBox box;  // on the picture; may be empty
    PixelShift origin;
  };
  [[nodiscard]] std::array<Piece, 4> pieces(const PixelBox& box) const;
  // Where the view's lower left pixel is on the picture.
  [[nodiscard]] PixelShift corner() const;

 private:
  int width_ = 1, height_ = 1;
  PixelShift moved_;
};

}  // namespace descent::web
