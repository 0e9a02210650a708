// SPDX-License-Identifier: MIT
// The toast on the screen: a sentence with a button that dismisses it. It lies over the view, clear of the cards, the
// curves and the table of which it mostly speaks.
#pragma once

#include "web/render/renderer.h"
#include "web/state/ui_state.h"

namespace descent::web {

// The toast stands in the lower right corner of `view`, on small screens at its top, below its tools. now: ImGui time.
void draw_toast(UiState& ui, const Rect& view, bool compact, double now);

}  // namespace descent::web
