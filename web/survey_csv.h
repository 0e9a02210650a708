// SPDX-License-Identifier: MIT
// Surveys as tables for download: one row for each run.
#pragma once

#include <string>
#include <string_view>

#include "engine/train/basins.h"
#include "engine/train/heat_map.h"
#include "engine/train/sweep.h"

namespace descent::web {

// "running", "converged", …: how a run of a survey ended.
[[nodiscard]] std::string_view lane_end_name(train::LaneEnd end);

// optimizer, learning_rate, loss, steps_to_tolerance, end. Runs not made yet are left out.
[[nodiscard]] std::string sweep_csv(const train::RateSweepSnapshot& sweep);
// <name of x>, <name of y>, loss, end
[[nodiscard]] std::string heat_map_csv(const train::HeatMapSnapshot& map);
// x, y, end, attractor_x, attractor_y, attractor_value, steps; the attractor's are empty where a run has none.
[[nodiscard]] std::string basins_csv(const train::BasinSnapshot& map);

}  // namespace descent::web
