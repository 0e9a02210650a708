// SPDX-License-Identifier: MIT
#include "web/model/network/sheets.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace descent::web {
namespace {

constexpr float kLargestCell = 26;  // points: the units of a short vector do not grow beyond

constexpr int kLongestColumn = 16;  // units of a vector that stand one below the other, as classes do

bool is_vector(const nn::Shape& shape) {
  return shape.flat || (shape.height == 1 && shape.width == 1);
}

}  // namespace

SheetGrid::Cell SheetGrid::cell_of(std::int64_t unit) const {
  const auto map = static_cast<int>(unit % maps);
  const auto place = static_cast<int>(unit / maps);
  return {map % columns * (map_width + gap) + place % map_width,
          map / columns * (map_height + gap) + place / map_width};
}

std::optional<std::int64_t> SheetGrid::unit_at(int x, int y) const {
  if (x < 0 || y < 0 || x >= width() || y >= height()) return {};
  const int column = x / (map_width + gap), row = y / (map_height + gap);
  const int px = x % (map_width + gap), py = y % (map_height + gap);
  const int map = row * columns + column;
  if (px >= map_width || py >= map_height || map >= maps) return {};
  return (std::int64_t{py} * map_width + px) * maps + map;
}

SheetGrid fit_sheet(const nn::Shape& shape, float width, float height) {
  SheetGrid grid;
  if (is_vector(shape)) {
    grid.maps = static_cast<int>(shape.size());
  } else {
    grid.maps = shape.channels;
    grid.map_width = shape.width;
    grid.map_height = shape.height;
    grid.gap = 1;
  }
  if (is_vector(shape) && grid.maps <= kLongestColumn) {
    grid.rows = grid.maps;
    return grid;
  }
  float largest = 0;
  for (int columns = 1; columns <= grid.maps; ++columns) {
    SheetGrid tried = grid;
    tried.columns = columns;
    tried.rows = (grid.maps + columns - 1) / columns;
    const float cell = std::min(width / static_cast<float>(tried.width()), height / static_cast<float>(tried.height()));
    if (cell <= largest) continue;
    largest = cell;
    grid.columns = tried.columns;
    grid.rows = tried.rows;
  }
  return grid;
}

std::vector<float> sheet_pixels(const SheetGrid& grid, std::span<const float> values) {
  const auto width = static_cast<std::size_t>(grid.width());
  std::vector<float> pixels(width * static_cast<std::size_t>(grid.height()), std::numeric_limits<float>::quiet_NaN());
  for (std::size_t unit = 0; unit < values.size(); ++unit) {
    const SheetGrid::Cell cell = grid.cell_of(static_cast<std::int64_t>(unit));
    pixels[static_cast<std::size_t>(cell.y) * width + static_cast<std::size_t>(cell.x)] = values[unit];
  }
  return pixels;
}

Rect Sheet::cell_box(std::int64_t unit) const {
  const SheetGrid::Cell at = grid.cell_of(unit);
  return {box.x + cell * static_cast<float>(at.x), box.y + cell * static_cast<float>(at.y), cell, cell};
}

std::optional<std::int64_t> Sheet::unit_at(float x, float y) const {
  return grid.unit_at(static_cast<int>(std::floor((x - box.x) / cell)),
                      static_cast<int>(std::floor((y - box.y) / cell)));
}

std::vector<Sheet> lay_out_sheets(std::span<const SheetSubject> subjects, float width, float height, float gap,
                                  float head) {
  std::vector<Sheet> sheets;
  if (subjects.empty()) return sheets;
  const auto count = static_cast<float>(subjects.size());
  const float share = std::max((width - gap * (count - 1)) / count, 1.0f);
  const float room = std::max(height - head, 1.0f);
  float left = 0;
  for (const SheetSubject& subject : subjects) {
    Sheet sheet{.layer = subject.layer, .grid = fit_sheet(subject.shape, share, room), .box = {}, .cell = 0};
    sheet.cell = std::min(
        {share / static_cast<float>(sheet.grid.width()), room / static_cast<float>(sheet.grid.height()), kLargestCell});
    const float w = sheet.cell * static_cast<float>(sheet.grid.width());
    const float h = sheet.cell * static_cast<float>(sheet.grid.height());
    sheet.box = {left + (share - w) / 2, head + (room - h) / 2, w, h};
    sheets.push_back(sheet);
    left += share + gap;
  }
  return sheets;
}

}  // namespace descent::web
