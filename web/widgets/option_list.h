// SPDX-License-Identifier: MIT
// The list that opens under a box or a button, role "option" each, worked by mouse, finger and keys. The sources of
// the widgets use it; panels use combo() and menu_button() of controls.h, and picker.h.
#pragma once

#include <imgui.h>
#include <imgui_internal.h>

#include <span>
#include <string_view>

#include "web/widgets/item.h"

namespace descent::web::widgets {

// The identity of the list that belongs to an item.
[[nodiscard]] inline ImGuiID list_of(ImGuiID item) {
  return item + 1;
}
[[nodiscard]] inline bool list_is_open(ImGuiID item) {
  return ImGui::IsPopupOpen(list_of(item), ImGuiPopupFlags_None);
}
inline void open_list(ImGuiID item) {
  ImGui::OpenPopupEx(list_of(item));
}

// The box of a drop-down, which opens its list when pressed; arguments as for combo().
Item combo_box(std::string_view label, int selected, std::string_view text, std::string_view help,
               std::string_view brief = {});

// The index of the entry that was pressed in this frame, else -1. `selected` has a mark; -1: none has.
int draw_list(const ImRect& box, ImGuiID item, int selected, std::span<const std::string_view> entries);

}  // namespace descent::web::widgets
