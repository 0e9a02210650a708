// SPDX-License-Identifier: MIT
// Points of the surface as small discs, in device pixels; in the 3-D view they lie on the sampled surface. No GL here.
#pragma once

#include <span>
#include <vector>

#include "web/model/geometry/screen_path.h"

namespace descent::web {

// Two vertices for each point inside the picture, or for as many evenly chosen ones as can be told apart: a segment of
// no length, which lines of constant width draw as a disc. points: (n, 2).
inline constexpr std::size_t kMostDots = 1500;
[[nodiscard]] std::vector<ScreenPath::Vertex> dot_vertices(std::span<const double> points,
                                                           const Projection& projection);

}  // namespace descent::web
