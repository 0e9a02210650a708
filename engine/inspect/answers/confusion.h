// SPDX-License-Identifier: MIT
// Confusion: which classes a network takes for which, what its answer tells of the label, and its costliest mistakes.
// Mutual information of two variables, here estimated by the relative frequencies: Shannon, "A Mathematical Theory of
// Communication", Bell System Technical Journal 27, 1948.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/inspect/answers/answers.h"

namespace descent::inspect {

struct Confusion {
  int classes = 0;
  std::vector<std::int32_t> matrix;     // (classes, classes): images, by label and by answer
  std::vector<std::uint16_t> answered;  // (images): the class of the first largest logit
  double mutual_information = 0;        // bits, between label and answer; at most log2(classes)
  std::vector<std::int32_t> costliest;  // the images that are answered wrongly, the largest loss first
  std::vector<double> losses;           // beside: −log p of the label, nats; infinite where a logit is no number

  [[nodiscard]] std::int32_t count(int label, int answer) const {
    return matrix[static_cast<std::size_t>(label) * static_cast<std::size_t>(classes) +
                  static_cast<std::size_t>(answer)];
  }
};

[[nodiscard]] Confusion confusion(const AnswerTable& table);

}  // namespace descent::inspect
