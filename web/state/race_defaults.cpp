// SPDX-License-Identifier: MIT
// The first race: Rosenbrock's valley, where gradient descent crawls, heavy ball overshoots the bend and comes back,
// and Adam creeps along the floor with steps of even size. Gradient descent's rate is just under 2/λmax at the start,
// so that its learning-rate slider shows the stability bound close by.
#include "web/state/race_defaults.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/optim/optimizer.h"
#include "engine/surfaces/surface.h"

namespace descent::web {
namespace {

race::RunnerConfig runner(std::string_view optimizer, int slot, double learning_rate) {
  race::RunnerConfig config;
  config.optimizer = std::string(optimizer);
  config.slot = slot;
  if (const optim::CatalogEntry* entry = optim::find_optimizer(optimizer)) {
    config.hyperparameters = core::default_values(entry->info->parameters);
    if (!config.hyperparameters.empty()) config.hyperparameters[0] = learning_rate;
  }
  return config;
}

}  // namespace

race::RaceConfig default_race() {
  race::RaceConfig race = race_on_surface({}, "rosenbrock");
  race.runners = {runner("gradient_descent", 0, 0.001), runner("momentum", 1, 0.0005), runner("adam", 2, 0.02)};
  race.steps_per_second = 60;
  return race;
}

race::RaceConfig first_race() {
  race::RaceConfig race = race_on_surface({}, "beale");
  race.start = {1, 1.5};
  race.runners = {runner("gradient_descent", 0, 0.018), runner("momentum", 1, 0.0042), runner("adam", 2, 0.42)};
  race.steps_per_second = 10;
  return race;
}

surfaces::Domain surface_domain(const race::RaceConfig& race) {
  if (race.surface_choice().is_expression()) return race.domain;
  const surfaces::CatalogEntry* entry = surfaces::find_surface(race.surface);
  return entry != nullptr ? entry->info->domain : surfaces::Domain{};
}

SurfaceCamera default_camera(const race::RaceConfig& race) {
  SurfaceCamera camera;
  camera.view = surface_domain(race);
  return camera;
}

void turn_to_surface(SurfaceCamera& camera, const race::RaceConfig& race) {
  const SurfaceCamera fitted = default_camera(race);
  camera.view = fitted.view;
  camera.distance = fitted.distance;
  camera.look_x = fitted.look_x;
  camera.look_y = fitted.look_y;
  camera.pin.reset();
}

bool same_domain(const race::RaceConfig& a, const race::RaceConfig& b) {
  return a.surface == b.surface && surface_domain(a) == surface_domain(b);
}

const surfaces::SurfaceInfo* shown_surface(const race::RaceConfig& shown, const race::RaceSnapshot& race) {
  if (!shown.surface_choice().is_expression()) {
    const surfaces::CatalogEntry* entry = surfaces::find_surface(shown.surface);
    return entry != nullptr ? entry->info : nullptr;
  }
  const bool read = shown.surface == race.config.surface && shown.expression == race.config.expression;
  return read ? race.surface_info.get() : nullptr;
}

race::RaceConfig race_on_surface(const race::RaceConfig& race, std::string_view surface) {
  race::RaceConfig moved = race;
  moved.set_surface({.surface = std::string(surface)});
  if (const surfaces::CatalogEntry* entry = surfaces::find_surface(surface)) {
    moved.parameters = core::default_values(entry->info->parameters);
    moved.start = entry->info->start;
  }
  return moved;
}

NamedValues parameter_values(const race::RaceConfig& race) {
  NamedValues values;
  const auto add = [&](std::string_view name, std::size_t i) {
    if (i < race.parameters.size()) values.emplace(name, race.parameters[i]);
  };
  if (const surfaces::CatalogEntry* entry = surfaces::find_surface(race.surface)) {
    for (std::size_t i = 0; i < entry->info->parameters.size(); ++i) add(entry->info->parameters[i].name, i);
  } else {
    const std::span<const core::ParamSpec> specs = race.expression.parameters();
    for (std::size_t i = 0; i < specs.size(); ++i) add(specs[i].name, i);
  }
  return values;
}

race::RaceConfig race_on_formula(const race::RaceConfig& race, const surfaces::TypedFormula& formula,
                                 const NamedValues& known) {
  race::RaceConfig moved = race;
  std::vector<double> values;
  for (const core::ParamSpec& spec : formula.parameters()) {
    const auto at = known.find(spec.name);
    values.push_back(at != known.end() ? at->second : spec.default_value);
  }
  moved.set_surface({std::string(surfaces::kExpressionName), formula, surface_domain(race), std::move(values)});
  return moved;
}

std::string formula_to_edit(const race::RaceConfig& race) {
  const surfaces::CatalogEntry* entry = surfaces::find_surface(race.surface);
  return std::string(entry != nullptr && !entry->info->expression.empty() ? entry->info->expression : "x^2 + a*y^2");
}

std::uint32_t runners_to_suit(const race::RaceConfig& race, std::span<const double> own) {
  const auto own_rate = [own](const race::RunnerConfig& runner) {
    const auto slot = static_cast<std::size_t>(runner.slot);
    return runner.slot >= 0 && slot < own.size() && own[slot] == runner.hyperparameters[0];
  };
  const auto rates_compared = [](const race::RunnerConfig& a, const race::RunnerConfig& b) {
    race::RunnerSettings other = b;
    if (other.hyperparameters.empty() || other.hyperparameters[0] == a.hyperparameters[0]) return false;
    other.hyperparameters[0] = a.hyperparameters[0];
    return a.optimizer == b.optimizer && other == a.settings();
  };
  std::uint32_t suit = 0;
  for (std::size_t i = 0; i < race.runners.size() && i < race::kMaxRunners; ++i) {
    const race::RunnerConfig& runner = race.runners[i];
    if (runner.hyperparameters.empty() || own_rate(runner)) continue;
    const bool compared = std::any_of(race.runners.begin(), race.runners.end(),
                                      [&](const race::RunnerConfig& other) { return rates_compared(runner, other); });
    if (!compared) suit |= std::uint32_t{1} << i;
  }
  return suit;
}

race::RunnerConfig new_runner(const race::RaceConfig& race, std::string_view optimizer) {
  race::RunnerConfig config;
  config.optimizer = std::string(optimizer);
  if (const optim::CatalogEntry* entry = optim::find_optimizer(optimizer))
    config.hyperparameters = core::default_values(entry->info->parameters);
  const auto taken = [&](int slot) {
    return std::any_of(race.runners.begin(), race.runners.end(),
                       [&](const race::RunnerConfig& other) { return other.slot == slot; });
  };
  while (taken(config.slot)) ++config.slot;
  return config;
}

}  // namespace descent::web
