// SPDX-License-Identifier: MIT
#include "engine/data/stroke_digit.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "engine/data/dataset.h"

namespace descent::data {
namespace {

constexpr float kPen = 2.6F;    // pixels: MNIST's, about
constexpr float kLeast = 8;     // of the square's 100: what is smaller is a dot
constexpr double kLean = 0.15;  // dx/dy that upright hands have, to either side

// The pieces of all strokes, a dot as one of no length; half widths in pixels of the image.
std::vector<PenPiece> pieces_of(std::span<const PenStroke> strokes) {
  std::vector<PenPiece> pieces;
  for (const PenStroke& stroke : strokes)
    for (std::size_t i = 0; i < stroke.points.size(); ++i)
      if (i > 0 || stroke.points.size() == 1)
        pieces.push_back({stroke.points[i > 0 ? i - 1 : 0], stroke.points[i], kPen * stroke.width / 2});
  return pieces;
}

// The slope dx/dy of the line that lies best in the ink: covariance over variance, with the mass of the path's pieces.
double lean_of(std::span<const PenPiece> pieces) {
  double mass = 0, x = 0, y = 0, xy = 0, yy = 0;
  for (const PenPiece& piece : pieces) {
    const auto ax = static_cast<double>(piece.a.x), ay = static_cast<double>(piece.a.y);
    const auto bx = static_cast<double>(piece.b.x), by = static_cast<double>(piece.b.y);
    const double ink = std::hypot(bx - ax, by - ay) * static_cast<double>(piece.half);
    mass += ink;
    x += ink * (ax + bx) / 2;
    y += ink * (ay + by) / 2;
    // The means of the products along a straight piece.
    xy += ink * (2 * ax * ay + ax * by + bx * ay + 2 * bx * by) / 6;
    yy += ink * (ay * ay + ay * by + by * by) / 3;
  }
  if (!(mass > 0)) return 0;
  const double variance = yy / mass - y / mass * (y / mass);
  return variance > 1e-9 ? (xy / mass - x / mass * (y / mass)) / variance : 0;
}

// shift_of() is how far what reaches from low to high has to move to lie in the image.
float shift_of(float low, float high) {
  return std::max(0.0F, -low) - std::max(0.0F, high - static_cast<float>(kDigitSize));
}

}  // namespace

std::vector<PenStroke> upright_strokes(std::span<const PenStroke> strokes) {
  std::vector<PenStroke> upright(strokes.begin(), strokes.end());
  const double lean = lean_of(pieces_of(strokes));
  const auto surplus = static_cast<float>(lean - std::clamp(lean, -kLean, kLean));
  for (PenStroke& stroke : upright)
    for (PenPoint& point : stroke.points) point.x -= surplus * point.y;
  return upright;
}

core::Result<std::vector<float>> stroke_digit(std::span<const PenStroke> strokes) {
  std::vector<PenPiece> pieces = pieces_of(upright_strokes(strokes));
  if (pieces.empty()) return core::Error{"nothing is drawn; draw a digit first"};
  place_pieces(pieces, kLeast);
  PenPoint low = pieces.front().a, high = low;
  for (const PenPiece& piece : pieces)
    for (const PenPoint& p : {piece.a, piece.b}) {
      low = {std::min(low.x, p.x - piece.half), std::min(low.y, p.y - piece.half)};
      high = {std::max(high.x, p.x + piece.half), std::max(high.y, p.y + piece.half)};
    }
  const PenPoint shift{shift_of(low.x, high.x), shift_of(low.y, high.y)};
  for (PenPiece& piece : pieces)
    for (PenPoint* p : {&piece.a, &piece.b}) *p = {p->x + shift.x, p->y + shift.y};
  std::vector<float> image(static_cast<std::size_t>(kDigitSize * kDigitSize));
  draw_pieces(pieces, image);
  return image;
}

}  // namespace descent::data
