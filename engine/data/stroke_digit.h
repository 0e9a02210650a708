// SPDX-License-Identifier: MIT
// A drawing as an image of MNIST's form, made from the pen's strokes and not from their ink: however large or slanted
// it is, the pen is as thick as MNIST's. Ink that is scaled up would turn what is small into a blob.
#pragma once

#include <span>
#include <vector>

#include "engine/core/result.h"
#include "engine/data/pen_path.h"

namespace descent::data {

struct PenStroke {
  float width = 1;               // in units of the pen that is usual in MNIST, 0 … 4
  std::vector<PenPoint> points;  // in a square of 100 × 100, y down; one alone is a dot
};

// upright_strokes() takes away what the drawing leans further than hands do, by the second moments of its path.
[[nodiscard]] std::vector<PenStroke> upright_strokes(std::span<const PenStroke> strokes);

// Upright, scaled to 20x20 keeping its proportions, its centre of mass on the centre of 28x28 unless it would then
// reach over the edge. Returns (28, 28) in 0 … 1; an error when nothing is drawn.
[[nodiscard]] core::Result<std::vector<float>> stroke_digit(std::span<const PenStroke> strokes);

}  // namespace descent::data
