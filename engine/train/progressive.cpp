// SPDX-License-Identifier: MIT
#include "engine/train/progressive.h"

#include "engine/core/check.h"

namespace descent::train {

void ProgressiveOrder::reset(std::uint32_t width, std::uint32_t height) {
  DESCENT_ASSERT(width >= 1 && height >= 1);
  width_ = width;
  height_ = height;
  cells_.clear();
  cells_.reserve(static_cast<std::size_t>(width) * height);
  levels_.clear();
  for (std::uint32_t stride = kFirstStride; stride >= 1; stride /= 2) {
    const std::uint32_t coarser = 2 * stride;
    for (std::uint32_t row = 0; row < height; row += stride)
      for (std::uint32_t column = 0; column < width; column += stride)
        if (stride == kFirstStride || row % coarser != 0 || column % coarser != 0)
          cells_.push_back(row * width + column);
    levels_.push_back({stride, cells_.size()});
  }
}

ProgressiveOrder::Cell ProgressiveOrder::operator[](std::size_t i) const {
  std::size_t level = 0;
  while (levels_[level].end <= i) ++level;
  return {cells_[i] % width_, cells_[i] / width_, levels_[level].stride};
}

std::uint32_t ProgressiveOrder::finished_stride(std::size_t done) const {
  std::uint32_t stride = 0;
  for (const Level& level : levels_)
    if (done >= level.end) stride = level.stride;
  return stride;
}

}  // namespace descent::train
