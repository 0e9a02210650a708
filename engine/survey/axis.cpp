// SPDX-License-Identifier: MIT
// The axes of a heat map, see axis.h.
#include "engine/survey/axis.h"

#include <span>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/number_check.h"
#include "engine/race/race.h"
#include "engine/survey/sweep.h"

namespace descent::survey {
namespace {

constexpr std::string_view kStart = "start.", kSurface = "surface.";

core::ParamSpec start_spec(bool vertical, const surfaces::SurfaceInfo& surface) {
  const surfaces::Domain& d = surface.domain;
  return {.name = vertical ? "start.y" : "start.x",
          .default_value = surface.start[vertical ? 1 : 0],
          .minimum = -race::kMaxStart,
          .maximum = race::kMaxStart,
          .doc = "Where the optimizers begin.",
          .slider_minimum = vertical ? d.y0 : d.x0,
          .slider_maximum = vertical ? d.y1 : d.x1};
}

std::string listed(std::span<const core::ParamSpec> specs) {
  std::string names;
  for (const core::ParamSpec& spec : specs) names += (names.empty() ? "" : ", ") + std::string(spec.name);
  return names.empty() ? "none" : names;
}

core::Error unknown(const optim::OptimizerInfo& optimizer, const surfaces::SurfaceInfo& surface,
                    std::string_view name) {
  if (name.starts_with(kStart))
    return core::Error{core::fill("there is no coordinate '{}'; they are start.x and start.y", name)};
  if (name.starts_with(kSurface))
    return core::Error{
        core::fill("{} has no parameter '{}'; it has {}", surface.name, name, listed(surface.parameters))};
  std::string others = "start.x, start.y";
  for (const core::ParamSpec& spec : surface.parameters) others += core::fill(", {}{}", kSurface, spec.name);
  return core::Error{core::fill("{} has no hyper-parameter '{}'; it has {}; beside these an axis can be {}",
                                optimizer.name, name, listed(optimizer.parameters), others)};
}

}  // namespace

std::vector<AxisChoice> axis_choices(const optim::OptimizerInfo& optimizer, const surfaces::SurfaceInfo& surface) {
  std::vector<AxisChoice> choices;
  const auto add = [&choices](AxisOf of, std::size_t index, std::string_view prefix, const core::ParamSpec& spec) {
    choices.push_back({of, index, std::string(prefix) + std::string(spec.name), spec});
  };
  for (std::size_t i = 0; i < optimizer.parameters.size(); ++i) add(AxisOf::optimizer, i, "", optimizer.parameters[i]);
  for (std::size_t i = 0; i < 2; ++i) add(AxisOf::start, i, "", start_spec(i == 1, surface));
  for (std::size_t i = 0; i < surface.parameters.size(); ++i) add(AxisOf::surface, i, kSurface, surface.parameters[i]);
  return choices;
}

core::Result<AxisChoice> find_axis(const optim::OptimizerInfo& optimizer, const surfaces::SurfaceInfo& surface,
                                   std::string_view name) {
  for (AxisChoice& choice : axis_choices(optimizer, surface))
    if (choice.name == name) return std::move(choice);
  return unknown(optimizer, surface, name);
}

HeatMapAxis default_axis(const AxisChoice& choice) {
  const core::ParamSpec& spec = choice.spec;
  HeatMapAxis axis;
  axis.name = choice.name;
  axis.min = spec.slider_minimum;
  axis.max = spec.slider_maximum;
  axis.log = spec.scale == core::ParamScale::log && spec.slider_minimum > 0;
  return axis;
}

core::Result<std::vector<double>> axis_values(std::string_view which, const AxisChoice& choice,
                                              const HeatMapAxis& axis) {
  core::ParamSpec spec = choice.spec;
  spec.name = choice.name;
  for (const double value : {axis.min, axis.max})
    if (core::Status status = core::check_param(which, spec, value); !status.ok()) return status.error();
  const std::string low = core::format_number(axis.min), high = core::format_number(axis.max);
  if (!(axis.max > axis.min))
    return core::Error{core::fill("{}: {} runs from {} to {}; it must ascend", which, axis.name, low, high)};
  if (axis.log && !(axis.min > 0))
    return core::Error{core::fill("{}: {} runs from {} to {} on a logarithmic scale; it must begin above 0", which,
                                  axis.name, low, high)};
  if (core::Status status = core::check_whole(core::fill("{}: count", which), axis.count, 2, kMaxHeatMapCells);
      !status.ok())
    return status.error();
  std::vector<double> values = spaced(axis.min, axis.max, axis.count, axis.log);
  for (const double value : values)
    if (core::Status status = core::check_param(which, spec, value); !status.ok()) return status.error();
  return values;
}

}  // namespace descent::survey
