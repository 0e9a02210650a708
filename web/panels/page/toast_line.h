// SPDX-License-Identifier: MIT
// The toast on the screen: a sentence with a button that dismisses it. It lies clear of the cards, the curves and the
// table of which it mostly speaks.
#pragma once

#include "web/render/renderer.h"
#include "web/state/ui_state.h"

namespace descent::web {

struct ToastPlace {
  bool compact = false;  // small screens: at the top, below the view's tools
  bool at_top = false;   // below the tools at the right end, over the view's rows and not its picture
};

// The toast stands in the lower right corner of `view`, or where `place` says. now: ImGui time.
void draw_toast(UiState& ui, const Rect& view, const ToastPlace& place, double now);

}  // namespace descent::web
