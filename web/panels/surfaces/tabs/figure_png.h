// SPDX-License-Identifier: MIT
// A figure of the strip by itself, for a PNG: the surface's title and formula, what the figure shows, and the figure.
#pragma once

#include "web/panels/page/panel.h"
#include "web/panels/surfaces/tabs/tab_figure.h"
#include "web/panels/surfaces/view/view_png.h"

namespace descent::web {

inline constexpr PictureSize kFigurePicture{760, 520};  // points

// Fills the window that is open.
void draw_figure_picture(PanelContext& context, const TabFigure& figure);

}  // namespace descent::web
