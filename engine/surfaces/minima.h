// SPDX-License-Identifier: MIT
// Minima of a surface that nobody has listed, from the lowest samples of a grid. Where f is smooth: Newton's method
// with |H| in place of H and a halving line search (Nocedal & Wright, "Numerical Optimization", 2nd ed., Springer 2006,
// section 3.4); a point counts as a minimum when the gradient vanishes there to rounding and the Hessian is positive
// definite. Where a surface has kinks (SurfaceInfo::smooth): kink_minimum.h.
#pragma once

#include <optional>
#include <vector>

#include "engine/surfaces/surface.h"

namespace descent::surfaces {

// The minimum to which Newton's method leads from `from`, if it gets to one.
[[nodiscard]] std::optional<Minimum> polish_minimum(const Surface& surface, Point from);

struct MinimaList {
  std::vector<Minimum> minima;
  bool found = false;  // by a search; otherwise they are known
  bool more = false;   // the search came upon more than it lists
};

inline constexpr std::size_t kMostMinima = 512;

// Those found inside `domain`, at most `limit`, the lowest first. A basin narrower than a few cells of a 64 x 64 grid
// may be missed, and so are minima that are not isolated. Takes a millisecond, some tens with hundreds of minima or
// bent creases.
[[nodiscard]] MinimaList search_minima(const Surface& surface, const Domain& domain, std::size_t limit = kMostMinima);

// The surface's known minima; where none are known, those found.
[[nodiscard]] MinimaList list_minima(const Surface& surface, const Domain& domain);
[[nodiscard]] std::vector<Minimum> find_minima(const Surface& surface, const Domain& domain);

}  // namespace descent::surfaces
