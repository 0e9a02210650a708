// SPDX-License-Identifier: MIT
#include "engine/survey/survey_csv.h"

#include <array>
#include <cmath>

#include "engine/io/csv.h"

namespace descent::survey {

std::string_view to_string(LaneEnd end) {
  switch (end) {
    case LaneEnd::running:
      return "running";
    case LaneEnd::converged:
      return "converged";
    case LaneEnd::stalled:
      return "stalled";
    case LaneEnd::diverged:
      return "diverged";
    case LaneEnd::spent:
      return "budget used";
    case LaneEnd::undefined:
      return "undefined";
  }
  return "";
}

std::string sweep_csv(const RateSweepSnapshot& sweep) {
  io::CsvWriter csv{"slot", "optimizer", "learning_rate", "loss", "steps_to_tolerance", "end", "gradient_evaluations"};
  for (const RateCurve& curve : sweep.curves)
    for (std::size_t i = 0; i < sweep.rates.size(); ++i) {
      if (std::isnan(curve.losses[i])) continue;
      csv.add(curve.config.slot).add(std::string_view(curve.config.optimizer)).add(sweep.rates[i]);
      csv.add(curve.losses[i]).add(curve.steps_to[i]).add(to_string(curve.ends[i])).add(curve.evaluations[i]);
    }
  return csv.text();
}

std::string heat_map_csv(const HeatMapSnapshot& map) {
  const std::array<std::string, 4> header{map.config.x.name, map.config.y.name, "loss", "end"};
  io::CsvWriter csv{std::span<const std::string>(header)};
  for (std::size_t i = 0; i < map.losses.size(); ++i) {
    csv.add(map.x[i % map.x.size()]).add(map.y[i / map.x.size()]);
    csv.add(map.losses[i]).add(to_string(map.ends[i]));
  }
  return csv.text();
}

namespace {

// The name of what a start without an attractor leads to.
std::string_view name_of(std::uint8_t basin) {
  switch (basin) {
    case kBasinDiverged:
      return "diverged";
    case kBasinUndefined:
      return "undefined";
    case kBasinUnknown:
      return "unknown";
    default:
      return "unfinished";
  }
}

}  // namespace

std::string basins_csv(const BasinSnapshot& map) {
  io::CsvWriter csv{"x", "y", "basin", "steps", "attractor_x", "attractor_y"};
  const auto width = static_cast<std::size_t>(map.config.width);
  const std::vector<double> xs = spaced(map.config.domain.x0, map.config.domain.x1, map.config.width, false);
  const std::vector<double> ys = spaced(map.config.domain.y0, map.config.domain.y1, map.config.height, false);
  for (std::size_t i = 0; i < map.basins.size(); ++i) {
    csv.add(xs[i % width]).add(ys[i / width]);
    const std::uint8_t basin = map.basins[i];
    if (basin < map.attractors.size()) {
      const Attractor& attractor = map.attractors[basin];
      csv.add(basin).add(map.steps[i]).add(attractor.point[0]).add(attractor.point[1]);
      continue;
    }
    csv.add(name_of(basin));
    csv.add(map.steps[i]).add("").add("");
  }
  return csv.text();
}

}  // namespace descent::survey
