// SPDX-License-Identifier: MIT
// The help overlay: what the page is, keys, gestures, scripting.
#pragma once

#include "web/state/ui_state.h"

namespace descent::web {

// The help lies over everything, on a canvas of this size; closes on a click beside it, its button, and Escape (the
// app).
void draw_help(UiState& ui, float width, float height);

}  // namespace descent::web
