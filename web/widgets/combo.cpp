// SPDX-License-Identifier: MIT
// The drop-down: a box that opens a list under it (over it where there is no room).
#include <imgui.h>

#include <algorithm>
#include <string>

#include "web/ui_items.h"
#include "web/widgets/controls.h"
#include "web/widgets/icons.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web::widgets {
namespace {

constexpr float kLabelColumn = 96;
constexpr float kMaxListHeight = 480;

std::string_view entry_at(std::span<const std::string_view> entries, int index) {
  return index >= 0 && index < static_cast<int>(entries.size()) ? entries[static_cast<std::size_t>(index)]
                                                                : std::string_view{};
}

// Under the box (or over it), at least as wide, and wide enough for every entry where the screen allows.
void place_list(const ImRect& box, std::span<const std::string_view> entries) {
  const float row = control_height();
  const float height = std::min(kMaxListHeight, static_cast<float>(entries.size()) * row + 2 * 6 + 1);
  const float screen = ImGui::GetMainViewport()->Size.y;
  const bool below = box.Max.y + 4 + height <= screen || box.Min.y < screen / 2;
  const float room = below ? screen - box.Max.y - 2 * kGrid : box.Min.y - 2 * kGrid;
  const float shown = std::min(height, room);
  float width = box.GetWidth();
  for (const std::string_view entry : entries) width = std::max(width, text_width(entry) + 48);
  width = std::min(width, ImGui::GetMainViewport()->Size.x - box.Min.x - kGrid);
  ImGui::SetNextWindowPos(ImVec2(box.Min.x, below ? box.Max.y + 4 : box.Min.y - 4 - shown));
  ImGui::SetNextWindowSize(ImVec2(width, shown));
}

bool draw_entry(std::string_view text, bool chosen, float width) {
  const Item item = submit_item(text, ImVec2(width, control_height()), "option", chosen ? 1 : 0);
  if (chosen && ImGui::IsWindowAppearing()) ImGui::SetScrollHereY();
  if (!item.visible) return false;
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (item.hovered || item.focused) list->AddRectFilled(item.box.Min, item.box.Max, p.hover, kCorner - 1);
  const float middle = item.box.GetCenter().y;
  if (chosen)
    list->AddRectFilled(ImVec2(item.box.Min.x, middle - 7), ImVec2(item.box.Min.x + 3, middle + 7), p.accent, 2);
  draw_text(list, ImVec2(item.box.Min.x + 10, middle), item.box.Max.x - 4, chosen ? p.text : p.text_muted, text);
  return item.pressed;
}

bool draw_list(const ImRect& box, ImGuiID id, int& selected, std::span<const std::string_view> entries) {
  if (!ImGui::IsPopupOpen(id, ImGuiPopupFlags_None)) return false;
  place_list(box, entries);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(6, 6));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  bool changed = false;
  if (ImGui::BeginPopupEx(id, ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                                  ImGuiWindowFlags_NoSavedSettings)) {
    const float width = ImGui::GetContentRegionAvail().x;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      ImGui::PushID(static_cast<int>(i));
      const bool chosen = static_cast<int>(i) == selected;
      if (draw_entry(entries[i], chosen, width)) {
        changed = !chosen;
        selected = static_cast<int>(i);
        ImGui::CloseCurrentPopup();
      }
      ImGui::PopID();
    }
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar(2);
  return changed;
}

void draw_box(const Item& item, std::string_view text) {
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(item.box.Min, item.box.Max, item.held ? p.pressed : (item.hovered ? p.hover : p.raised), kCorner);
  const float middle = item.box.GetCenter().y;
  draw_text(list, ImVec2(item.box.Min.x + 10, middle), item.box.Max.x - 28, p.text, text);
  draw_icon(list, Icon::chevron, ImVec2(item.box.Max.x - 15, middle), 14, p.text_muted);
  draw_focus_ring(item);
}

}  // namespace

bool combo(std::string_view label, int& selected, std::span<const std::string_view> entries, std::string_view help) {
  const bool labelled = !label.starts_with("##");
  const std::string_view name = labelled ? label : label.substr(2);
  const std::string_view text = entry_at(entries, selected);
  float width = item_width(ImGui::GetContentRegionAvail().x);
  if (labelled && width > 2 * kLabelColumn) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    draw_text(ImGui::GetWindowDrawList(), ImVec2(at.x, at.y + control_height() / 2), at.x + kLabelColumn - 4,
              palette().text_muted, name);
    ImGui::SetCursorScreenPos(ImVec2(at.x + kLabelColumn, at.y));
    width -= kLabelColumn;
  }
  const Item item = submit_item(name, ImVec2(width, control_height()), "combo", selected, text);
  const ImGuiID popup = item.id + 1;
  if (!ImGui::IsPopupOpen(popup, ImGuiPopupFlags_None)) tooltip(help);
  if (item.visible) draw_box(item, text);
  if (item.pressed) ImGui::OpenPopupEx(popup);
  return draw_list(item.box, popup, selected, entries);
}

}  // namespace descent::web::widgets
