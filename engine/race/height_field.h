// SPDX-License-Identifier: MIT
// Samples a rectangle of a surface for display, row by row: values, or gradients for arrows.
#pragma once

#include "engine/race/race.h"
#include "engine/surfaces/surface.h"

namespace descent::train {

// width, height: at least 2. config_version is left to the caller.
[[nodiscard]] HeightField sample_heights(const surfaces::Surface& surface, const surfaces::Domain& view, int width,
                                         int height);
[[nodiscard]] GradientField sample_gradients(const surfaces::Surface& surface, const surfaces::Domain& view, int width,
                                             int height);

}  // namespace descent::train
