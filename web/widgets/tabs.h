// SPDX-License-Identifier: MIT
// A row of tabs: text over a line that is accented under the chosen one. Where the texts do not fit they stand closer
// together in small letters; where that does not fit either the row scrolls, by wheel, finger, keyboard and the buttons
// at its ends. Role "tab", value 1 for the chosen one.
#pragma once

#include <span>
#include <string_view>

namespace descent::web::widgets {

struct Tab {
  std::string_view label;
  std::string_view tooltip;
};

// The row is at most `room` wide, control_height() high. Returns true when `selected` changed. A negative `selected`:
// none is.
bool tab_row(std::string_view id, std::span<const Tab> tabs, int& selected, float room);

}  // namespace descent::web::widgets
