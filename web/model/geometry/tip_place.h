// SPDX-License-Identifier: MIT
// Says where a tooltip stands: above its control or to the right of it, else where it covers least of what lies beside
// it and may be used next.
#pragma once

#include <optional>
#include <span>

#include "web/model/geometry/rect.h"

namespace descent::web {

// The shared area in square points.
[[nodiscard]] float shared_area(const Rect& a, const Rect& b);

// The place of a tooltip of this size beside `own`, whole on a canvas of that size, and never over `own`; `taken` is
// what it should leave free. Nothing where there is no room for it.
[[nodiscard]] std::optional<Rect> place_tip(const Rect& own, float width, float height, float canvas_width,
                                            float canvas_height, std::span<const Rect> taken);

}  // namespace descent::web
