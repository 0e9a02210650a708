// SPDX-License-Identifier: MIT
// Below the box, above it where there is no room; over it where neither has enough; to its left where it would leave
// the screen.
#include "web/widgets/option_list.h"

#include <algorithm>

#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web::widgets {
namespace {

constexpr float kMaxListHeight = 480;

// The list is at least as wide as the box, and wide enough for every entry where the screen allows.
void place_list(const ImRect& box, std::span<const std::string_view> entries) {
  const float row = control_height();
  const ImVec2 screen = ImGui::GetMainViewport()->Size;
  const float height = std::min(kMaxListHeight, static_cast<float>(entries.size()) * row + 2 * 6 + 1);
  const bool below = box.Max.y + 4 + height <= screen.y || box.Min.y < screen.y / 2;
  const float shown = std::min(height, screen.y - 2 * kGrid);
  const float top = std::clamp(below ? box.Max.y + 4 : box.Min.y - 4 - shown, kGrid, screen.y - kGrid - shown);
  float width = box.GetWidth();
  for (const std::string_view entry : entries) width = std::max(width, text_width(entry) + 48);
  width = std::min(width, screen.x - 2 * kGrid);
  const float left = std::min(box.Min.x, screen.x - kGrid - width);
  ImGui::SetNextWindowPos(ImVec2(left, top));
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

}  // namespace

int draw_list(const ImRect& box, ImGuiID item, int selected, std::span<const std::string_view> entries) {
  if (!list_is_open(item)) return -1;
  place_list(box, entries);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(6, 6));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  int pressed = -1;
  if (ImGui::BeginPopupEx(list_of(item), ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize |
                                             ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings)) {
    const float width = ImGui::GetContentRegionAvail().x;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      ImGui::PushID(static_cast<int>(i));
      if (draw_entry(entries[i], static_cast<int>(i) == selected, width)) {
        pressed = static_cast<int>(i);
        ImGui::CloseCurrentPopup();
      }
      ImGui::PopID();
    }
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar(2);
  return pressed;
}

}  // namespace descent::web::widgets
