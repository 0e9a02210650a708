// SPDX-License-Identifier: MIT
// A picture of a digit (a photo, a scan, a screenshot) as an image of MNIST's form: grey, bright ink on paper that is
// 0, cropped to the ink, scaled and centred (center_digit.h).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/result.h"

namespace descent::data {

struct PictureDigit {
  std::vector<float> image;  // (28, 28) 0 … 1
  bool inverted = false;     // the picture's ink is darker than its paper
  bool kept = false;         // it had MNIST's form already, and is only grey now
};

// rgba: (height, width, 4), not premultiplied; height and width 1 … 4096. An error when nothing stands out in it.
[[nodiscard]] core::Result<PictureDigit> picture_digit(std::span<const std::uint8_t> rgba, int height, int width);

}  // namespace descent::data
