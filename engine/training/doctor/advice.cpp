// SPDX-License-Identifier: MIT
// Chooses what the doctor offers, see advice.h.
#include "engine/training/doctor/advice.h"

#include <algorithm>
#include <cmath>

#include "engine/optim/optimizer.h"

namespace descent::training {
namespace {

constexpr double kOther = 1.5;                   // times the present rate, or its inverse: another one
constexpr double kSafe = 0.34;                   // of the largest rate that trains
constexpr double kSmaller[] = {3, 10, 30, 100};  // the present rate over those that are tried in addition

// The rate in question.
double present_rate(const Diagnosis& diagnosis, const TrainerConfig& config) {
  const auto* diverged = std::get_if<RunDiverged>(&diagnosis.facts);
  return diverged != nullptr ? diverged->learning_rate : config.hyperparameters[0];
}

const RateTrial* best_trial(const Diagnosis& diagnosis, const TrainerConfig& config, const RateRange& range,
                            double most) {
  const double present = present_rate(diagnosis, config);
  const auto* still = std::get_if<NoProgress>(&diagnosis.facts);
  const RateTrial* best = nullptr;
  for (const RateTrial& trial : range.trials) {
    const double rate = trial.learning_rate;
    const bool other =
        rate * kOther < present || (still != nullptr && rate > present * kOther && trial.loss < still->to);
    if (trial.trains && other && rate <= most && (best == nullptr || trial.loss < best->loss)) best = &trial;
  }
  return best;
}

}  // namespace

bool wants_rate(const Diagnosis& diagnosis) {
  return diagnosis.kind != Trouble::none && diagnosis.kind != Trouble::overfitting;
}

Advice advise(const Diagnosis& diagnosis, const TrainerConfig& config, const RateRange& range) {
  if (const auto* over = std::get_if<Overfitting>(&diagnosis.facts)) {
    const double epochs = std::round(over->best_epoch);
    const bool whole = epochs >= 1 && std::abs(over->best_epoch - epochs) < 1e-9;
    if (!over->repeatable || !whole || config.schedule != "constant") return {};
    return {.epochs = std::llround(epochs), .steps = over->best_step, .from = over->test, .to = over->best_test};
  }
  if (!wants_rate(diagnosis) || !range.known) return {};
  const RateTrial* best = best_trial(diagnosis, config, range, kSafe * range.largest);
  if (best == nullptr) best = best_trial(diagnosis, config, range, range.largest);
  if (best == nullptr) return {};
  return {.learning_rate = best->learning_rate,
          .steps = range.steps,
          .images = range.images,
          .from = range.first_loss,
          .to = best->loss};
}

double rate_to_try(const Diagnosis& diagnosis, const TrainerConfig& config, const RateRange& range) {
  const bool too_large = wants_rate(diagnosis) && diagnosis.kind != Trouble::no_progress;
  const optim::CatalogEntry* entry = optim::find_optimizer(config.optimizer);
  if (!too_large || !range.known || entry == nullptr || advise(diagnosis, config, range).offers()) return 0;
  for (const double divisor : kSmaller) {
    const double rate = present_rate(diagnosis, config) / divisor;
    if (rate < entry->info->parameters[0].minimum) return 0;
    const auto near = [rate](const RateTrial& trial) { return std::abs(trial.learning_rate / rate - 1) < 0.5; };
    if (std::none_of(range.trials.begin(), range.trials.end(), near)) return rate;
  }
  return 0;
}

}  // namespace descent::training
