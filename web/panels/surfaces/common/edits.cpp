// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/common/edits.h"

#include <algorithm>
#include <cmath>

#include "engine/optim/optimizer.h"

namespace descent::web {

double rounded_number(double value) {
  if (value == 0 || !std::isfinite(value)) return value;
  const int decade = static_cast<int>(std::floor(std::log10(std::abs(value))));
  // Powers of ten above 1 are exact; dividing by one gives the double nearest to the decimal number.
  const int digits = 2 - decade;
  const double scale = std::pow(10.0, std::abs(digits));
  return digits >= 0 ? std::round(value * scale) / scale : std::round(value / scale) * scale;
}

void set_hyperparameter(PanelContext& context, int runner, int index, double value) {
  const auto r = static_cast<std::size_t>(runner), i = static_cast<std::size_t>(index);
  if (runner < 0 || r >= context.ui.race.runners.size()) return;
  race::RunnerConfig& config = context.ui.race.runners[r];
  const optim::CatalogEntry* entry = optim::find_optimizer(config.optimizer);
  if (entry == nullptr || index < 0 || i >= entry->info->parameters.size()) return;
  if (config.hyperparameters.size() != entry->info->parameters.size())
    config.hyperparameters = core::default_values(entry->info->parameters);
  const core::ParamSpec& spec = entry->info->parameters[i];
  value = std::clamp(value, spec.minimum, spec.maximum);
  if (config.hyperparameters[i] == value) return;
  config.hyperparameters[i] = value;
  context.host.race().post(
      [runner, index, value](race::Race& race) { static_cast<void>(race.set_hyperparameter(runner, index, value)); });
}

void set_start(PanelContext& context, surfaces::Point start) {
  for (double& coordinate : start) coordinate = std::clamp(coordinate, -race::kMaxStart, race::kMaxStart);
  if (start == context.ui.race.start) return;
  context.ui.race.start = start;
  context.host.race().post([start](race::Race& race) { static_cast<void>(race.set_start(start)); });
}

double axis_value(const PanelContext& context, int runner, const survey::AxisChoice& axis) {
  const race::RaceConfig& race = context.ui.race;
  if (axis.of == survey::AxisOf::start) return race.start[axis.index];
  const std::vector<double>& values = axis.of == survey::AxisOf::surface
                                          ? race.parameters
                                          : race.runners[static_cast<std::size_t>(runner)].hyperparameters;
  return axis.index < values.size() ? values[axis.index] : std::nan("");
}

void set_axis(PanelContext& context, int runner, const survey::AxisChoice& axis, double value) {
  race::RaceConfig& race = context.ui.race;
  if (axis.of == survey::AxisOf::optimizer)
    return set_hyperparameter(context, runner, static_cast<int>(axis.index), value);
  if (axis.of == survey::AxisOf::start) {
    surfaces::Point start = race.start;
    start[axis.index] = value;
    return set_start(context, start);
  }
  value = std::clamp(value, axis.spec.minimum, axis.spec.maximum);
  if (axis.index >= race.parameters.size() || race.parameters[axis.index] == value) return;
  race.parameters[axis.index] = value;
  context.host.race().post([race](race::Race& shown) { static_cast<void>(shown.configure(race)); });
}

}  // namespace descent::web
