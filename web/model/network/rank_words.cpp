// SPDX-License-Identifier: MIT
#include "web/model/network/rank_words.h"

#include <algorithm>
#include <cstddef>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"

namespace descent::web {
namespace {

std::string accuracy_text(double share) {
  return display_number(100 * share, 4) + " %";
}

// "7, 99.8 %"
std::string answer(const std::vector<float>& probabilities, const std::vector<std::int32_t>& labels) {
  const auto best = std::max_element(probabilities.begin(), probabilities.end());
  return core::fill("{}, {}", labels[static_cast<std::size_t>(best - probabilities.begin())],
                    display_number(100 * static_cast<double>(*best), 3) + " %");
}

}  // namespace

double kept_share(std::span<const double> singular_values, int rank) {
  double kept = 0, all = 0;
  for (std::size_t i = 0; i < singular_values.size(); ++i) {
    const double square = singular_values[i] * singular_values[i];
    all += square;
    if (rank == 0 || i < static_cast<std::size_t>(rank)) kept += square;
  }
  return all == 0 ? 1 : kept / all;
}

std::string cut_reading(const training::TrainerSnapshot& trainer, int rank, int ranks) {
  const training::Inspection& seen = trainer.inspection;
  const std::size_t classes = trainer.class_labels.size();
  if (classes == 0 || seen.probabilities.size() != classes) return {};
  const std::string whole = answer(seen.probabilities, trainer.class_labels);
  if (rank == 0 || rank >= ranks) return core::fill("Whole, with all {} ranks, it reads {}.", ranks, whole);
  if (seen.rank_probabilities.size() != classes) return {};
  return core::fill(
      "Cut to rank {} it reads this digit as {}; whole as {}. Everywhere else on the page it stays whole.", rank,
      answer(seen.rank_probabilities, trainer.class_labels), whole);
}

std::string study_words(const training::RankView& study, int rank) {
  if (!study.refusal.empty()) return core::fill("Not measured: {}.", study.refusal);
  const std::vector<double>& accuracy = study.curve.accuracy;
  if (accuracy.empty()) return {};
  const std::size_t place =
      rank == 0 ? accuracy.size() : std::min<std::size_t>(static_cast<std::size_t>(rank), accuracy.size());
  return core::fill(
      "Over the first {} images of the test set, with the weights after step {}: {} at rank {}, {} whole.",
      core::grouped(study.images_done), core::grouped(study.step), accuracy_text(accuracy[place - 1]), place,
      accuracy_text(accuracy.back()));
}

}  // namespace descent::web
