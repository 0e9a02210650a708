// SPDX-License-Identifier: MIT
// ui_items: what is on the screen now, gathered from Dear ImGui's test-engine hooks while a frame is built, for
// descent.ui.items() and the page tests. Positions are points of the canvas.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace descent::web {

struct UiItem {
  std::string label;
  std::string role;  // "button", "slider", "tab", "checkbox", "combo", "option", "text", "canvas", "plot", …
  float x = 0, y = 0, width = 0, height = 0;
  bool enabled = true;
  std::optional<double> value;
  std::optional<std::string> text;
};

// The items of the last complete frame.
[[nodiscard]] const std::vector<UiItem>& ui_items();
// The one of them that the ring of keyboard focus is around; null: none is.
[[nodiscard]] const UiItem* focused_item();
// The smallest of them at a point that shows a text or a number; null: none does.
[[nodiscard]] const UiItem* shown_at(float x, float y);

// Names the item submitted last (custom widgets, canvas regions), or refines what the hooks recorded of it.
void annotate_item(std::string_view label, std::string_view role, std::optional<double> value = {},
                   std::optional<std::string_view> text = {});

void ui_items_begin_frame();
// Shows the cursor that says what the item under the pointer does, unless its widget has chosen one.
void ui_items_end_frame();

}  // namespace descent::web
