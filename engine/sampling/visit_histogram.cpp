// SPDX-License-Identifier: MIT
// Counting visits, see visit_histogram.h.
#include "engine/sampling/visit_histogram.h"

#include <cmath>
#include <limits>

namespace descent::sampling {
namespace {

constexpr double kHistoryGrowth = 1.1;  // of the samples from one entry of the history to the next
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

}  // namespace

void Visits::begin(const surfaces::Surface& surface, const SamplerConfig& config, const Langevin& chains) {
  grid_ = {surface.info().domain, config.bins};
  log_density_ = config.temperature > 0 ? log_boltzmann(surface, grid_, config.temperature) : std::vector<double>();
  visits_.assign(grid_.count(), 0);
  samples_ = outside_ = 0;
  statistics_.begin(chains.x().size());
  history_.clear();
  next_history_ = 1;
}

void Visits::add(const Langevin& chains) {
  statistics_.add(chains);
  for (std::size_t i = 0; i < chains.x().size(); ++i) {
    if (!chains.alive(i)) continue;
    const std::int64_t cell = grid_.cell_of(chains.x()[i], chains.y()[i]);
    if (cell < 0) {
      ++outside_;
      continue;
    }
    ++visits_[static_cast<std::size_t>(cell)];
    ++samples_;
  }
  if (static_cast<double>(samples_) < next_history_) return;
  const double expected = log_density_.empty() ? kNaN : expected_divergence(log_density_, samples_);
  history_.push_back({samples_, divergence().kl, expected});
  next_history_ = kHistoryGrowth * static_cast<double>(samples_);
}

Divergence Visits::divergence() const {
  return log_density_.empty() ? Divergence{kNaN, kNaN} : kl_divergence(visits_, log_density_);
}

void Visits::publish(SamplerSnapshot& out) const {
  out.domain = grid_.domain;
  out.samples = samples_;
  out.outside = outside_;
  const Divergence present = divergence();
  out.kl = present.kl;
  out.kl_bias = present.bias;
  out.kl_expected = log_density_.empty() || samples_ == 0 ? kNaN : expected_divergence(log_density_, samples_);
  const ChainAgreement agreement = statistics_.agreement();
  out.effective = agreement.effective;
  out.r_hat = agreement.r_hat;
  out.history = history_;
  out.histogram.resize(visits_.size());
  out.exact.assign(visits_.size(), 0);
  const double share = samples_ > 0 ? 1 / static_cast<double>(samples_) : 0;
  for (std::size_t i = 0; i < visits_.size(); ++i) out.histogram[i] = share * static_cast<double>(visits_[i]);
  for (std::size_t i = 0; i < log_density_.size(); ++i) out.exact[i] = std::exp(log_density_[i]);
}

}  // namespace descent::sampling
