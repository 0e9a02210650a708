// SPDX-License-Identifier: MIT
#include "engine/race/tuning/tuning_report.h"

#include <cmath>
#include <cstddef>

namespace descent::race {

RaceConfig with_rates(const RaceConfig& race, const TuningReport& report) {
  RaceConfig tuned = race;
  for (std::size_t i = 0; i < tuned.runners.size() && i < report.rates.size(); ++i) {
    if (std::isnan(report.rates[i].learning_rate)) continue;
    RunnerConfig& runner = tuned.runners[i];
    runner.hyperparameters[0] = report.rates[i].learning_rate;
    runner.earlier.clear();
    runner.branch_of = -1;
  }
  return tuned;
}

}  // namespace descent::race
