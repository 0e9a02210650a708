// SPDX-License-Identifier: MIT
#include "web/model/words/weight_words.h"

#include <algorithm>
#include <cmath>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"

namespace descent::web {
namespace {

using core::fill;
using core::short_number;

std::string number(float value) {
  return display_number(static_cast<double>(value));
}

}  // namespace

std::string weight_title(const training::Inspection& seen) {
  std::string element;
  for (const std::int64_t index : seen.weight->element) element += fill("{}{}", element.empty() ? "" : ", ", index);
  return fill("{} [{}] = {}", seen.weight_place.parameter, element, number(seen.weight->value));
}

std::vector<PinLine> weight_lines(const training::Inspection& seen) {
  const training::WeightStudy& weight = *seen.weight;
  const double gradient = static_cast<double>(weight.gradient);
  std::vector<PinLine> lines;
  if (weight.terms.size() == 1) {
    lines.push_back({.name = "weight gradient",
                     .text = fill("∂loss/∂w = input × delta = {} × {} = {}", number(weight.derivatives.front()),
                                  number(weight.deltas.front()), number(weight.gradient)),
                     .value = gradient,
                     .weight = {}});
  } else {
    const auto working = std::count_if(weight.terms.begin(), weight.terms.end(), [](float term) { return term != 0; });
    lines.push_back(
        {.name = "weight gradient",
         .text = fill("∂loss/∂w = {}: the sum over the {} places where the weight is used, {} of them not 0.",
                      number(weight.gradient), core::grouped(static_cast<std::int64_t>(weight.terms.size())), working),
         .value = gradient,
         .weight = {}});
  }
  const inspect::CentralDifference& nudged = weight.difference;
  std::string check =
      fill("Nudged by ±{} in double precision the loss changes at the rate {}: {} away.", short_number(nudged.step),
           display_number(nudged.value), short_number(std::fabs(nudged.value - gradient)));
  if (nudged.kink) check += " A ReLU or a pooling window switches in between, so that the two need not agree.";
  lines.push_back({.name = "central difference", .text = std::move(check), .value = nudged.value, .weight = {}});
  return lines;
}

std::vector<PinNumber> weight_way(const training::Inspection& seen) {
  const training::WeightStudy& weight = *seen.weight;
  if (!weight.stepped) return {};
  std::vector<PinNumber> way{{"this digit's gradient", static_cast<double>(weight.gradient)},
                             {"the batch's gradient", weight.batch_gradient}};
  for (const training::WeightMemory& memory : weight.memory)
    way.push_back({fill("memory {}", display_name(memory.name)), memory.value});
  way.push_back({"step", weight.step});
  way.push_back({"new value", static_cast<double>(weight.value)});
  return way;
}

double batch_mean(const training::BatchImages& batch) {
  double sum = 0;
  for (const float gradient : batch.gradients) sum += static_cast<double>(gradient);
  return sum / static_cast<double>(batch.gradients.size());
}

std::string batch_words(const training::TrainerSnapshot& trainer) {
  const training::WeightStudy& weight = *trainer.inspection.weight;
  if (!weight.stepped) return {};
  const std::size_t images = weight.batch.gradients.size();
  if (images == 0 && trainer.config.batch_size <= static_cast<int>(training::kMostBatchImages))
    return "The batch's images one by one are on their way.";
  if (images == 0)
    return fill("The batch's images one by one are shown for batches of up to {}.", training::kMostBatchImages);
  const std::string text = fill("The batch's gradient is the mean of its {} images, a bar each.", images);
  for (const nn::LayerSpec& layer : trainer.config.network.layers)
    if (layer.type == "dropout")
      return text + fill(" Here it is not: the bars, without dropout, have the mean {}; the step had its dropout on.",
                         display_number(batch_mean(weight.batch)));
  return text;
}

std::string batch_image_words(const training::TrainerSnapshot& trainer, std::size_t i) {
  const training::BatchImages& batch = trainer.inspection.weight->batch;
  const std::size_t label = batch.labels[i];
  return fill("Training image {}, a {}: ∂loss/∂w = {}", core::grouped(batch.images[i]),
              label < trainer.class_labels.size() ? trainer.class_labels[label] : 0, number(batch.gradients[i]));
}

std::string weight_note(const training::Inspection& seen) {
  if (!seen.weight->stepped) return "This digit alone, dropout off. No step has been taken yet.";
  return "The digit's gradient is of this digit alone, dropout off, at the present weights; the batch's is that of the "
         "newest step, before it was taken.";
}

}  // namespace descent::web
