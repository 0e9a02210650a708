// SPDX-License-Identifier: MIT
// A row of tabs: text over a line that is accented under the chosen one. If the whole texts do not fit, all tabs show
// their brief ones in small letters. Role "tab", value 1 for the chosen one, found by the whole label either way.
// If those do not fit either, there is a drop-down named `id` instead, with the whole texts.
#pragma once

#include <span>
#include <string_view>

namespace descent::web::widgets {

struct Tab {
  std::string_view label;
  std::string_view brief;  // in narrow rows; empty: the label
  std::string_view tooltip;
};

// The row is at most `room` wide, control_height() high. Returns true when `selected` changed. A negative `selected`:
// none is.
bool tab_row(std::string_view id, std::span<const Tab> tabs, int& selected, float room);

}  // namespace descent::web::widgets
