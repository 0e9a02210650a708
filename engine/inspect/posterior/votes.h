// SPDX-License-Identifier: MIT
// Votes: what many networks drawn from a posterior say about one image. The entropy of their mean answer is
//   total = within + between,
// within the mean entropy of their answers: how ambiguous each finds the image; between, the mutual information of
// answer and network: how far they disagree, which more training images would settle. Depeweg et al., "Decomposition of
// uncertainty in Bayesian deep learning", ICML 2018.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace descent::inspect {

struct Votes {
  std::int64_t samples = 0;                     // networks
  std::vector<double> mean;                     // (classes) mean of their probabilities; they sum to 1
  double entropy = 0, within = 0, between = 0;  // bits
  std::vector<std::int64_t> counts;             // (classes) networks that answer so, with the first largest logit
};

class VoteCount {
 public:
  explicit VoteCount(int classes);
  // One network's logits (classes), finite.
  void add(std::span<const double> logits);
  // The votes added so far, of which there must be some.
  [[nodiscard]] Votes votes() const;

 private:
  std::vector<double> sums_, probabilities_;
  double entropies_ = 0;
  std::vector<std::int64_t> counts_;
  std::int64_t samples_ = 0;
};

}  // namespace descent::inspect
