// SPDX-License-Identifier: MIT
// Where the regions lie, for any size of the canvas, in points. Large: bar on top, rail at the left with the transport
// at its foot, view and strip beside it. Small (narrower than 720 or lower than 500): the transport is the foot of the
// screen, view and strip share what is left (side by side when the screen is low), and the rail is a sheet over them.
#pragma once

#include "web/render/renderer.h"
#include "web/ui_state.h"

namespace descent::web {

struct Layout {
  bool compact = false;
  render::Rect top_bar, rail, transport, view, strip;
};

// transport_height: what its content took in the last frame. tall_strip: the strip takes most of what it shares with
// the view (Surfaces only).
[[nodiscard]] Layout make_layout(float width, float height, Workspace workspace, float transport_height,
                                 bool tall_strip = false);

}  // namespace descent::web
