// SPDX-License-Identifier: MIT
// Names of runs, see runner_names.h.
#include "engine/race/runner_names.h"

#include <cstdint>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/optim/optimizer.h"

namespace descent::race {
namespace {

// The step at which a branch left its parent; -1 for a run of its own.
std::int64_t branched_at(const RunnerConfig& config) {
  if (config.branch_of < 0) return -1;
  return config.earlier.empty() ? 0 : config.earlier.back().until;
}

template <class ConfigOf>
RunnerName name_of(const ConfigOf& config_of, std::size_t index) {
  const RunnerConfig& config = config_of(index);
  const std::int64_t step = branched_at(config);
  int ordinal = 1, alike = 1;
  for (std::size_t i = 0; i < index; ++i) {
    if (config_of(i).optimizer != config.optimizer) continue;
    ++ordinal;
    if (branched_at(config_of(i)) == step) ++alike;
  }
  const std::string number = alike > 1 ? core::fill(" ({})", alike) : "";
  RunnerName name{optimizer_title(config.optimizer), number, number,
                  ordinal > 1 ? core::fill("{} {}", config.optimizer, ordinal) : config.optimizer};
  if (step < 0) return name;
  name.origin = core::fill(" from step {}{}", core::grouped(step), number);
  name.short_origin = core::fill(" from {}{}", core::grouped(step), number);
  return name;
}

}  // namespace

std::string optimizer_title(std::string_view name) {
  const optim::CatalogEntry* entry = optim::find_optimizer(name);
  return std::string(entry != nullptr ? entry->info->title : name);
}

RunnerName runner_name(std::span<const RunnerConfig> runners, std::size_t index) {
  return name_of([&](std::size_t i) -> const RunnerConfig& { return runners[i]; }, index);
}

RunnerName runner_name(const RaceSnapshot& race, std::size_t index) {
  return name_of([&](std::size_t i) -> const RunnerConfig& { return race.runners[i].config; }, index);
}

}  // namespace descent::race
