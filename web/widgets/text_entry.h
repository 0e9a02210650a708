// SPDX-License-Identifier: MIT
// Typing over an item: a press, a tap or Enter opens the browser's text field there (web/browser/text_field.h), which
// stays over the item however that moves, and closes when the item is not drawn any more. With Tab the keyboard goes on
// from the item.
#pragma once

#include <optional>
#include <string_view>

#include "web/browser/text_field.h"
#include "web/widgets/item.h"

namespace descent::web::widgets {

struct EntryText {
  std::string_view label;  // what screen readers say
  std::string_view text;   // what the field begins with
  bool number = false;     // stands at the right, and is selected as a whole
  bool wrong = false;
};

struct TextEntry {
  bool open = false;  // the field covers the item's box
  std::optional<text_field::Typed> typed;
};

inline constexpr float kEntryPadding = 10;  // between the box and a text at its left

// text_entry() is for the item submitted last, with the flags below.
TextEntry text_entry(const Item& item, const EntryText& content);
[[nodiscard]] ImGuiButtonFlags text_entry_flags();

// Closes the field that is open, if any; what was typed in it is forgotten.
void drop_text_entry();

// Round the frame's items.
void text_entries_begin_frame();
void text_entries_end_frame();

}  // namespace descent::web::widgets
