// SPDX-License-Identifier: MIT
#include "engine/inspect/posterior/votes.h"

#include <algorithm>
#include <cmath>

#include "engine/core/check.h"
#include "engine/kernels/softmax.h"

namespace descent::inspect {
namespace {

double entropy_bits(std::span<const double> probabilities) {
  double sum = 0;
  for (const double p : probabilities)
    if (p > 0) sum -= p * std::log2(p);
  return sum;
}

}  // namespace

VoteCount::VoteCount(int classes)
    : sums_(static_cast<std::size_t>(classes)), probabilities_(sums_.size()), counts_(sums_.size()) {}

void VoteCount::add(std::span<const double> logits) {
  const auto classes = static_cast<int>(sums_.size());
  DESCENT_ASSERT(logits.size() == sums_.size());
  kernels::softmax(classes, logits.data(), probabilities_.data());
  for (std::size_t c = 0; c < sums_.size(); ++c) sums_[c] += probabilities_[c];
  entropies_ += entropy_bits(probabilities_);
  ++counts_[static_cast<std::size_t>(kernels::largest(classes, logits.data()))];
  ++samples_;
}

Votes VoteCount::votes() const {
  DESCENT_ASSERT(samples_ > 0);
  const auto n = static_cast<double>(samples_);
  Votes votes{.samples = samples_, .mean = sums_, .within = entropies_ / n, .counts = counts_};
  for (double& p : votes.mean) p /= n;
  votes.entropy = entropy_bits(votes.mean);
  votes.between = std::max(0.0, votes.entropy - votes.within);  // not negative but by rounding
  return votes;
}

}  // namespace descent::inspect
