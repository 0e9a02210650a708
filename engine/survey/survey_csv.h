// SPDX-License-Identifier: MIT
// Surveys as CSV, for downloads: one line a run, numbers that read back as the same doubles.
#pragma once

#include <string>

#include "engine/survey/basins.h"
#include "engine/survey/heat_map.h"
#include "engine/survey/sweep.h"

namespace descent::survey {

// "converged", "diverged", …; "running" for runs that made all their steps.
[[nodiscard]] std::string_view to_string(LaneEnd end);

// slot, optimizer, learning_rate, loss, steps_to_tolerance (-1: none), end, gradient_evaluations; computed runs only.
[[nodiscard]] std::string sweep_csv(const RateSweepSnapshot& sweep);
// The two axes by name, loss, end; the whole grid, row by row.
[[nodiscard]] std::string heat_map_csv(const HeatMapSnapshot& map);
// x, y of the start, basin (an attractor's index; "unfinished", "diverged", "undefined"; "unknown": not run yet),
// steps, x and y of the attractor (empty where there is none); the whole grid, row by row.
[[nodiscard]] std::string basins_csv(const BasinSnapshot& map);

}  // namespace descent::survey
