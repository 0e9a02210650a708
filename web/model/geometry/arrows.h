// SPDX-License-Identifier: MIT
// The gradient field as arrows: direction −∇f, length by log |∇f| between a quarter and nine tenths of the grid's step.
// As a polyline with gaps, in device pixels; in the 3-D view it lies on the sampled surface. No GL here.
#pragma once

#include <vector>

#include "engine/race/race.h"
#include "web/model/geometry/screen_path.h"

namespace descent::web {

// The grid of arrows for a rectangle: its points are multiples of a power of two at least `spacing` apart (surface
// units), so that arrows stay where they are while the view moves, and finer grids contain coarser ones. Covers `view`
// up to a step beyond its edges, or lies inside it.
struct ArrowGrid {
  surfaces::Domain view;
  int width = 0, height = 0;
};
enum class Cover { beyond, inside };
[[nodiscard]] ArrowGrid arrow_grid(const surfaces::Domain& view, double spacing, Cover cover);

// Five vertices for the arrow of each of the field's points: tail, tip, barb, tip, barb. Points without a finite
// gradient, or where it is zero, have none.
[[nodiscard]] std::vector<ScreenPath::Vertex> arrow_vertices(const race::GradientField& field,
                                                             const Projection& projection);

}  // namespace descent::web
