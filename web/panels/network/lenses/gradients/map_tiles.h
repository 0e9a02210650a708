// SPDX-License-Identifier: MIT
// Maps of one size and scale side by side, each with a name and a number below it: parts of one picture, in which they
// lie one below the other.
#pragma once

#include <string>

#include "web/widgets/item.h"

namespace descent::web {

inline constexpr float kTileGap = 6, kTileLabel = 18;

// How wide the tiles are, and how many stand in a row.
struct TileRoom {
  int columns = 1;
  float side = 0;
};
// So that they come out largest in width × height points, labels included; at least `least` wide, in rows that may be
// more than the height has room for.
[[nodiscard]] TileRoom fit_tiles(int tiles, float width, float height, float least);

// ", in 10⁻⁴", for the caption; empty for 0.
[[nodiscard]] std::string in_powers(int exponent);

struct MapTile {
  std::string name;   // of the item
  std::string label;  // below, before the number; empty: the number alone
  double value = 0;
  int exponent = 0;  // the number is the value in units of this power of ten
  bool marked = false;
};
// Tile `index` of `count` in `picture`, a texture. The item is the map alone.
widgets::Item draw_tile(const MapTile& tile, void* picture, int index, int count, ImVec2 size);

}  // namespace descent::web
