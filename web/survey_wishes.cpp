// SPDX-License-Identifier: MIT
#include "web/survey_wishes.h"

#include <algorithm>
#include <cmath>

#include "engine/optim/optimizer.h"

namespace descent::web {
namespace {

const train::RunnerConfig* selected(const UiState& ui) {
  const auto index = static_cast<std::size_t>(std::max(ui.selected_runner, 0));
  return index < ui.race.runners.size() ? &ui.race.runners[index] : nullptr;
}

// What every survey takes over from the race.
template <class Config>
Config under_conditions_of(const UiState& ui) {
  Config config;
  config.surface = ui.race.surface_choice();
  config.steps = ui.survey.steps;
  config.noise = ui.race.noise;
  config.seed = ui.race.seed;
  return config;
}

train::RunnerConfig from_the_start(const train::RunnerConfig& runner) {
  train::RunnerConfig bare = runner;
  bare.earlier.clear();
  bare.branch_of = -1;
  bare.slot = 0;
  if (const optim::CatalogEntry* entry = optim::find_optimizer(runner.optimizer))
    if (bare.hyperparameters.size() != entry->info->parameters.size())
      bare.hyperparameters = core::default_values(entry->info->parameters);
  return bare;
}

// The value takes its default: a map varies it.
void forget(train::RunnerConfig& runner, int index) {
  const optim::CatalogEntry* entry = optim::find_optimizer(runner.optimizer);
  if (entry == nullptr || entry->info->parameters.empty()) return;
  const auto i = static_cast<std::size_t>(index);
  runner.hyperparameters[i] = entry->info->parameters[i].default_value;
}

bool suits_axis(const core::ParamSpec& spec) {
  return spec.kind == core::ParamKind::real && spec.slider_maximum > spec.slider_minimum;
}

}  // namespace

train::RunnerConfig without_rate(const train::RunnerConfig& runner) {
  train::RunnerConfig bare = from_the_start(runner);
  forget(bare, 0);
  return bare;
}

std::optional<train::RateSweepConfig> sweep_of(const UiState& ui) {
  auto config = under_conditions_of<train::RateSweepConfig>(ui);
  config.start = ui.race.start;
  config.budget = ui.race.budget;
  config.rate_min = kSweptFrom;
  config.rate_max = kSweptTo;
  config.count = kSweptRates;
  for (const train::RunnerConfig& runner : ui.race.runners) {
    const train::RunnerConfig bare = without_rate(runner);
    if (std::find(config.runners.begin(), config.runners.end(), bare) == config.runners.end())
      config.runners.push_back(bare);
  }
  if (config.runners.empty()) return {};
  return config;
}

std::pair<int, int> map_axes(std::string_view optimizer, const SurveySettings& survey) {
  const optim::CatalogEntry* entry = optim::find_optimizer(optimizer);
  if (entry == nullptr) return {-1, -1};
  const auto specs = entry->info->parameters;
  const auto named = [&](std::string_view name, int taken) {
    int index = core::find_param(specs, name);
    if (index >= 0 && index != taken && suits_axis(specs[static_cast<std::size_t>(index)])) return index;
    for (index = 0; index < static_cast<int>(specs.size()); ++index)
      if (index != taken && suits_axis(specs[static_cast<std::size_t>(index)])) return index;
    return -1;
  };
  // A name given for the upper axis is not taken by the other one's default.
  const int wanted = survey.across.empty() ? core::find_param(specs, survey.upwards) : -1;
  const int across = named(survey.across, wanted);
  const int upwards = named(survey.upwards, across);
  if (across < 0 || upwards < 0) return {-1, -1};
  return {across, upwards};
}

std::optional<train::HeatMapConfig> heat_map_of(const UiState& ui) {
  const train::RunnerConfig* runner = selected(ui);
  if (runner == nullptr) return {};
  const auto [across, upwards] = map_axes(runner->optimizer, ui.survey);
  if (across < 0) return {};
  const optim::OptimizerInfo& info = *optim::find_optimizer(runner->optimizer)->info;
  auto config = under_conditions_of<train::HeatMapConfig>(ui);
  config.start = ui.race.start;
  config.budget = ui.race.budget;
  config.runner = from_the_start(*runner);
  forget(config.runner, across);
  forget(config.runner, upwards);
  auto x = train::default_axis(info, info.parameters[static_cast<std::size_t>(across)].name);
  auto y = train::default_axis(info, info.parameters[static_cast<std::size_t>(upwards)].name);
  if (!x.ok() || !y.ok()) return {};
  config.x = std::move(x).value();
  config.y = std::move(y).value();
  config.x.count = config.y.count = kMapCells;
  return config;
}

std::pair<int, int> start_grid(double width, double height) {
  width = std::max(width, 2.0);
  height = std::max(height, 2.0);
  const double factor = std::min(1.0, std::sqrt(kMostStarts / (width * height)));
  const auto cells = [&](double pixels) {
    return std::clamp(static_cast<int>(std::floor(pixels * factor)), 2, train::kMaxBasinCells);
  };
  return {cells(width), cells(height)};
}

std::optional<train::BasinConfig> basins_of(const UiState& ui) {
  const train::RunnerConfig* runner = selected(ui);
  if (runner == nullptr || ui.starts.width < 2 || ui.starts.height < 2) return {};
  auto config = under_conditions_of<train::BasinConfig>(ui);
  config.runner = from_the_start(*runner);
  config.domain = ui.starts.domain;
  config.width = ui.starts.width;
  config.height = ui.starts.height;
  // Zooming changes which starts are shown, not what counts as the same minimum.
  const surfaces::Domain& d = ui.starts.surface;
  config.radius = train::kDefaultBasinRadius * std::max(d.x1 - d.x0, d.y1 - d.y0);
  return config;
}

SurveyWishes survey_wishes(const UiState& ui) {
  SurveyWishes wishes;
  if (ui.workspace != Workspace::surfaces) return wishes;
  if (ui.strip.tab == kRatesTab) wishes.sweep = sweep_of(ui);
  if (ui.strip.tab == kMapTab) wishes.heat_map = heat_map_of(ui);
  if (shows_basins(ui)) wishes.basins = basins_of(ui);
  return wishes;
}

}  // namespace descent::web
