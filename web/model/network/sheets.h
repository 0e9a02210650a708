// SPDX-License-Identifier: MIT
// Sheets: the layers of a network side by side, each as a sheet of cells, one cell a unit. A feature map keeps its
// pixels and stands beside the layer's other maps, one cell apart; the units of a vector stand in a grid. Lengths are
// points where the whole picture fits (zoom 1); y down.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/nn/spec.h"
#include "web/model/geometry/rect.h"

namespace descent::web {

// A SheetGrid says how a layer's units are laid out in cells.
struct SheetGrid {
  int maps = 0;  // channels; for a vector its units
  int map_width = 1, map_height = 1;
  int gap = 0;                // cells between two maps
  int columns = 1, rows = 1;  // of maps

  [[nodiscard]] int width() const { return columns * (map_width + gap) - gap; }  // cells
  [[nodiscard]] int height() const { return rows * (map_height + gap) - gap; }
  // The cell of a unit, an index into (height, width, channels) with channels fastest.
  struct Cell {
    int x = 0, y = 0;
  };
  [[nodiscard]] Cell cell_of(std::int64_t unit) const;
  // The unit of a cell; none in a gap, beside the last map, or outside.
  [[nodiscard]] std::optional<std::int64_t> unit_at(int x, int y) const;
};

// The grid whose cells come out largest in a box of that size; a short vector stands in one column.
[[nodiscard]] SheetGrid fit_sheet(const nn::Shape& shape, float width, float height);

// The values as a picture of the grid, (height, width), row 0 on top; gaps are NaN. values: (height, width, channels).
[[nodiscard]] std::vector<float> sheet_pixels(const SheetGrid& grid, std::span<const float> values);

struct Sheet {
  int layer = -1;  // in the network's list; -1: the image
  SheetGrid grid;
  Rect box;        // of the cells
  float cell = 0;  // side of a cell

  [[nodiscard]] Rect cell_box(std::int64_t unit) const;
  [[nodiscard]] std::optional<std::int64_t> unit_at(float x, float y) const;
};

// A layer that has a sheet of its own.
struct SheetSubject {
  int layer = -1;
  nn::Shape shape;
};

// Side by side from left to right, each in an equal share of the width with `gap` between, `head` free above.
[[nodiscard]] std::vector<Sheet> lay_out_sheets(std::span<const SheetSubject> subjects, float width, float height,
                                                float gap, float head);

}  // namespace descent::web
