// SPDX-License-Identifier: MIT
// A button that opens a list of what can be done with it.
#include <imgui.h>

#include "web/widgets/controls.h"
#include "web/widgets/icons.h"
#include "web/widgets/item.h"
#include "web/widgets/option_list.h"
#include "web/widgets/theme.h"

namespace descent::web::widgets {
namespace {

constexpr float kIcon = 16, kPadding = 12, kGap = 6, kChevron = 12;

void draw_face(const Item& item, std::string_view label, Icon icon, bool words, bool open) {
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 fill = item.held || open ? p.pressed : (item.hovered ? p.hover : p.raised);
  list->AddRectFilled(item.box.Min, item.box.Max, fill, kCorner);
  const ImVec2 center = item.box.GetCenter();
  if (words) {
    const float left = item.box.Min.x + kPadding;
    draw_icon(list, icon, ImVec2(left + kIcon / 2, center.y), kIcon, p.text);
    draw_text(list, ImVec2(left + kIcon + kGap, center.y), item.box.Max.x, p.text, label);
    draw_icon(list, Icon::chevron, ImVec2(item.box.Max.x - kPadding - kChevron / 2 + 2, center.y), kChevron,
              p.text_muted);
  } else {
    draw_icon(list, icon, center, kIcon, p.text);
  }
  draw_focus_ring(item);
}

}  // namespace

float menu_button_width(std::string_view label, bool words) {
  return words ? text_width(label) + kIcon + kGap + kChevron + kGap + 2 * kPadding : control_height();
}

int menu_button(std::string_view label, Icon icon, bool words, int selected, std::span<const std::string_view> entries,
                std::string_view help) {
  const Item item = submit_item(label, ImVec2(menu_button_width(label, words), control_height()), "button");
  const bool open = list_is_open(item.id);
  if (!open) tooltip(help);
  if (item.visible) draw_face(item, label, icon, words, open);
  if (item.pressed) open_list(item.id);
  return draw_list(item.box, item.id, selected, entries);
}

}  // namespace descent::web::widgets
