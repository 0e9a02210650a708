// SPDX-License-Identifier: MIT
// A minimum where f is not smooth, by gradient sampling (Burke, Lewis & Overton, "A robust gradient sampling algorithm
// for nonsmooth, nonconvex optimization", SIAM J. Optim. 15 (2005), 751–779): gradients on a circle round the point
// stand for all of its subgradients. The step goes against the shortest vector of their convex hull, to where the slope
// along it changes its sign; where that vector is 0, or nothing is gained, the circle shrinks.
#pragma once

#include <optional>

#include "engine/surfaces/surface.h"

namespace descent::surfaces {

// The isolated minimum downhill from `from`, where it was found. `extent`: the larger side of the domain. It counts as
// one when 0 is in the convex hull (to a millionth of the steepest gradient) on a circle of radius 1e-10 extent, and f
// is higher everywhere on circles of radius extent/640 and extent/6400. Where f rises at least quadratically it is
// exact to 1e-7 extent, where it rises linearly to 1e-9 extent. Bent valleys with infinitely steep walls are given up.
[[nodiscard]] std::optional<Minimum> kink_minimum(const Surface& surface, Point from, double extent);

}  // namespace descent::surfaces
