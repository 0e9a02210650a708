// SPDX-License-Identifier: MIT
// A control in words: what a screen reader says of the one that has the focus, and what is copied of it. Free of ImGui.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace descent::web {

// One of the things on the screen, as descent.ui.items() tells of it.
struct Control {
  std::string_view label, role;
  std::optional<double> value;
  std::optional<std::string_view> text;
};

// "momentum learning rate, slider: 0.0042", "Lines, checkbox: on", "Play, button".
[[nodiscard]] std::string control_line(const Control& control);
// shown_text() is its text, else its number with all its digits; empty where it shows neither.
[[nodiscard]] std::string shown_text(const Control& control);

}  // namespace descent::web
