// SPDX-License-Identifier: MIT
// The block round the 3-D view as lines: floor and back edges, and on the two back walls the ticks' levels and
// columns. In device pixels with depth, so that the surface hides what lies behind it. No GL here.
#pragma once

#include <vector>

#include "web/model/geometry/screen_path.h"

namespace descent::web {

struct BoxLines {
  std::vector<ScreenPath::Vertex> vertices;  // a polyline with gaps
  std::size_t grid = 0;                      // the first vertices are the walls' grid, the others the edges
};
// projection.orbit is set.
[[nodiscard]] BoxLines box_lines(const Projection& projection);

}  // namespace descent::web
