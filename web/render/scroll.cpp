// SPDX-License-Identifier: MIT
#include "web/render/scroll.h"

#include <algorithm>
#include <cstdlib>

namespace descent::web::render {
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

std::vector<PixelBox> Scroll::move_to(const PixelShift& to) {
  const int x = to.x - moved_.x, y = to.y - moved_.y;
  moved_ = to;
  if (std::abs(x) >= width_ || std::abs(y) >= height_) return {{0, 0, width_, height_}};
  std::vector<PixelBox> exposed;
  // Columns at one side, over the whole height; rows above or below beside them.
  const PixelBox columns{x > 0 ? 0 : width_ + x, 0, x > 0 ? x : width_, height_};
  const PixelBox rows{x > 0 ? x : 0, y > 0 ? 0 : height_ + y, x > 0 ? width_ : width_ + x, y > 0 ? y : height_};
  for (const PixelBox& box : {columns, rows})
    if (!box.empty()) exposed.push_back(box);
  return exposed;
}

std::vector<Scroll::Piece> Scroll::pieces(const PixelBox& box) const {
  const PixelShift at = corner();
  std::vector<Piece> pieces;
  for (const int x : {at.x, at.x - width_})
    for (const int y : {at.y, at.y - height_}) {
      const PixelBox part = intersection(render::moved(box, {x, y}), PixelBox{0, 0, width_, height_});
      if (!part.empty()) pieces.push_back({part, {x, y}});
    }
  return pieces;
}

}  // namespace descent::web::render
