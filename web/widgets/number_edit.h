// SPDX-License-Identifier: MIT
// Typing a number in place of the item that shows it, in the browser's text field (text_entry.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/widgets/item.h"

namespace descent::web::widgets {

struct NumberItem {
  Item item;
  bool editing = false;         // the text field covers the box; draw nothing in it
  std::optional<double> typed;  // a number was typed and confirmed
};

// An item of this size that turns into a text field when clicked or tapped, or on Enter while it has the focus.
// Its identity is "##" + name.
NumberItem submit_number(const std::string& name, ImVec2 size, double value);

// Opens the field of an item submitted earlier in the same window, as by a double-click elsewhere.
void edit_number(const std::string& name);

}  // namespace descent::web::widgets
