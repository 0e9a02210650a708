// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/gradients/cell_picture.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "web/model/words/number_format.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

constexpr float kLargestCell = 46;

void draw_numbers(const CellPicture& picture, const ImVec2& corner, float cell) {
  if (cell < kReadableCell) return;
  widgets::push_font(widgets::Font::small);
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) {
      const float value = picture.pixels[static_cast<std::size_t>(y * picture.width + x)];
      const Rect box{corner.x + static_cast<float>(x) * cell, corner.y + static_cast<float>(y) * cell, cell, cell};
      if (!std::isnan(value)) draw_cell_number(box, value);
    }
  widgets::pop_font();
}

}  // namespace

void draw_cell_number(const Rect& cell, float value) {
  const std::string text = display_number(static_cast<double>(value), 2);
  const ImVec2 size = ImGui::CalcTextSize(text.c_str());
  if (size.x > cell.width - 2) return;
  const ImVec2 at(cell.x + (cell.width - size.x) / 2, cell.y + (cell.height - size.y) / 2);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddText(ImVec2(at.x + 1, at.y + 1), IM_COL32(0, 0, 0, 180), text.c_str());
  list->AddText(at, IM_COL32_WHITE, text.c_str());
}

std::optional<CellHit> draw_cells(PanelContext& context, const CellPicture& picture, float width, float height) {
  const float cell =
      std::min({width / static_cast<float>(picture.width), height / static_cast<float>(picture.height), kLargestCell});
  const ImVec2 size(cell * static_cast<float>(picture.width), cell * static_cast<float>(picture.height));
  ImGui::BeginGroup();
  const widgets::Item item = widgets::submit_item(picture.name, size, "image", {}, picture.caption);
  std::optional<CellHit> hit;
  if (item.visible) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(item.box.Min, item.box.Max, widgets::palette().raised);
    list->AddImage(context.render.image(picture.name, picture.version, picture.width, picture.height, picture.pixels,
                                        picture.range.low, picture.range.high, picture.map),
                   item.box.Min, item.box.Max);
    draw_numbers(picture, item.box.Min, cell);
    widgets::draw_focus_ring(item);
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const int x = static_cast<int>(std::floor((mouse.x - item.box.Min.x) / cell));
    const int y = static_cast<int>(std::floor((mouse.y - item.box.Min.y) / cell));
    if (item.hovered && x >= 0 && y >= 0 && x < picture.width && y < picture.height) hit = CellHit{x, y, item.pressed};
  }
  widgets::push_font(widgets::Font::small);
  const ImVec2 below = ImGui::GetCursorScreenPos();
  ImGui::Dummy(ImVec2(width, kCellCaption));
  widgets::draw_text(ImGui::GetWindowDrawList(), ImVec2(below.x, below.y + kCellCaption / 2), below.x + width,
                     widgets::palette().text_muted, picture.caption);
  widgets::pop_font();
  ImGui::EndGroup();
  return hit;
}

}  // namespace descent::web
