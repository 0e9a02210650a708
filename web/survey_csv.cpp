// SPDX-License-Identifier: MIT
#include "web/survey_csv.h"

#include <array>
#include <cmath>
#include <vector>

#include "engine/io/csv.h"

namespace descent::web {
namespace {

std::string_view basin_name(const train::BasinSnapshot& map, std::uint8_t basin) {
  if (basin < map.attractors.size()) return map.attractors[basin].minimum ? "minimum" : "other stationary point";
  switch (basin) {
    case train::kBasinDiverged:
      return "diverged";
    case train::kBasinUndefined:
      return "undefined";
    default:
      return "on its way";
  }
}

double along(double low, double high, int index, int count) {
  return low + (high - low) * index / (count - 1);
}

}  // namespace

std::string_view lane_end_name(train::LaneEnd end) {
  constexpr std::array<std::string_view, 6> kNames{"running",  "converged",   "stalled",
                                                   "diverged", "budget used", "undefined"};
  return kNames[static_cast<std::size_t>(end)];
}

std::string sweep_csv(const train::RateSweepSnapshot& sweep) {
  io::CsvWriter csv{"optimizer", "learning_rate", "loss", "steps_to_tolerance", "end"};
  for (const train::RateCurve& curve : sweep.curves)
    for (std::size_t i = 0; i < curve.losses.size(); ++i) {
      if (std::isnan(curve.losses[i])) continue;
      csv.add(std::string_view(curve.config.optimizer)).add(sweep.rates[i]).add(curve.losses[i]);
      if (curve.steps_to[i] >= 0)
        csv.add(curve.steps_to[i]);
      else
        csv.add("");
      csv.add(lane_end_name(curve.ends[i]));
    }
  return csv.text();
}

std::string heat_map_csv(const train::HeatMapSnapshot& map) {
  const std::vector<std::string> header{map.config.x.name, map.config.y.name, "loss", "end"};
  io::CsvWriter csv(header);
  for (std::size_t row = 0; row < map.y.size(); ++row)
    for (std::size_t column = 0; column < map.x.size(); ++column) {
      const std::size_t i = row * map.x.size() + column;
      if (!std::isnan(map.losses[i]))
        csv.add(map.x[column]).add(map.y[row]).add(map.losses[i]).add(lane_end_name(map.ends[i]));
    }
  return csv.text();
}

std::string basins_csv(const train::BasinSnapshot& map) {
  io::CsvWriter csv{"x", "y", "end", "attractor_x", "attractor_y", "attractor_value", "steps"};
  const train::BasinConfig& config = map.config;
  for (std::size_t i = 0; i < map.basins.size(); ++i) {
    const std::uint8_t basin = map.basins[i];
    if (basin == train::kBasinUnknown) continue;
    const auto width = static_cast<std::size_t>(config.width);
    const int column = static_cast<int>(i % width), row = static_cast<int>(i / width);
    csv.add(along(config.domain.x0, config.domain.x1, column, config.width))
        .add(along(config.domain.y0, config.domain.y1, row, config.height))
        .add(basin_name(map, basin));
    if (basin < map.attractors.size()) {
      const train::Attractor& attractor = map.attractors[basin];
      csv.add(attractor.point[0]).add(attractor.point[1]).add(attractor.value);
    } else {
      csv.add("").add("").add("");
    }
    csv.add(map.steps[i]);
  }
  return csv.text();
}

}  // namespace descent::web
