// SPDX-License-Identifier: MIT
// The order in which a grid is computed so that a rough picture stands early: all cells whose row and column are
// multiples of 16, then those of 8 that are new, of 4, 2 and 1. A cell that has been computed stands for the block
// below and to the right of it until finer ones are known.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/core/result.h"

namespace descent::survey {

// Refused with a sentence when the page has no memory for a grid whose cells take so many bytes, copies included.
[[nodiscard]] core::Status check_room(int width, int height, std::size_t cell_bytes);

class ProgressiveOrder {
 public:
  static constexpr std::uint32_t kFirstStride = 16;

  struct Cell {
    std::uint32_t column = 0;
    std::uint32_t row = 0;
    std::uint32_t stride = 1;  // the block is (stride, stride), cut at the grid's edge
  };

  // Sizes at least 1.
  void reset(std::uint32_t width, std::uint32_t height);

  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(width_) * height_; }
  [[nodiscard]] Cell operator[](std::size_t i) const;
  // The finest stride all of whose cells are among the first `done`; 0 before the coarsest is complete.
  [[nodiscard]] std::uint32_t finished_stride(std::size_t done) const;

  // Writes `value` into the block of a cell of `grid` (height, width).
  template <class T>
  void fill(std::vector<T>& grid, const Cell& cell, T value) const {
    const std::uint32_t right = std::min(width_, cell.column + cell.stride);
    const std::uint32_t bottom = std::min(height_, cell.row + cell.stride);
    for (std::uint32_t row = cell.row; row < bottom; ++row)
      for (std::uint32_t column = cell.column; column < right; ++column)
        grid[static_cast<std::size_t>(row) * width_ + column] = value;
  }

 private:
  struct Level {
    std::uint32_t stride = 0;
    std::size_t begin = 0, end = 0;  // cells of the coarser levels; with this one's
  };

  std::uint32_t width_ = 0;
  std::uint32_t height_ = 0;
  std::vector<Level> levels_;  // coarse to fine
};

}  // namespace descent::survey
