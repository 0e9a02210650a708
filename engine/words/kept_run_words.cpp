// SPDX-License-Identifier: MIT
#include "engine/words/kept_run_words.h"

#include <algorithm>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/optim/optimizer.h"
#include "engine/optim/schedule.h"
#include "engine/race/runner_names.h"

namespace descent::words {
namespace {

std::string spaced(std::string_view name) {
  std::string words(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

}  // namespace

std::string difference(const training::KeptRun& run, const training::TrainerSnapshot& present) {
  const training::TrainerConfig &a = run.config, &b = present.config;
  std::string text;
  const auto add = [&](std::string_view part) {
    if (!text.empty()) text += ", ";
    text += part;
  };
  const auto number = [&](std::string_view name, double one, double other) {
    if (one != other) add(core::fill("{} {}", name, core::short_number(one)));
  };
  if (run.dataset != present.dataset) add(run.dataset);
  if (!(a.network == b.network)) add("another network");
  const bool same = a.optimizer == b.optimizer;
  if (!same) add(race::optimizer_title(a.optimizer));
  if (const optim::CatalogEntry* entry = optim::find_optimizer(a.optimizer)) {
    const auto specs = entry->info->parameters;
    for (std::size_t i = 0; i < specs.size() && i < a.hyperparameters.size(); ++i)
      number(spaced(specs[i].name), a.hyperparameters[i],
             same && i < b.hyperparameters.size() ? b.hyperparameters[i] : specs[i].default_value);
  }
  if (a.schedule != b.schedule)
    add(core::fill("schedule {}", spaced(a.schedule)));
  else if (a.schedule_parameters != b.schedule_parameters)
    add("another schedule");
  number("batch size", a.batch_size, b.batch_size);
  number("epochs", a.epochs, b.epochs);
  number("seed", static_cast<double>(a.seed), static_cast<double>(b.seed));
  if (run.branched) add(core::fill("from step {}", core::grouped(run.branched->step)));
  return text.empty() ? "the same settings" : text;
}

std::string title(const training::KeptRun& run, const training::TrainerSnapshot& present) {
  return core::fill("Run {}: {}", run.id, difference(run, present));
}

}  // namespace descent::words
