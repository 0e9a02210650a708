// SPDX-License-Identifier: MIT
#include "web/model/words/answer_words.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"

namespace descent::web {
namespace {

constexpr double kFewBits = 0.001;  // less is said to be less

}  // namespace

std::string bits_text(double value) {
  return value > 0 && value < kFewBits ? core::fill("less than {}", core::short_number(kFewBits))
                                       : core::short_number(value);
}

std::string answer_sentence(const training::TrainerSnapshot& trainer) {
  const training::Inspection& seen = trainer.inspection;
  const std::vector<std::int32_t>& labels = trainer.class_labels;
  if (seen.probabilities.empty() || seen.probabilities.size() != labels.size()) return {};
  if (!trainer.learned) return "It has not learned yet: press Train.";
  const auto best = std::max_element(seen.probabilities.begin(), seen.probabilities.end());
  const auto answer = static_cast<std::size_t>(best - seen.probabilities.begin());
  const double share = static_cast<double>(*best);
  const std::string sure =
      share > 0.999 && share < 1 ? ">99.9 %" : core::fill("{} %", display_number(std::round(1000 * share) / 10));
  std::string text = share < kSure ? core::fill("Not sure: perhaps {}, {}", labels[answer], sure)
                                   : core::fill("Reads {}, {}", labels[answer], sure);
  if (seen.label < 0) return text;
  const auto truth = static_cast<std::size_t>(seen.label);
  return text + core::fill(" · label {} {}", labels[truth], truth == answer ? "✓" : "✗");
}

std::string bits_sentence(std::span<const float> probabilities, int label) {
  double entropy = 0;
  for (const float p : probabilities)
    if (p > 0) entropy -= static_cast<double>(p) * std::log2(static_cast<double>(p));
  const double most = std::log2(static_cast<double>(probabilities.size()));
  std::string text =
      core::fill("The answer leaves {} bits open, of at most {}.", bits_text(entropy), core::short_number(most));
  if (label < 0) return text;
  const double p = static_cast<double>(probabilities[static_cast<std::size_t>(label)]);
  if (!(p > 0)) return text + " The label has probability 0, as far as a float can tell.";
  return text + core::fill(" The label surprises by {} bits.", bits_text(-std::log2(p)));
}

}  // namespace descent::web
