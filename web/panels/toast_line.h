// SPDX-License-Identifier: MIT
// The toast on the screen: a sentence with a button that dismisses it, above the foot of the page.
#pragma once

#include "web/ui_state.h"

namespace descent::web {

// bottom: where the toast's lower edge lies at most. now: ImGui time.
void draw_toast(UiState& ui, float width, float bottom, double now);

}  // namespace descent::web
