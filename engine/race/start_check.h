// SPDX-License-Identifier: MIT
// The check of a run's start: coordinates inside ±kMaxStart, value and gradient finite.
#pragma once

#include "engine/core/result.h"
#include "engine/surfaces/surface.h"

namespace descent::race {

[[nodiscard]] core::Status check_start(const surfaces::Surface& surface, surfaces::Point start);
// Checks the coordinates alone.
[[nodiscard]] core::Status check_coordinates(surfaces::Point start);

}  // namespace descent::race
