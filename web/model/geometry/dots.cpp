// SPDX-License-Identifier: MIT
#include "web/model/geometry/dots.h"

#include <cmath>

namespace descent::web {
std::vector<ScreenPath::Vertex> dot_vertices(std::span<const double> points, const Projection& p) {
  std::vector<ScreenPath::Vertex> vertices;
  const std::size_t count = points.size() / 2, stride = count / kMostDots + 1;
  for (std::size_t i = 0; i < count; i += stride) {
    const surfaces::Point point{points[2 * i], points[2 * i + 1]};
    if (p.orbit != nullptr && !contains(p.orbit->view(), point)) continue;
    const Placed placed = place(p, point);
    const double x = placed.pixel[0], y = placed.pixel[1];
    // NaN, where there is no surface, is not inside either.
    if (!(x > -p.margin && x < p.width + p.margin && y > -p.margin && y < p.height + p.margin)) continue;
    if (!std::isfinite(placed.depth)) continue;
    for (const float joined : {1.0F, 0.0F})
      vertices.push_back({static_cast<float>(x), static_cast<float>(y), static_cast<float>(placed.depth), joined});
  }
  return vertices;
}

}  // namespace descent::web
