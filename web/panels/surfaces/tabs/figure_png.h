// SPDX-License-Identifier: MIT
// A figure of the strip by itself, for a PNG: the surface's title and formula, what the figure shows, and the figure.
#pragma once

#include "web/bridge/bridge.h"
#include "web/panels/page/panel.h"
#include "web/panels/surfaces/view/view_png.h"

namespace descent::web {

inline constexpr PictureSize kFigurePicture{760, 520};  // points

// True when all that the figure shows has been computed.
[[nodiscard]] bool figure_complete(const PanelContext& context, bridge::PictureOf of);

// Fills the window that is open; `of` is a figure.
void draw_figure_picture(PanelContext& context, bridge::PictureOf of);

}  // namespace descent::web
