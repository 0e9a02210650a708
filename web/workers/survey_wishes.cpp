// SPDX-License-Identifier: MIT
#include "web/workers/survey_wishes.h"

#include <algorithm>
#include <cmath>

#include "engine/optim/optimizer.h"
#include "engine/survey/tuning.h"
#include "web/state/strip_tabs.h"

namespace descent::web {
namespace {

const race::RunnerConfig* selected(const UiState& ui) {
  const auto index = static_cast<std::size_t>(std::max(ui.selected_runner, 0));
  return index < ui.race.runners.size() ? &ui.race.runners[index] : nullptr;
}

// under_conditions_of() gives what every survey takes over from the race.
template <class Config>
Config under_conditions_of(const UiState& ui) {
  Config config;
  config.surface = ui.race.surface_choice();
  config.steps = ui.survey.steps;
  config.noise = ui.race.noise;
  config.seed = ui.race.seed;
  return config;
}

race::RunnerConfig from_the_start(const race::RunnerConfig& runner) {
  race::RunnerConfig bare = runner;
  bare.earlier.clear();
  bare.branch_of = -1;
  bare.slot = 0;
  if (const optim::CatalogEntry* entry = optim::find_optimizer(runner.optimizer))
    if (bare.hyperparameters.size() != entry->info->parameters.size())
      bare.hyperparameters = core::default_values(entry->info->parameters);
  return bare;
}

// The learning rate takes its default: a sweep varies it.
void forget_rate(race::RunnerConfig& runner) {
  const optim::CatalogEntry* entry = optim::find_optimizer(runner.optimizer);
  if (entry != nullptr && !entry->info->parameters.empty())
    runner.hyperparameters[0] = entry->info->parameters[0].default_value;
}

// The same of what an axis of a map varies.
void forget(survey::HeatMapConfig& config, const survey::AxisChoice& axis, const surfaces::SurfaceInfo& surface) {
  std::vector<double>& parameters = config.surface.parameters;
  if (parameters.size() != surface.parameters.size()) parameters = core::default_values(surface.parameters);
  if (axis.of == survey::AxisOf::optimizer) config.runner.hyperparameters[axis.index] = axis.spec.default_value;
  if (axis.of == survey::AxisOf::start) config.start[axis.index] = axis.spec.default_value;
  if (axis.of == survey::AxisOf::surface) parameters[axis.index] = axis.spec.default_value;
}

}  // namespace

race::RunnerConfig without_rate(const race::RunnerConfig& runner) {
  race::RunnerConfig bare = from_the_start(runner);
  forget_rate(bare);
  return bare;
}

std::optional<survey::RateSweepConfig> sweep_of(const UiState& ui) {
  auto config = under_conditions_of<survey::RateSweepConfig>(ui);
  config.start = ui.race.start;
  config.budget = ui.race.budget;
  config.rate_min = survey::kTuningMin;
  config.rate_max = survey::kTuningMax;
  config.count = survey::kTuningRates;
  for (const race::RunnerConfig& runner : ui.race.runners) {
    const race::RunnerConfig bare = without_rate(runner);
    if (std::find(config.runners.begin(), config.runners.end(), bare) == config.runners.end())
      config.runners.push_back(bare);
  }
  if (config.runners.empty()) return {};
  return config;
}

std::vector<survey::AxisChoice> map_choices(const optim::OptimizerInfo& optimizer,
                                            const surfaces::SurfaceInfo& surface) {
  std::vector<survey::AxisChoice> choices = survey::axis_choices(optimizer, surface);
  std::erase_if(choices, [](const survey::AxisChoice& choice) {
    const core::ParamSpec& spec = choice.spec;
    return spec.kind != core::ParamKind::real || !(spec.slider_maximum > spec.slider_minimum);
  });
  return choices;
}

std::pair<int, int> map_axes(std::span<const survey::AxisChoice> choices, const SurveySettings& survey) {
  const auto find = [&](std::string_view name) {
    const auto at =
        std::find_if(choices.begin(), choices.end(), [&](const auto& choice) { return choice.name == name; });
    return at == choices.end() ? -1 : static_cast<int>(at - choices.begin());
  };
  // Nearly the same everywhere, a map over the weight decay shows little.
  const auto first_but = [&](int taken) {
    int index = 0;
    while (index == taken || choices[static_cast<std::size_t>(index)].name == "weight_decay") ++index;
    return index;
  };
  int across = find(survey.across), upwards = find(survey.upwards);
  // A name given for the upper axis is not taken by the other one's default.
  if (across < 0) across = first_but(upwards);
  if (upwards < 0 || upwards == across) upwards = first_but(across);
  return {across, upwards};
}

double axis_value(const race::RaceConfig& race, int runner, const survey::AxisChoice& axis) {
  if (axis.of == survey::AxisOf::start) return race.start[axis.index];
  const std::vector<double>& values = axis.of == survey::AxisOf::surface
                                          ? race.parameters
                                          : race.runners[static_cast<std::size_t>(runner)].hyperparameters;
  return axis.index < values.size() ? values[axis.index] : std::nan("");
}

std::optional<survey::HeatMapConfig> heat_map_of(const UiState& ui, const surfaces::SurfaceInfo& surface) {
  const race::RunnerConfig* runner = selected(ui);
  const optim::CatalogEntry* entry = runner != nullptr ? optim::find_optimizer(runner->optimizer) : nullptr;
  if (entry == nullptr) return {};
  const std::vector<survey::AxisChoice> choices = map_choices(*entry->info, surface);
  const auto [across, upwards] = map_axes(choices, ui.survey);
  auto config = under_conditions_of<survey::HeatMapConfig>(ui);
  config.start = ui.race.start;
  config.budget = ui.race.budget;
  if (config.steps == 0) config.steps = kMapSteps;
  config.runner = from_the_start(*runner);
  for (const int index : {across, upwards}) {
    const survey::AxisChoice& choice = choices[static_cast<std::size_t>(index)];
    survey::HeatMapAxis& axis = index == across ? config.x : config.y;
    forget(config, choice, surface);
    axis = survey::default_axis(choice);
    axis.count = kMapCells;
  }
  return config;
}

std::pair<int, int> start_grid(double width, double height) {
  width = std::max(width, 2.0);
  height = std::max(height, 2.0);
  const double factor = std::min(1.0, std::sqrt(kMostStarts / (width * height)));
  const auto cells = [&](double pixels) {
    return std::clamp(static_cast<int>(std::floor(pixels * factor)), 2, survey::kMaxBasinCells);
  };
  return {cells(width), cells(height)};
}

std::optional<survey::BasinConfig> basins_of(const UiState& ui) {
  const race::RunnerConfig* runner = selected(ui);
  if (runner == nullptr || ui.starts.width < 2 || ui.starts.height < 2) return {};
  auto config = under_conditions_of<survey::BasinConfig>(ui);
  config.runner = from_the_start(*runner);
  config.domain = ui.starts.domain;
  config.width = ui.starts.width;
  config.height = ui.starts.height;
  // Zooming changes which starts are shown, not what counts as the same minimum.
  const surfaces::Domain& d = ui.starts.surface;
  config.radius = survey::kDefaultBasinRadius * std::max(d.x1 - d.x0, d.y1 - d.y0);
  return config;
}

SurveyWishes survey_wishes(const UiState& ui, const surfaces::SurfaceInfo* surface) {
  SurveyWishes wishes;
  if (ui.workspace != kSurfacesWorkspace) return wishes;
  if (ui.strip.tab == kRatesTab) wishes.sweep = sweep_of(ui);
  if (ui.strip.tab == kMapTab && surface != nullptr) wishes.heat_map = heat_map_of(ui, *surface);
  if (shows_basins(ui)) wishes.basins = basins_of(ui);
  return wishes;
}

}  // namespace descent::web
