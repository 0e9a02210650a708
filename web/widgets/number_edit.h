// SPDX-License-Identifier: MIT
// Typing a number in place of the item that shows it. One number is edited at a time. Where fingers are used the
// browser's own prompt asks for it, because a canvas cannot open the soft keyboard.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/widgets/item.h"

namespace descent::web::widgets {

struct NumberItem {
  Item item;
  bool editing = false;         // the text field is drawn; draw nothing else in the box
  std::optional<double> typed;  // a number was typed and confirmed
};

// An item of this size that turns into a text field when clicked, or on Enter while it has the focus.
// Its identity is "##" + name.
NumberItem submit_number(const std::string& name, ImVec2 size, double value);

// Closes the field that is open, if any; what was typed in it is forgotten.
void cancel_edit();

// Opens the field of an item submitted earlier in the same window, as by a double-click elsewhere.
void edit_number(const std::string& name);

}  // namespace descent::web::widgets
