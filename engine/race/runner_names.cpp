// SPDX-License-Identifier: MIT
// Names of runs, see runner_names.h.
#include "engine/race/runner_names.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/optim/optimizer.h"
#include "engine/optim/schedule.h"

namespace descent::race {
namespace {

// The step at which a branch left its parent; -1 for a run of its own.
std::int64_t branched_at(const RunnerConfig& config) {
  if (config.branch_of < 0) return -1;
  return config.earlier.empty() ? 0 : config.earlier.back().until;
}

// A parameter's name as a word: "rate" for learning_rate, "bias correction" for bias_correction.
std::string spoken(std::string_view name) {
  if (name == "learning_rate") return "rate";
  std::string words(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string schedule_text(const RunnerConfig& config) {
  const optim::ScheduleEntry* entry = optim::find_schedule(config.schedule);
  std::string title(entry != nullptr ? entry->info.title : std::string_view(config.schedule));
  if (!title.empty() && title[0] >= 'A' && title[0] <= 'Z') title[0] = static_cast<char>(title[0] - 'A' + 'a');
  return title;
}

// Runs that are called the same by optimizer and origin.
template <class ConfigOf>
class Namesakes {
 public:
  Namesakes(const ConfigOf& config_of, std::size_t count, const RunnerConfig& config) {
    for (std::size_t i = 0; i < count; ++i)
      if (config_of(i).optimizer == config.optimizer && branched_at(config_of(i)) == branched_at(config))
        runs_.push_back(i);
    const optim::CatalogEntry* entry = optim::find_optimizer(config.optimizer);
    if (entry == nullptr) return;
    for (std::size_t k = 0; k < entry->info->parameters.size() && told_by_.size() < kMostNamed; ++k) {
      bool whole = true, differ = false;
      for (const std::size_t i : runs_) whole = whole && config_of(i).hyperparameters.size() > k;
      for (const std::size_t i : runs_)
        differ = differ || (whole && config_of(i).hyperparameters[k] != config.hyperparameters[k]);
      if (differ) told_by_.push_back({k, spoken(entry->info->parameters[k].name)});
    }
    for (const std::size_t i : runs_) schedules_ = schedules_ || config_of(i).schedule != config.schedule;
  }

  [[nodiscard]] const std::vector<std::size_t>& runs() const { return runs_; }
  // ", rate 0.3, cosine"; empty where nothing differs.
  [[nodiscard]] std::string difference(const RunnerConfig& config) const {
    std::string text;
    for (const auto& [k, name] : told_by_)
      text += core::fill(", {} {}", name, core::short_number(config.hyperparameters[k]));
    return schedules_ ? core::fill("{}, {}", text, schedule_text(config)) : text;
  }

 private:
  static constexpr std::size_t kMostNamed = 2;
  std::vector<std::size_t> runs_;
  std::vector<std::pair<std::size_t, std::string>> told_by_;
  bool schedules_ = false;
};

template <class ConfigOf>
RunnerName name_of(const ConfigOf& config_of, std::size_t count, std::size_t index, Naming naming) {
  const RunnerConfig& config = config_of(index);
  const std::int64_t step = branched_at(config);
  int ordinal = 1, alike = 1;
  for (std::size_t i = 0; i < index; ++i)
    if (config_of(i).optimizer == config.optimizer) ++ordinal;
  const Namesakes namesakes(config_of, count, config);
  std::string mark;
  if (namesakes.runs().size() > 1) {
    const auto difference = [&](const RunnerConfig& of) {
      return naming == Naming::by_number ? std::string() : namesakes.difference(of);
    };
    mark = difference(config);
    for (const std::size_t i : namesakes.runs())
      if (i < index && difference(config_of(i)) == mark) ++alike;
    if (alike > 1) mark = core::fill("{} ({})", mark, alike);
  }
  const bool alone = namesakes.runs().size() == count && mark.starts_with(", ");
  RunnerName name{optimizer_title(config.optimizer), mark, mark, alone ? mark.substr(2) : "",
                  ordinal > 1 ? core::fill("{} {}", config.optimizer, ordinal) : config.optimizer};
  if (step < 0) return name;
  name.origin = core::fill(" from step {}{}", core::grouped(step), mark);
  name.short_origin = core::fill(" from {}{}", core::grouped(step), mark);
  return name;
}

}  // namespace

std::string optimizer_title(std::string_view name) {
  const optim::CatalogEntry* entry = optim::find_optimizer(name);
  return std::string(entry != nullptr ? entry->info->title : name);
}

RunnerName runner_name(std::span<const RunnerConfig> runners, std::size_t index, Naming naming) {
  return name_of([&](std::size_t i) -> const RunnerConfig& { return runners[i]; }, runners.size(), index, naming);
}

RunnerName runner_name(const RaceSnapshot& race, std::size_t index, Naming naming) {
  return name_of([&](std::size_t i) -> const RunnerConfig& { return race.runners[i].config; }, race.runners.size(),
                 index, naming);
}

}  // namespace descent::race
