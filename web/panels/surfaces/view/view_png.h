// SPDX-License-Identifier: MIT
// The picture of the surface by itself, for a PNG: title and formula, the optimizers with their learning rates, the
// view as it is on the screen with axes and colour bar.
#pragma once

#include "web/panels/page/panel.h"

namespace descent::web {

struct PictureSize {
  float width = 0, height = 0;  // points
};
// That keeps the view's own size.
[[nodiscard]] PictureSize picture_size(const PanelContext& context, const render::SurfaceView& shown);

// Fills the window that is open with everything but the surface; returns the scene that belongs under it.
render::SurfaceView draw_picture(const PanelContext& context, const render::SurfaceView& shown);

}  // namespace descent::web
