// SPDX-License-Identifier: MIT
// An item is what every control of ours is made of: a rectangle in the layout that can be hovered, pressed, focused by
// keyboard and found by scripts. The widgets' own sources and custom canvases use it; panels use controls.h.
#pragma once

#include <imgui.h>
#include <imgui_internal.h>

#include <optional>
#include <string>
#include <string_view>

namespace descent::web::widgets {

struct Item {
  ImRect box;
  ImGuiID id = 0;
  bool visible = false;  // false: clipped away, draw nothing
  bool hovered = false;
  bool held = false;
  bool pressed = false;  // released over it, or Enter / space while focused
  bool focused = false;  // by keyboard: the ring is shown
};

// Takes `size` from the layout and reports the item.
Item submit_item(std::string_view label, ImVec2 size, std::string_view role, std::optional<double> value = {},
                 std::optional<std::string_view> text = {}, ImGuiButtonFlags flags = 0);

// The same without reacting to mouse and keyboard.
Item place_item(std::string_view label, ImVec2 size, std::string_view role, std::optional<double> value = {},
                std::optional<std::string_view> text = {});

// in_front() says whether the part of the page that this window belongs to takes the mouse at this point: nothing lies
// over it there.
[[nodiscard]] bool in_front(const ImGuiWindow& window, ImVec2 point);

// The ring of keyboard focus round the item.
void draw_focus_ring(const Item& item);

// Height of buttons, fields and the like: larger where fingers are used.
[[nodiscard]] float control_height();
void set_touch_metrics(bool touch);
[[nodiscard]] bool touch_metrics();

// The width asked for with PushItemWidth / SetNextItemWidth, else `natural`.
[[nodiscard]] float item_width(float natural);

// One line of text whose middle is at y, cut with … at `right`; returns its width.
float draw_text(ImDrawList* list, ImVec2 left_middle, float right, ImU32 color, std::string_view text);
[[nodiscard]] float text_width(std::string_view text);
// The value with as many significant digits as fit into the width, in points: at least one, at most `digits`.
[[nodiscard]] std::string fitted_number(double value, float width, int digits);

// Both, the text cut with … where they would be wider than `room`; the end is kept whole.
[[nodiscard]] std::string cut_text(std::string_view text, std::string_view kept_end, float room);

// Breaks the text between words so that no line is wider than `width` points in the current font; numbers stay whole.
// A word that is wider has a line of its own.
[[nodiscard]] std::string wrap_words(std::string_view text, float width);

}  // namespace descent::web::widgets
