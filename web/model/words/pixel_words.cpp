// SPDX-License-Identifier: MIT
#include "web/model/words/pixel_words.h"

#include <algorithm>
#include <cstddef>

#include "engine/core/fill.h"
#include "engine/data/dataset.h"
#include "web/model/words/number_format.h"

namespace descent::web {
namespace {

using core::fill;
using core::short_number;

std::size_t best_of(const std::vector<float>& values) {
  return static_cast<std::size_t>(std::max_element(values.begin(), values.end()) - values.begin());
}

}  // namespace

std::string pixel_title(const training::Inspection& seen, std::size_t pixel) {
  constexpr auto kSize = static_cast<std::size_t>(data::kDigitSize);
  if (pixel >= seen.image.size()) return "Pixel";
  return fill("Pixel at row {}, column {}: ink {} of 1", pixel / kSize, pixel % kSize,
              short_number(static_cast<double>(seen.image[pixel])));
}

double slope_at(const inspect::Jacobian& jacobian, std::size_t c, std::size_t pixel) {
  return static_cast<double>(jacobian.matrix[c * static_cast<std::size_t>(jacobian.pixels) + pixel]);
}

std::vector<InkRow> ink_rows(const training::TrainerSnapshot& trainer) {
  const training::Inspection& seen = trainer.inspection;
  std::vector<InkRow> rows;
  if (!seen.ink || seen.layers.empty()) return rows;
  const std::vector<float>& before = seen.layers.back().values;
  const std::size_t classes = std::min({before.size(), seen.ink->logits.size(), trainer.class_labels.size()});
  for (std::size_t c = 0; c < classes; ++c)
    rows.push_back(
        {.label = trainer.class_labels[c],
         .predicted = seen.ink->amount * slope_at(*seen.jacobian, c, static_cast<std::size_t>(seen.ink->pixel)),
         .actual = static_cast<double>(seen.ink->logits[c]) - static_cast<double>(before[c])});
  return rows;
}

std::vector<PinLine> gap_lines(const training::Inspection& seen) {
  const bool bends = std::any_of(seen.layers.begin(), seen.layers.end(), [](const training::LayerActivation& layer) {
    return layer.type == "tanh" || layer.type == "sigmoid";
  });
  const std::int64_t switches = seen.ink->switches;
  std::string gap = "nothing but rounding, as no ReLU and no pooling window switches over on the way.";
  if (switches > 0)
    gap = fill(
        "kinks: ReLUs and pooling windows that switch over on the way, {} of them. Nothing else in this network bends.",
        core::grouped(switches));
  if (bends) gap = "second order and beyond, as tanh and sigmoid bend.";
  if (bends && switches > 0)
    gap = fill("second order and beyond, and kinks: ReLUs and pooling windows that switch over on the way, {} of them.",
               core::grouped(switches));
  return {{.name = "ink gap",
           .text = fill(
               "Predicted: ink × ∂logit/∂pixel. Actual: a forward pass of the digit with that ink. The gap is {}", gap),
           .value = static_cast<double>(switches),
           .weight = {}}};
}

std::vector<PinLine> push_lines(const training::TrainerSnapshot& trainer) {
  const training::Inspection& seen = trainer.inspection;
  const inspect::Jacobian& jacobian = *seen.jacobian;
  const std::vector<std::int32_t>& labels = trainer.class_labels;
  std::vector<PinLine> lines;
  const auto wanted = static_cast<std::size_t>(jacobian.push_class);
  if (jacobian.push_class < 0 || seen.probabilities.size() != labels.size() || wanted >= labels.size()) {
    lines.push_back({.name = "push",
                     .text = "No push would change the answer to first order: no pixel tells the classes apart.",
                     .value = {},
                     .weight = {}});
    return lines;
  }
  lines.push_back({.name = "push",
                   .text = fill("The smallest push that to first order makes it read {} has the length {}.",
                                labels[wanted], short_number(jacobian.push_length)),
                   .value = jacobian.push_length,
                   .weight = {}});
  const std::vector<float>& after = seen.pushed_probabilities;
  if (after.size() == labels.size()) {
    const std::size_t answer = best_of(seen.probabilities), now = best_of(after);
    lines.push_back(
        {.name = "push really",
         .text = fill("What it really does: it reads {}. {} goes from {} to {}, {} from {} to {}; to first order the "
                      "two would be level.",
                      labels[now], labels[wanted], percent(static_cast<double>(seen.probabilities[wanted]), 1),
                      percent(static_cast<double>(after[wanted]), 1), labels[answer],
                      percent(static_cast<double>(seen.probabilities[answer]), 1),
                      percent(static_cast<double>(after[answer]), 1)),
         .value = static_cast<double>(after[wanted]),
         .weight = {}});
  }
  return lines;
}

}  // namespace descent::web
