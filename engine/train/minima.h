// SPDX-License-Identifier: MIT
// Minima of a surface that nobody has listed: Newton's method with |H| in place of H and a halving line search (Nocedal
// & Wright, "Numerical Optimization", 2nd ed., Springer 2006, section 3.4) from the lowest samples of a grid. A point
// counts as a minimum when the gradient vanishes there to rounding and the Hessian is positive definite.
#pragma once

#include <optional>
#include <vector>

#include "engine/surfaces/surface.h"

namespace descent::train {

// The minimum to which Newton's method leads from `from`, if it gets to one.
[[nodiscard]] std::optional<surfaces::Minimum> polish_minimum(const surfaces::Surface& surface, surfaces::Point from);

// The surface's known minima; where none are known, those found inside `domain` from the lowest samples of a
// grid, at most `limit`, the lowest first. A basin narrower than a few cells may be missed, and so are minima at kinks.
// Takes a millisecond.
[[nodiscard]] std::vector<surfaces::Minimum> find_minima(const surfaces::Surface& surface,
                                                         const surfaces::Domain& domain, std::size_t limit = 64);

}  // namespace descent::train
