// SPDX-License-Identifier: MIT
// The commands of LaTeX that a formula may hold: \frac \sqrt \cdot \times \div \left \right \lvert \mathrm{…} spaces,
// functions and Greek letters. What is behind a command (braces, arguments) is the parser's.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace descent::autodiff {

enum class LatexRole { space, name, times, over, bar, open, close, unknown };

struct LatexCommand {
  LatexRole role = LatexRole::unknown;
  std::size_t size = 0;  // bytes, all ASCII
  std::string text;      // name: as the formula's own; unknown: a sentence
};

inline constexpr std::string_view kFraction = "\\frac";  // the name of \frac and its kin

// The command at the backslash text[at].
[[nodiscard]] LatexCommand latex_command(std::string_view text, std::size_t at);

}  // namespace descent::autodiff
