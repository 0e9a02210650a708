// SPDX-License-Identifier: MIT
#include "engine/script/training_json.h"

#include "engine/words/training_words.h"

namespace descent::script {

using io::JsonValue;

namespace {

JsonValue advice_json(const training::TrainerSnapshot& trainer) {
  const training::Advice& advice = trainer.advice;
  if (!advice.offers()) return {};
  const bool rate = advice.learning_rate > 0;
  return JsonValue::object({{"learning_rate", rate ? JsonValue(advice.learning_rate) : JsonValue()},
                            {"epochs", rate ? JsonValue() : JsonValue(advice.epochs)},
                            {"trial_steps", advice.steps},
                            {"loss", JsonValue::array({advice.from, advice.to})},
                            {"sentence", words::trial_text(trainer)}});
}

}  // namespace

JsonValue training_diagnosis_json(const training::TrainerSnapshot& trainer) {
  const training::Diagnosis& found = trainer.diagnosis;
  if (found.kind == training::Trouble::none) return {};
  JsonValue relus = JsonValue::array();
  for (const training::DeadUnits& layer : found.relus)
    relus.push_back(JsonValue::object({{"layer", layer.layer}, {"units", layer.units}, {"dead", layer.dead}}));
  return JsonValue::object({{"kind", to_string(found.kind)},
                            {"since_step", found.since_step},
                            {"sentence", words::statement(trainer).text()},
                            {"relus", relus},
                            {"advice", advice_json(trainer)}});
}

JsonValue rate_range_json(const training::RateRange& rates) {
  if (!rates.known) return {};
  JsonValue trials = JsonValue::array();
  for (const training::RateTrial& trial : rates.trials)
    trials.push_back(
        JsonValue::object({{"learning_rate", trial.learning_rate}, {"loss", trial.loss}, {"trains", trial.trains}}));
  return JsonValue::object({{"largest", rates.largest > 0 ? JsonValue(rates.largest) : JsonValue()},
                            {"steps", rates.steps},
                            {"images", rates.images},
                            {"first_loss", rates.first_loss},
                            {"trials", trials}});
}

}  // namespace descent::script
