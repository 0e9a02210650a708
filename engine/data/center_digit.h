// SPDX-License-Identifier: MIT
// Brings a drawn digit into the form of the MNIST images: the bounding box of the ink is scaled to fit 20x20 keeping
// its proportions (area averaging, so thin lines stay grey instead of breaking), and placed so that the centre of mass
// of the ink falls on the centre of 28x28 (LeCun, Cortes, Burges: "centered … by computing the center of mass of the
// pixels").
#pragma once

#include <span>
#include <vector>

#include "engine/core/result.h"

namespace descent::data {

// grey: (height, width) in 0 … 1, 0 = paper. Values that are not finite count as 0, others are clamped. Height and
// width 1 … 4096. Returns (28, 28) in 0 … 1; an error when nothing is drawn.
[[nodiscard]] core::Result<std::vector<float>> center_digit(std::span<const float> grey, int height, int width);

}  // namespace descent::data
