// SPDX-License-Identifier: MIT
// A drop-down whose list has headings, pictures and a line on each entry, in as many columns as there is room for.
// Arrows, Enter and Escape work in it, and letters go to the entry that begins with them.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "web/widgets/item.h"

namespace descent::web::widgets {

// The size of a picture, in points.
inline constexpr float kPictureWidth = 64, kPictureHeight = 48;

struct PickerEntry {
  std::string_view title;
  std::string_view line;     // below the title in small letters; may be empty
  std::string_view heading;  // stands above the first of successive entries that have the same; empty: none
  bool pictured = false;     // there is room for a picture, which may come later
  void* picture = nullptr;   // an ImTextureID
  // Stars on the picture: from its left and from its top, 0 … 1.
  std::span<const std::array<float, 2>> stars = {};
};

struct Picker {
  Item box;
  bool open = false;
};

// The box, role "combo" with `text` on it, in words as combo() of controls.h; then, while it is open, the list: role
// "option", the line as its text. Returns the index of the entry that was pressed in this frame, else -1; `selected`
// has a mark, -1: none has.
[[nodiscard]] Picker picker_box(std::string_view label, int selected, std::string_view text, std::string_view tooltip);
int picker_list(const Picker& picker, int selected, std::span<const PickerEntry> entries);

}  // namespace descent::web::widgets
