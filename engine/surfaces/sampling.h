// SPDX-License-Identifier: MIT
// Finds what a look at a surface's values tells, for surfaces that nobody has described by hand.
#pragma once

#include "engine/surfaces/surface.h"

namespace descent::surfaces {

// A point of the domain, off its middle, where value and gradient are finite and the gradient is not 0; the middle when
// there is none among those tried.
[[nodiscard]] Point telling_start(const Surface& surface, const Domain& domain);

// True when the values on a grid span orders of magnitude, so that colours by value would show one flat area.
[[nodiscard]] bool spans_magnitudes(const Surface& surface, const Domain& domain);

}  // namespace descent::surfaces
