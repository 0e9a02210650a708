// SPDX-License-Identifier: MIT
// An axis of a heat map can vary these, by name:
//   "learning_rate", …    a hyper-parameter of the optimizer
//   "start.x", "start.y"  a coordinate of the start
//   "surface.kappa", …    a parameter of the surface, a formula's too
// The dot keeps the three apart: hyper-parameters and a formula's names have none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/optim/optimizer.h"
#include "engine/surfaces/surface.h"

namespace descent::survey {

inline constexpr int kMaxHeatMapCells = 1024;  // along each axis

enum class AxisOf { optimizer, start, surface };

struct AxisChoice {
  AxisOf of = AxisOf::optimizer;
  std::size_t index = 0;  // among the hyper-parameters, the coordinates or the surface's parameters
  std::string name;
  core::ParamSpec spec;  // its limits and slider; the texts live as long as what the axis is taken from
};

// Hyper-parameters first, then the start's coordinates, then the surface's parameters.
[[nodiscard]] std::vector<AxisChoice> axis_choices(const optim::OptimizerInfo& optimizer,
                                                   const surfaces::SurfaceInfo& surface);
// Unknown names are refused with a sentence that lists the known ones.
[[nodiscard]] core::Result<AxisChoice> find_axis(const optim::OptimizerInfo& optimizer,
                                                 const surfaces::SurfaceInfo& surface, std::string_view name);

struct HeatMapAxis {
  std::string name = "learning_rate";
  double min = 0;   // inside the limits of what is varied
  double max = 0;   // > min
  int count = 128;  // 2 … kMaxHeatMapCells
  bool log = true;  // even ratios; then min > 0

  friend bool operator==(const HeatMapAxis&, const HeatMapAxis&) = default;
};

// The axis that the slider suggests; a coordinate's is the surface's domain.
[[nodiscard]] HeatMapAxis default_axis(const AxisChoice& choice);
// The values along it, or a sentence that begins with `which` and names the axis. What takes whole numbers only is
// refused unless all of them are whole.
[[nodiscard]] core::Result<std::vector<double>> axis_values(std::string_view which, const AxisChoice& choice,
                                                            const HeatMapAxis& axis);

}  // namespace descent::survey
