// SPDX-License-Identifier: MIT
// Gradient noise: Gaussian, independent in every coordinate, with standard deviation σ, as a stand-in for the noise of
// mini-batches (by the central limit theorem σ falls like 1/√batch). It is counter-based: the noise of step t under a
// seed is a pure function of (seed, t), whatever was drawn before, so that going back, branching and runs on several
// threads meet the same noise, and all optimizers of a fair race too. Each step draws from a generator of its own,
// keyed by SplitMix64 from seed and t (core/rng.h); after Salmon et al., "Parallel random numbers: as easy as 1, 2,
// 3", SC 2011, for the idea of counters.
#pragma once

#include <cstdint>
#include <span>

#include "engine/core/rng.h"

namespace descent::optim {

class GradientNoise {
 public:
  // sigma >= 0; 0 adds nothing, not even a rounding.
  explicit GradientNoise(std::uint64_t seed, double sigma) : key_(core::Rng(seed, kStream).next()), sigma_(sigma) {}

  [[nodiscard]] double sigma() const { return sigma_; }

  // gradient: (n), the exact one; becomes gradient + σ ξ(seed, t) with ξ standard normal.
  void add(std::int64_t t, std::span<double> gradient) const {
    if (sigma_ == 0) return;
    core::Rng rng(key_, static_cast<std::uint64_t>(t));
    for (double& component : gradient) component += sigma_ * rng.normal();
  }

 private:
  static constexpr std::uint64_t kStream = 0x6E6F697365;  // "noise"

  std::uint64_t key_;
  double sigma_;
};

// noise: (n), written with σ ξ(seed, t): what GradientNoise(seed, sigma).add(t, …) adds.
inline void gradient_noise(std::uint64_t seed, std::int64_t t, double sigma, std::span<double> noise) {
  for (double& component : noise) component = 0;
  GradientNoise(seed, sigma).add(t, noise);
}

}  // namespace descent::optim
