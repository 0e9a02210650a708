// SPDX-License-Identifier: MIT
#include "web/widgets/tabs.h"

#include <imgui.h>

#include <algorithm>
#include <string>
#include <vector>

#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web::widgets {
namespace {

constexpr float kPadding = 12;      // left and right of a text
constexpr float kLeastPadding = 4;  // in narrow rows
constexpr float kLine = 2;

std::string_view text_of(const Tab& tab, bool brief) {
  return brief && !tab.brief.empty() ? tab.brief : tab.label;
}

float texts_width(std::span<const Tab> tabs, bool brief) {
  float width = 0;
  for (const Tab& tab : tabs) width += text_width(text_of(tab, brief));
  return width;
}

// True when it was pressed.
bool draw_tab(const Tab& tab, std::string_view text, ImVec2 size, bool chosen) {
  const Item item = submit_item(tab.label, size, "tab", chosen ? 1 : 0);
  if (!item.visible) return false;
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 low = item.box.Min, high = item.box.Max;
  if (item.hovered && !chosen)
    list->AddRectFilled(ImVec2(low.x, low.y + 2), ImVec2(high.x, high.y - kLine - 2), p.raised, kCorner);
  if (chosen) list->AddRectFilled(ImVec2(low.x, high.y - kLine), high, p.accent);
  const float left = std::max(low.x + (high.x - low.x - text_width(text)) / 2, low.x + 1);
  draw_text(list, ImVec2(left, item.box.GetCenter().y - 1), high.x, chosen || item.hovered ? p.text : p.text_muted,
            text);
  draw_focus_ring(item);
  return item.pressed;
}

bool tab_list(std::string_view id, std::span<const Tab> tabs, int& selected, float room) {
  std::vector<std::string_view> labels;
  for (const Tab& tab : tabs) labels.push_back(tab.label);
  const auto chosen = static_cast<std::size_t>(std::max(selected, 0));
  ImGui::SetNextItemWidth(room);
  return combo("##" + std::string(id), selected, labels, chosen < tabs.size() ? tabs[chosen].tooltip : "");
}

}  // namespace

bool tab_row(std::string_view id, std::span<const Tab> tabs, int& selected, float room) {
  const float count = static_cast<float>(std::max<std::size_t>(tabs.size(), 1));
  const bool brief = texts_width(tabs, false) + 2 * kPadding * count > room;
  if (brief) push_font(Font::small);
  if (brief && texts_width(tabs, true) + 2 * kLeastPadding * count > room) {
    pop_font();
    return tab_list(id, tabs, selected, room);
  }
  const float spare = room - texts_width(tabs, brief);
  const float padding = brief ? std::clamp(spare / (2 * count), kLeastPadding, kPadding) : kPadding;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float bottom = corner.y + control_height();
  ImGui::GetWindowDrawList()->AddLine(ImVec2(corner.x, bottom - 0.5F), ImVec2(corner.x + room, bottom - 0.5F),
                                      palette().separator);
  ImGui::PushID(id.data(), id.data() + id.size());
  ImGui::BeginGroup();
  bool changed = false;
  float x = corner.x;
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    const std::string_view text = text_of(tabs[i], brief);
    const ImVec2 size(text_width(text) + 2 * padding, control_height());
    ImGui::SetCursorScreenPos(ImVec2(x, corner.y));
    const bool chosen = static_cast<int>(i) == selected;
    if (draw_tab(tabs[i], text, size, chosen) && !chosen) {
      selected = static_cast<int>(i);
      changed = true;
    }
    tooltip(tabs[i].tooltip);
    x += size.x;
  }
  ImGui::SetCursorScreenPos(corner);
  ImGui::Dummy(ImVec2(room, control_height()));
  ImGui::EndGroup();
  ImGui::PopID();
  if (brief) pop_font();
  return changed;
}

}  // namespace descent::web::widgets
