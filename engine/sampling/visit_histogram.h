// SPDX-License-Identifier: MIT
// Visits: the sampler's histogram of where chains have been, beside Boltzmann's density, with the divergence between
// the two at growing numbers of samples and what the chains are worth.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/sampling/boltzmann.h"
#include "engine/sampling/chain_statistics.h"
#include "engine/sampling/sampler.h"

namespace descent::sampling {

class Visits {
 public:
  // Empty, for these chains at this configuration's temperature.
  void begin(const surfaces::Surface& surface, const SamplerConfig& config, const Langevin& chains);
  // One draw of every living chain.
  void add(const Langevin& chains);
  // publish() writes what the snapshot says of visits, density and divergence.
  void publish(SamplerSnapshot& out) const;

 private:
  [[nodiscard]] Divergence divergence() const;

  CellGrid grid_;
  std::vector<double> log_density_;    // (cells), empty at temperature 0
  std::vector<std::uint64_t> visits_;  // (cells)
  std::uint64_t samples_ = 0, outside_ = 0;
  ChainStatistics statistics_;
  std::vector<KlPoint> history_;
  double next_history_ = 1;  // samples
};

}  // namespace descent::sampling
