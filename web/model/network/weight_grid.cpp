// SPDX-License-Identifier: MIT
#include "web/model/network/weight_grid.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/fill.h"

namespace descent::web {
namespace {

int lines(int count, int columns) {
  return (count + columns - 1) / columns;
}

WeightGrid shape_of(const nn::WeightOutline& weight) {
  WeightGrid grid;
  grid.rows = static_cast<int>(weight.extents[0]);
  grid.maps = static_cast<int>(weight.extents[1]);
  grid.map_height = static_cast<int>(weight.extents[2]);
  grid.map_width = static_cast<int>(weight.extents[3]);
  // Maps of one cell are a vector: they stand close, and their block is told from the next by its gap.
  grid.tile_gap = grid.map_height * grid.map_width > 1 && grid.maps > 1 ? 1 : 0;
  grid.block_gap = 1 + grid.tile_gap;
  return grid;
}

float cell_side(const WeightGrid& grid, float width, float height) {
  return std::min(width / static_cast<float>(grid.width()), height / static_cast<float>(grid.height()));
}

}  // namespace

int WeightGrid::block_height() const {
  return lines(maps, tile_columns) * (map_height + tile_gap) - tile_gap;
}

int WeightGrid::height() const {
  return lines(rows, block_columns) * (block_height() + block_gap) - block_gap;
}

bool WeightGrid::shows(std::int64_t index) const {
  return index >= first_row * columns() && index < (first_row + rows) * columns();
}

WeightGrid::Cell WeightGrid::cell_of(std::int64_t index) const {
  const auto block = static_cast<int>(index / columns() - first_row);
  const auto in_row = static_cast<int>(index % columns());
  const int map = in_row / (map_height * map_width), place = in_row % (map_height * map_width);
  return {block % block_columns * (block_width() + block_gap) + map % tile_columns * (map_width + tile_gap) +
              place % map_width,
          block / block_columns * (block_height() + block_gap) + map / tile_columns * (map_height + tile_gap) +
              place / map_width};
}

std::optional<std::int64_t> WeightGrid::index_at(int x, int y) const {
  if (x < 0 || y < 0 || x >= width() || y >= height()) return {};
  const int across = block_width() + block_gap, down = block_height() + block_gap;
  const int block = y / down * block_columns + x / across;
  const int bx = x % across, by = y % down;
  const int tile_across = map_width + tile_gap, tile_down = map_height + tile_gap;
  const int map = by / tile_down * tile_columns + bx / tile_across;
  const int px = bx % tile_across, py = by % tile_down;
  if (block >= rows || bx >= block_width() || by >= block_height() || map >= maps) return {};
  if (px >= map_width || py >= map_height) return {};
  return (first_row + block) * columns() + (std::int64_t{map} * map_height + py) * map_width + px;
}

WeightGrid fit_matrix(const nn::WeightOutline& weight, float width, float height) {
  WeightGrid best = shape_of(weight);
  // Blocks as square as their tiles allow: they are compared with each other.
  best.tile_columns = static_cast<int>(std::ceil(std::sqrt(
      static_cast<double>(best.maps) * static_cast<double>(best.map_height) / static_cast<double>(best.map_width))));
  best.tile_columns = std::clamp(best.tile_columns, 1, best.maps);
  for (WeightGrid tried = best; tried.block_columns <= tried.rows; ++tried.block_columns)
    if (cell_side(tried, width, height) > cell_side(best, width, height)) best = tried;
  return best;
}

WeightGrid fit_row(const nn::WeightOutline& weight, std::int64_t row, float width, float height) {
  WeightGrid best = shape_of(weight);
  best.first_row = row;
  best.rows = 1;
  for (WeightGrid tried = best; tried.tile_columns <= tried.maps; ++tried.tile_columns)
    if (cell_side(tried, width, height) > cell_side(best, width, height)) best = tried;
  return best;
}

std::vector<float> weight_pixels(const WeightGrid& grid, std::span<const float> values) {
  const auto width = static_cast<std::size_t>(grid.width());
  std::vector<float> pixels(width * static_cast<std::size_t>(grid.height()), std::numeric_limits<float>::quiet_NaN());
  const std::int64_t first = grid.first_row * grid.columns();
  for (std::int64_t index = first; grid.shows(index); ++index) {
    const WeightGrid::Cell cell = grid.cell_of(index);
    pixels[static_cast<std::size_t>(cell.y) * width + static_cast<std::size_t>(cell.x)] =
        values[static_cast<std::size_t>(index)];
  }
  return pixels;
}

std::string weight_place(const nn::WeightOutline& weight, std::int64_t index) {
  const auto& [outputs, maps, height, width] = weight.extents;
  const std::int64_t column = index % weight.columns(), area = height * width;
  const std::string output = core::fill("output {}", index / weight.columns());
  if (area == 1) return core::fill("{}, input {}", output, column);
  const std::string place = core::fill("row {}, column {}", column % area / width, column % width);
  if (maps == 1) return core::fill("{}, {}", output, place);
  return core::fill("{}, input channel {}, {}", output, column / area, place);
}

}  // namespace descent::web
