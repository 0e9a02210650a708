// SPDX-License-Identifier: MIT
// The help overlay: what the page is, keys, gestures, scripting.
#pragma once

#include <string_view>

#include "web/state/ui_state.h"

namespace descent::web {

// The help lies over everything, on a canvas of this size; closes on a click beside it, its button, and Escape (the
// app). machine: what the page runs on.
void draw_help(UiState& ui, std::string_view machine, float width, float height);

}  // namespace descent::web
