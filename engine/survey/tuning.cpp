// SPDX-License-Identifier: MIT
#include "engine/survey/tuning.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/core/number_check.h"

namespace descent::survey {

std::int64_t tuning_budget(const race::RaceConfig& race) {
  return std::min(race.budget > 0 ? race.budget : race.schedule_steps, kMaxSweepSteps);
}

core::Result<RateSweepConfig> tuning_sweep(const race::RaceConfig& race, std::int64_t budget) {
  if (race.runners.empty()) return core::Error{"there is no optimizer in the race to tune"};
  if (budget == 0) budget = tuning_budget(race);
  if (core::Status status = core::check_whole("budget", budget, 1, kMaxSweepSteps); !status.ok()) return status.error();
  RateSweepConfig sweep;
  sweep.surface = race.surface_choice();
  sweep.start = race.start;
  sweep.runners = race.runners;
  sweep.rate_min = kTuningMin;
  sweep.rate_max = kTuningMax;
  sweep.count = kTuningRates;
  sweep.steps = budget;
  sweep.schedule_steps = race.schedule_steps;
  sweep.noise = race.noise;
  sweep.seed = race.seed;
  sweep.budget = sweep.steps;
  return sweep;
}

race::TuningReport tuning_report(const RateSweepSnapshot& sweep) {
  race::TuningReport report;
  report.budget = sweep.config.budget;
  report.rate_min = sweep.config.rate_min;
  report.rate_max = sweep.config.rate_max;
  for (const RateCurve& curve : sweep.curves) {
    race::TunedRate tuned;
    tuned.slot = curve.config.slot;
    tuned.optimizer = curve.config.optimizer;
    tuned.former_rate = curve.config.hyperparameters[0];
    tuned.runs = static_cast<std::int64_t>(curve.losses.size());
    tuned.evaluations = std::accumulate(curve.evaluations.begin(), curve.evaluations.end(), std::int64_t{0});
    tuned.learning_rate = tuned.loss = std::numeric_limits<double>::quiet_NaN();
    if (curve.best >= 0) {
      tuned.learning_rate = sweep.rates[static_cast<std::size_t>(curve.best)];
      tuned.loss = curve.losses[static_cast<std::size_t>(curve.best)];
      tuned.at_edge = curve.best == 0 || static_cast<std::size_t>(curve.best) + 1 == sweep.rates.size();
    }
    report.evaluations += tuned.evaluations;
    report.rates.push_back(std::move(tuned));
  }
  return report;
}

}  // namespace descent::survey
