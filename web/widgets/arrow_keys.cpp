// SPDX-License-Identifier: MIT
#include "web/widgets/arrow_keys.h"

#include <imgui.h>
#include <imgui_internal.h>

namespace descent::web::widgets {

ArrowSteps arrow_steps(const Item& item) {
  if (!item.focused) return {};
  const auto pressed = [&](ImGuiKey key) {
    ImGui::SetKeyOwner(key, item.id);  // else it would lead to the next item
    return ImGui::IsKeyPressed(key, item.id, ImGuiInputFlags_Repeat) ? 1 : 0;
  };
  return {pressed(ImGuiKey_RightArrow) - pressed(ImGuiKey_LeftArrow),
          pressed(ImGuiKey_DownArrow) - pressed(ImGuiKey_UpArrow)};
}

}  // namespace descent::web::widgets
