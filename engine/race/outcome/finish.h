// SPDX-License-Identifier: MIT
// Where the runs of a race arrive. A run has arrived at the first step whose loss is within `tolerance` of the lowest
// known minimum: a ten-thousandth of the start's height above it (a hundredth of the way, on a quadratic), but at most
// a tenth of the gap to the next higher listed minimum, so that resting in that one is never an arrival.
#pragma once

#include <cmath>
#include <limits>

#include "engine/surfaces/minima.h"
#include "engine/surfaces/surface.h"

namespace descent::race {

inline constexpr double kFinishShare = 1e-4;  // of the start's height above the lowest minimum
inline constexpr double kGapShare = 0.1;      // of the gap between the lowest minima

struct FinishLine {
  double lowest = std::numeric_limits<double>::quiet_NaN();  // f of the lowest minimum; NaN where none is known
  double tolerance = 0;
  bool bottomless = false;  // none is known, and f falls for ever on some way out of the domain

  [[nodiscard]] bool known() const { return std::isfinite(lowest); }
  // Below it lies no arrival either: the minimum was not the lowest place.
  [[nodiscard]] bool reached(double loss) const { return std::abs(loss - lowest) <= tolerance; }
};

// A minimum that was found, not listed by the surface, counts where f is nowhere lower on a grid over the domain, whose
// lowest value is `sampled`; and not at all where f falls for ever.
[[nodiscard]] FinishLine finish_line(const surfaces::Surface& surface, const surfaces::MinimaList& minima,
                                     double sampled, surfaces::Point start);

// falls_for_ever() says whether f falls on and on along one of sixteen rays from the middle of the domain, and as much
// from each distance to four times that distance as before: towards a bound it would fall less and less.
[[nodiscard]] bool falls_for_ever(const surfaces::Surface& surface);

}  // namespace descent::race
