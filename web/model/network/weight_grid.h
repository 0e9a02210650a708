// SPDX-License-Identifier: MIT
// WeightGrid: the elements of a weight matrix as a picture of cells. Each row is a block in the shape of what it reads:
// a tile for each map (a convolution's k×k windows, a dense layer's feature maps), in a grid when there are several.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/nn/outline.h"

namespace descent::web {

struct WeightGrid {
  // The rows shown and the shape of each.
  std::int64_t first_row = 0;
  int rows = 0, maps = 1, map_height = 1, map_width = 1;
  int tile_columns = 1, tile_gap = 0;    // of a block; cells between two tiles
  int block_columns = 1, block_gap = 1;  // of the picture

  [[nodiscard]] int block_width() const { return tile_columns * (map_width + tile_gap) - tile_gap; }  // cells
  [[nodiscard]] int block_height() const;
  [[nodiscard]] int width() const { return block_columns * (block_width() + block_gap) - block_gap; }
  [[nodiscard]] int height() const;
  [[nodiscard]] std::int64_t columns() const { return std::int64_t{maps} * map_height * map_width; }

  struct Cell {
    int x = 0, y = 0;
    friend bool operator==(const Cell&, const Cell&) = default;
  };
  // index: of an element in torch's order, in one of the rows shown.
  [[nodiscard]] Cell cell_of(std::int64_t index) const;
  [[nodiscard]] bool shows(std::int64_t index) const;
  // The element of a cell; none in a gap or outside.
  [[nodiscard]] std::optional<std::int64_t> index_at(int x, int y) const;

  friend bool operator==(const WeightGrid&, const WeightGrid&) = default;
};

// All rows, with the largest cells that fit into such a box.
[[nodiscard]] WeightGrid fit_matrix(const nn::WeightOutline& weight, float width, float height);
// The same of one row.
[[nodiscard]] WeightGrid fit_row(const nn::WeightOutline& weight, std::int64_t row, float width, float height);

// The picture, (height, width), row 0 on top; gaps are NaN. values: the whole matrix in torch's order.
[[nodiscard]] std::vector<float> weight_pixels(const WeightGrid& grid, std::span<const float> values);

// weight_place() says where an element stands: "output 3, input channel 1, row 0, column 2".
[[nodiscard]] std::string weight_place(const nn::WeightOutline& weight, std::int64_t index);

}  // namespace descent::web
