// SPDX-License-Identifier: MIT
// The path of a round pen, as short straight pieces: placed as MNIST's digits are, and drawn.
#pragma once

#include <span>

namespace descent::data {

struct PenPoint {
  float x = 0;
  float y = 0;

  friend bool operator==(const PenPoint&, const PenPoint&) = default;
};

// A short straight piece of the pen's path and the pen's half width there, in pixels of the image.
struct PenPiece {
  PenPoint a;
  PenPoint b;
  float half = 0;
};

// place_pieces() scales so that the inked bounding box's longer side is 20 pixels, as in MNIST, and moves the centre of
// the ink's mass (length times width) to the middle of the image. What is smaller than `least` in both directions
// becomes no larger than something of that size would.
void place_pieces(std::span<PenPiece> pieces, float least);

// draw_pieces() raises the coverage, (28, 28) 0 … 1, of each pixel by a round pen, approximated by the distance of its
// centre from the path.
void draw_pieces(std::span<const PenPiece> pieces, std::span<float> coverage);

}  // namespace descent::data
