// SPDX-License-Identifier: MIT
// The drop-down: a box that opens a list.
#include <imgui.h>

#include <algorithm>
#include <string>

#include "web/widgets/controls.h"
#include "web/widgets/icons.h"
#include "web/widgets/item.h"
#include "web/widgets/option_list.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web::widgets {
namespace {

constexpr float kLabelColumn = 96;

std::string_view entry_at(std::span<const std::string_view> entries, int index) {
  return index >= 0 && index < static_cast<int>(entries.size()) ? entries[static_cast<std::size_t>(index)]
                                                                : std::string_view{};
}

void draw_box(const Item& item, std::string_view text, std::string_view brief) {
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(item.box.Min, item.box.Max, item.held ? p.pressed : (item.hovered ? p.hover : p.raised), kCorner);
  const float middle = item.box.GetCenter().y;
  const float left = item.box.Min.x + 10, right = item.box.Max.x - 28;
  const bool fits = brief.empty() || text_width(text) <= right - left;
  draw_text(list, ImVec2(left, middle), right, p.text, fits ? text : brief);
  draw_icon(list, Icon::chevron, ImVec2(item.box.Max.x - 15, middle), 14, p.text_muted);
  draw_focus_ring(item);
}

}  // namespace

Item combo_box(std::string_view label, int selected, std::string_view text, std::string_view help,
               std::string_view brief) {
  const bool labelled = !label.starts_with("##");
  const std::string_view name = labelled ? label : label.substr(2);
  float width = item_width(ImGui::GetContentRegionAvail().x);
  if (labelled && width > 2 * kLabelColumn) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    draw_text(ImGui::GetWindowDrawList(), ImVec2(at.x, at.y + control_height() / 2), at.x + kLabelColumn - 4,
              palette().text_muted, name);
    ImGui::SetCursorScreenPos(ImVec2(at.x + kLabelColumn, at.y));
    width -= kLabelColumn;
  }
  const Item item = submit_item(name, ImVec2(width, control_height()), "combo", selected, text);
  if (!list_is_open(item.id)) tooltip(help);
  if (item.visible) draw_box(item, text, brief);
  if (item.pressed) open_list(item.id);
  return item;
}

bool combo(std::string_view label, int& selected, std::span<const std::string_view> entries, std::string_view help,
           std::string_view brief) {
  const Item item = combo_box(label, selected, entry_at(entries, selected), help, brief);
  const int pressed = draw_list(item.box, item.id, selected, entries);
  const bool changed = pressed >= 0 && pressed != selected;
  if (changed) selected = pressed;
  return changed;
}

}  // namespace descent::web::widgets
