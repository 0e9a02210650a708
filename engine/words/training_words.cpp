// SPDX-License-Identifier: MIT
#include "engine/words/training_words.h"

#include <algorithm>
#include <cmath>
#include <variant>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/training/doctor/doctor.h"

namespace descent::words {
namespace {

using core::fill;
using core::grouped;
using core::short_number;
using training::Advice;
using training::Diagnosis;
using training::Trouble;

std::string percent(double share) {
  return fill("{} %", core::display_number(100 * share, 3));
}

std::string guessing_text(const training::AtChance& chance) {
  return fill("{} right in the last {} steps; one answer for all images gets {} ± {}; the loss stays at {}",
              percent(chance.accuracy), grouped(chance.steps), percent(chance.expected), percent(chance.standard_error),
              short_number(chance.loss));
}

Statement dead(const training::TrainerSnapshot& trainer, const training::AtChance& chance) {
  const auto& relus = trainer.diagnosis.relus;
  const auto all = std::find_if(relus.begin(), relus.end(), [](const auto& layer) { return layer.all(); });
  if (all == relus.end()) return {};
  return {fill("All {} ReLUs of layer {} are 0 for every image since about step {}", grouped(all->units), all->layer,
               grouped(trainer.diagnosis.since_step)),
          fill("the first {} training images were looked at, and no gradient passes a ReLU that is 0; {}",
               std::min<std::int64_t>(training::kProbe, trainer.train_count), guessing_text(chance))};
}

std::string epoch_text(double epoch) {
  return core::display_number(epoch, 3);
}

}  // namespace

Statement statement(const training::TrainerSnapshot& trainer) {
  const Diagnosis& diagnosis = trainer.diagnosis;
  const std::string since = grouped(diagnosis.since_step);
  if (const auto* diverged = std::get_if<training::RunDiverged>(&diagnosis.facts))
    return {fill("Training diverged at step {}", since),
            fill("the numbers grew beyond all bounds with learning rate {}; the last finite loss was {}",
                 short_number(diverged->learning_rate), short_number(diverged->last_loss))};
  if (const auto* chance = std::get_if<training::AtChance>(&diagnosis.facts)) {
    if (diagnosis.kind == Trouble::dead_relus) return dead(trainer, *chance);
    return {fill("The network only guesses since about step {}", since), guessing_text(*chance)};
  }
  if (const auto* still = std::get_if<training::NoProgress>(&diagnosis.facts))
    return {fill("Hardly any progress in {} steps", grouped(still->steps)),
            fill("the loss went from {} to {} with learning rate {}; at this pace {} steps take it to {} at best",
                 core::display_number(still->from), core::display_number(still->to), short_number(still->learning_rate),
                 grouped(still->laid_out), short_number(still->forecast))};
  if (const auto* over = std::get_if<training::Overfitting>(&diagnosis.facts))
    return {fill("The network learns its training images by heart since epoch {}", epoch_text(over->best_epoch)),
            fill("the loss of the test images rose from {} to {}, while that of the training images fell from {} to {} "
                 "({} tests)",
                 short_number(over->best_test), short_number(over->test), short_number(over->train_then),
                 short_number(over->train), over->evaluations)};
  return {};
}

std::string offer(const Advice& advice) {
  if (!advice.offers()) return {};
  if (advice.learning_rate > 0) return fill("Back to step 0 with {}", short_number(advice.learning_rate));
  return advice.epochs == 1 ? "Back to step 0, for 1 epoch" : fill("Back to step 0, for {} epochs", advice.epochs);
}

std::string trial_text(const training::TrainerSnapshot& trainer) {
  const Advice& advice = trainer.advice;
  if (advice.offers() && advice.learning_rate > 0)
    return fill("Tried: {} steps from step 0 with {} took the loss of {} training images from {} to {}.",
                grouped(advice.steps), short_number(advice.learning_rate), grouped(advice.images),
                short_number(advice.from), short_number(advice.to));
  if (advice.offers())
    return fill("Tried: this run had a test loss of {} after {}.", short_number(advice.to),
                core::counted(static_cast<std::uint64_t>(advice.epochs), "epoch"));
  if (trainer.diagnosis.kind == Trouble::none) return {};
  if (trainer.searches) return "Learning rates are being tried…";
  const auto& trials = trainer.rates.trials;
  if (trainer.diagnosis.kind == Trouble::overfitting || trials.empty()) return {};
  return fill("None of {} learning rates from {} to {} helped: it may be the first weights, the layers or the images.",
              trials.size(), short_number(trials.front().learning_rate), short_number(trials.back().learning_rate));
}

std::string rates_text(const training::RateRange& rates) {
  const auto failed = std::find_if(rates.trials.begin(), rates.trials.end(), [&](const training::RateTrial& trial) {
    return trial.learning_rate > rates.largest && !trial.trains;
  });
  const auto best = std::find_if(rates.trials.begin(), rates.trials.end(), [&](const training::RateTrial& trial) {
    return trial.learning_rate == rates.largest;
  });
  if (failed == rates.trials.end() || best == rates.trials.end()) return {};
  const std::string came = std::isfinite(failed->loss) ? fill("to {}", short_number(failed->loss)) : "out of bounds";
  return fill(
      "The largest learning rate that still trains, found by trying {} on a copy, each for {} steps from the first "
      "weights: {} took the loss of the first {} training images from {} to {}, {} took it {}. After the range test of "
      "Smith, 2017.",
      rates.trials.size(), rates.steps, short_number(rates.largest), rates.images, short_number(rates.first_loss),
      short_number(best->loss), short_number(failed->learning_rate), came);
}

}  // namespace descent::words
