// SPDX-License-Identifier: MIT
// Small pictures of numbers: a grid of square cells with a line below, and the numbers in cells that are large enough.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "web/model/geometry/rect.h"
#include "web/model/network/terms.h"
#include "web/panels/page/panel.h"

namespace descent::web {

inline constexpr float kReadableCell = 30;  // side of a cell, points, from which its number is written

// The number stands in the middle of the cell, in the current font; nothing where it does not fit.
void draw_cell_number(const Rect& cell, float value);

struct CellPicture {
  std::string name;               // of the item, and of the image in the renderer's store
  std::string caption;            // one small line below
  std::uint64_t version = 0;      // changes with the pixels and their arrangement
  int width = 0, height = 0;      // cells
  std::span<const float> pixels;  // (height, width), row 0 on top; NaN: nothing is drawn
  Colormap map = Colormap::diverging;
  CellRange range;
};
struct CellHit {
  int x = 0, y = 0;
  bool pressed = false;
};
inline constexpr float kCellCaption = 20;  // height of the line below

// draw_cells() makes the picture as large as it fits into width × height points, with the line below it, and takes all
// of the width. Returns the cell under the pointer.
[[nodiscard]] std::optional<CellHit> draw_cells(PanelContext& context, const CellPicture& picture, float width,
                                                float height);

}  // namespace descent::web
