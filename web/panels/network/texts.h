// SPDX-License-Identifier: MIT
// Texts that the tabs below the curves share.
#pragma once

#include <imgui.h>

#include <string>

namespace descent::web {

inline constexpr float kCaption = 20;  // height of a line of small text, points

// One line in small letters.
void small_text(ImU32 color, const std::string& text);

// Wrapped and muted, where there is nothing to see yet.
void hint(const std::string& text);

}  // namespace descent::web
