// SPDX-License-Identifier: MIT
// Surveys for the scripting interface: requests as JSON, results as JSON with their arrays in blocks (answer_blocks.h).
//   sweep    {surface | expression, parameters, start, optimizers: [{optimizer, hyperparameters, schedule, …}],
//             rates: [min, max, count], steps, tolerance, seed, noise, schedule_steps, budget}
//   heatmap  {surface …, start, optimizer, hyperparameters, schedule …, x: {name, min, max, count, log}, y: {…},
//             steps, …}
//   basins   {surface …, optimizer, hyperparameters, schedule …, domain: [x0, x1, y0, y1], width, height, steps,
//             radius, …}
// Surface, start and, for a sweep, optimizers that are absent are those of `present`, the visible race.
#pragma once

#include "engine/core/result.h"
#include "engine/io/json.h"
#include "engine/race/race.h"
#include "engine/script/answer_blocks.h"
#include "engine/survey/basins.h"
#include "engine/survey/heat_map.h"
#include "engine/survey/sweep.h"

namespace descent::script {

[[nodiscard]] core::Result<survey::RateSweepConfig> sweep_request_from(const io::JsonValue& value,
                                                                       const race::RaceConfig& present);
[[nodiscard]] core::Result<survey::HeatMapConfig> heat_map_request_from(const io::JsonValue& value,
                                                                        const race::RaceConfig& present);
[[nodiscard]] core::Result<survey::BasinConfig> basin_request_from(const io::JsonValue& value,
                                                                   const race::RaceConfig& present);

// Blocks: rates f64 (count), and of every optimizer losses f64, steps i32 and status u8 (count): the values of LaneEnd.
[[nodiscard]] Answer answer_of(const survey::RateSweepSnapshot& sweep);
// Blocks: the axes' values f64 (width) and (height), losses f64 (height, width), status u8 (height, width).
[[nodiscard]] Answer answer_of(const survey::HeatMapSnapshot& map);
// Blocks: steps i32 (height, width), basins u8 (height, width).
[[nodiscard]] Answer answer_of(const survey::BasinSnapshot& map);

}  // namespace descent::script
