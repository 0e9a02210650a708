// SPDX-License-Identifier: MIT
// Surveys for the scripting interface: requests as JSON, results as JSON with the arrays beside it as bytes
// (little-endian, each block at a multiple of its element size, in the order given).
//   sweep    {surface | expression, parameters, start, optimizers: [{optimizer, hyperparameters, schedule, …}],
//             rates: [min, max, count], steps, tolerance, seed, noise, schedule_steps, budget}
//   heatmap  {surface …, start, optimizer, hyperparameters, schedule …, x: {name, min, max, count, log}, y: {…},
//             steps, …}
//   basins   {surface …, optimizer, hyperparameters, schedule …, domain: [x0, x1, y0, y1], width, height, steps,
//             radius, …}
// Surface, start and, for a sweep, optimizers that are absent are those of `present`, the visible race.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/io/json.h"
#include "engine/race/race.h"
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

struct SurveyAnswer {
  std::string json;
  std::vector<std::uint8_t> bytes;
};
// Bytes: rates f64 (count); losses f64 (optimizers, count); steps_to i32 (optimizers, count); status u8 (optimizers,
// count): the values of LaneEnd.
[[nodiscard]] SurveyAnswer answer_of(const survey::RateSweepSnapshot& sweep);
// Bytes: x f64 (width); y f64 (height); losses f64 (height, width); status u8 (height, width).
[[nodiscard]] SurveyAnswer answer_of(const survey::HeatMapSnapshot& map);
// Bytes: steps i32 (height, width); basins u8 (height, width).
[[nodiscard]] SurveyAnswer answer_of(const survey::BasinSnapshot& map);

}  // namespace descent::script
