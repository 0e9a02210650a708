// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/gradients/map_tiles.h"

#include <algorithm>
#include <cmath>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"
#include "web/widgets/theme.h"

namespace descent::web {

TileRoom fit_tiles(int tiles, float width, float height, float least) {
  TileRoom best;
  for (int columns = 1; columns <= tiles; ++columns) {
    const int rows = (tiles + columns - 1) / columns;
    const float side =
        std::min(width / static_cast<float>(columns) - kTileGap, height / static_cast<float>(rows) - kTileLabel);
    if (side > best.side) best = {columns, side};
  }
  if (best.side < least) best = {std::max(static_cast<int>(width / (least + kTileGap)), 1), least};
  return best;
}

std::string in_powers(int exponent) {
  return exponent == 0 ? std::string() : core::fill(", in {}", core::power_of_ten(exponent));
}

widgets::Item draw_tile(const MapTile& tile, void* picture, int index, int count, ImVec2 size) {
  const widgets::Palette& p = widgets::palette();
  ImGui::BeginGroup();
  const widgets::Item item = widgets::submit_item(tile.name, size, "image", tile.value);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float share = 1 / static_cast<float>(count);
  list->AddRectFilled(item.box.Min, item.box.Max, p.raised);
  list->AddImage(picture, item.box.Min, item.box.Max, ImVec2(0, share * static_cast<float>(index)),
                 ImVec2(1, share * static_cast<float>(index + 1)));
  if (tile.marked) list->AddRect(item.box.Min, item.box.Max, p.accent, 0, 0, 2);
  widgets::draw_focus_ring(item);
  const ImVec2 below = ImGui::GetCursorScreenPos();
  ImGui::Dummy(ImVec2(size.x, kTileLabel));
  const float y = below.y + kTileLabel / 2 - 2, right = below.x + size.x;
  float left = below.x;
  if (!tile.label.empty()) left += widgets::draw_text(list, ImVec2(left, y), right, p.text, tile.label) + 4;
  const std::string number = tick_label(tile.value / std::pow(10.0, tile.exponent), tile.exponent == 0 ? 0.01 : 0.1);
  widgets::draw_text(list, ImVec2(left, y), right + 1, p.text_muted, number);
  ImGui::EndGroup();
  return item;
}

}  // namespace descent::web
