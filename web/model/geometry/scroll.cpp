// SPDX-License-Identifier: MIT
#include "web/model/geometry/scroll.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace descent::web {
namespace {

int remainder(int value, int size) {
  const int rest = value % size;
  return rest < 0 ? rest + size : rest;
}

}  // namespace

void Scroll::reset(int width, int height) {
  width_ = std::max(width, 1);
  height_ = std::max(height, 1);
  moved_ = {};
}

PixelShift Scroll::corner() const {
  return {remainder(-moved_.x, width_), remainder(-moved_.y, height_)};
}

// Columns at one side, over the whole height; rows above or below beside them.
std::array<PixelBox, 2> Scroll::move_to(const PixelShift& to) {
  const int x = to.x - moved_.x, y = to.y - moved_.y;
  moved_ = to;
  if (std::abs(x) >= width_ || std::abs(y) >= height_) return {PixelBox{0, 0, width_, height_}, {}};
  return {PixelBox{x > 0 ? 0 : width_ + x, 0, x > 0 ? x : width_, height_},
          PixelBox{std::max(x, 0), y > 0 ? 0 : height_ + y, width_ + std::min(x, 0), y > 0 ? y : height_}};
}

std::array<Scroll::Piece, 4> Scroll::pieces(const PixelBox& box) const {
  const PixelShift at = corner();
  std::array<Piece, 4> pieces;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const PixelShift origin{at.x - (i % 2 == 0 ? 0 : width_), at.y - (i < 2 ? 0 : height_)};
    pieces[i] = {intersection(web::moved(box, origin), {0, 0, width_, height_}), origin};
  }
  return pieces;
}

}  // namespace descent::web
