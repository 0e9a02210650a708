// SPDX-License-Identifier: MIT
// Small pictures of surfaces for menus: the contour view's colours and lines (shaders/levels.glsl) worked out on the
// processor, so that any thread can make them and the view's own textures stay as they are.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/surfaces/surface.h"
#include "web/state/theme.h"

namespace descent::web {

struct Thumbnail {
  std::vector<std::uint32_t> pixels;  // (height, width), row 0 on top: bytes R, G, B, A; transparent without a value
  // The deepest minima in sight: from the left and from the top, 0 … 1.
  std::vector<std::array<float, 2>> minima;
};

struct ThumbnailLook {
  int width = 64, height = 48;  // pixels, at least 2 each
  float pixel_ratio = 1;        // pixels a point
  Theme theme = Theme::dark;

  friend bool operator==(const ThumbnailLook&, const ThumbnailLook&) = default;
};

// All of the surface's own rectangle, widened to the picture's shape as the view is.
[[nodiscard]] Thumbnail make_thumbnail(const surfaces::Surface& surface, const ThumbnailLook& look);
// The same of each surface; without pixels where there is no such surface.
[[nodiscard]] std::vector<Thumbnail> make_thumbnails(std::span<const surfaces::SurfaceChoice> surfaces,
                                                     const ThumbnailLook& look);

}  // namespace descent::web
