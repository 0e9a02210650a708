// SPDX-License-Identifier: MIT
// The beginning of a description that can stand alone, for menus in which a line has to do.
#pragma once

#include <cstddef>
#include <string_view>

namespace descent::web {

// Up to the first colon, semicolon or full stop that a blank or the end follows, without it: "A ball with mass" of
// "A ball with mass: velocity builds up along valleys."
[[nodiscard]] constexpr std::string_view first_clause(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((text[i] == ':' || text[i] == ';' || text[i] == '.') && (i + 1 == text.size() || text[i + 1] == ' '))
      return text.substr(0, i);
  return text;
}

}  // namespace descent::web
