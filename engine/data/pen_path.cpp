// SPDX-License-Identifier: MIT
#include "engine/data/pen_path.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "engine/data/dataset.h"

namespace descent::data {
namespace {

constexpr float kBox = 20;  // pixels: the digit's longer side, as in MNIST

float distance(const PenPiece& piece, float x, float y) {
  const float dx = piece.b.x - piece.a.x;
  const float dy = piece.b.y - piece.a.y;
  const float length = dx * dx + dy * dy;
  const float along = length > 0 ? ((x - piece.a.x) * dx + (y - piece.a.y) * dy) / length : 0.0F;
  const float t = std::clamp(along, 0.0F, 1.0F);
  const float ex = x - piece.a.x - t * dx;
  const float ey = y - piece.a.y - t * dy;
  return std::sqrt(ex * ex + ey * ey);
}

}  // namespace

void place_pieces(std::span<PenPiece> pieces, float least) {
  constexpr float kHuge = std::numeric_limits<float>::max();
  PenPoint low{kHuge, kHuge};
  PenPoint high{-kHuge, -kHuge};
  float pen = 0;
  float mass = 0;
  PenPoint moment{};
  for (const PenPiece& piece : pieces) {
    for (const PenPoint& p : {piece.a, piece.b}) {
      low = {std::min(low.x, p.x), std::min(low.y, p.y)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    const float dx = piece.b.x - piece.a.x;
    const float dy = piece.b.y - piece.a.y;
    const float ink = std::sqrt(dx * dx + dy * dy) * piece.half;
    mass += ink;
    moment.x += ink * (piece.a.x + piece.b.x) / 2;
    moment.y += ink * (piece.a.y + piece.b.y) / 2;
    pen = std::max(pen, 2 * piece.half);
  }
  const float scale = (kBox - pen) / std::max({high.x - low.x, high.y - low.y, least});
  const PenPoint centre = mass > 0 ? PenPoint{moment.x / mass, moment.y / mass} : low;
  const auto map = [&](const PenPoint& p) {
    constexpr float kMiddle = kDigitSize / 2.0F;
    return PenPoint{(p.x - centre.x) * scale + kMiddle, (p.y - centre.y) * scale + kMiddle};
  };
  for (PenPiece& piece : pieces) {
    piece.a = map(piece.a);
    piece.b = map(piece.b);
  }
}

void draw_pieces(std::span<const PenPiece> pieces, std::span<float> coverage) {
  const auto pixel = [](float v) { return std::clamp(static_cast<int>(std::floor(v)), 0, kDigitSize - 1); };
  for (const PenPiece& piece : pieces) {
    const float reach = piece.half + 0.5F;
    const int x0 = pixel(std::min(piece.a.x, piece.b.x) - reach);
    const int x1 = pixel(std::max(piece.a.x, piece.b.x) + reach);
    const int y0 = pixel(std::min(piece.a.y, piece.b.y) - reach);
    const int y1 = pixel(std::max(piece.a.y, piece.b.y) + reach);
    for (int y = y0; y <= y1; ++y) {
      for (int x = x0; x <= x1; ++x) {
        const float d = distance(piece, static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F);
        float& value = coverage[static_cast<std::size_t>(y * kDigitSize + x)];
        value = std::max(value, std::min(reach - d, 1.0F));
      }
    }
  }
}

}  // namespace descent::data
