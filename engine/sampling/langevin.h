// SPDX-License-Identifier: MIT
// Langevin: chains that wander over a surface at temperature T and visit points with Boltzmann's density exp(−f/T)/Z,
// in the limit. A step proposes  y = x − η∇f(x) + √(2ηT) ξ,  ξ standard normal; at T = 0 that is gradient descent.
//   ula   takes every proposal (the unadjusted Langevin algorithm; SGLD where ∇f carries noise). Simple and biased: on
//         a quadratic with curvature λ its variance is T/(λ(1 − ηλ/2)) instead of T/λ, and above η = 2/λ it diverges.
//   mala  accepts it with probability min(1, exp(a)),
//         a = (f(x) − f(y))/T + (‖y − x + η∇f(x)‖² − ‖x − y + η∇f(y)‖²)/(4ηT), and stays otherwise: unbiased
//         for every η.
// References: Roberts & Tweedie, "Exponential convergence of Langevin distributions and their discrete approximations",
// Bernoulli 2 (1996), 341–363 (both); Welling & Teh, "Bayesian learning via stochastic gradient Langevin dynamics",
// ICML 2011 (SGLD). Every chain has a generator of its own, so chains do not depend on their number.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/rng.h"
#include "engine/surfaces/surface.h"

namespace descent::sampling {

enum class SamplingMethod { ula, mala };
[[nodiscard]] std::string_view to_string(SamplingMethod method);

struct LangevinStep {
  SamplingMethod method = SamplingMethod::ula;
  double temperature = 1;
  double learning_rate = 0.01;
};

class Langevin {
 public:
  // `surface` must outlive this; its value and gradient at the start are finite. chains >= 1.
  Langevin(const surfaces::Surface& surface, surfaces::Point start, int chains, std::uint64_t seed);
  // A chain from each of these points, at least one.
  Langevin(const surfaces::Surface& surface, std::span<const surfaces::Point> starts, std::uint64_t seed);

  void step(const LangevinStep& how);

  [[nodiscard]] std::span<const double> x() const { return x_; }  // (chains)
  [[nodiscard]] std::span<const double> y() const { return y_; }  // (chains)
  // False for a chain that has left the finite world or the surface's neighbourhood: it stays at its last point.
  [[nodiscard]] bool alive(std::size_t chain) const { return alive_[chain] != 0; }
  [[nodiscard]] std::size_t lost() const { return lost_; }
  [[nodiscard]] std::uint64_t proposed() const { return proposed_; }  // over all chains and steps
  [[nodiscard]] std::uint64_t accepted() const { return accepted_; }

 private:
  void propose(const LangevinStep& how);
  [[nodiscard]] bool accepts(std::size_t chain, const LangevinStep& how);
  [[nodiscard]] bool in_the_world(std::size_t chain) const;

  const surfaces::Surface& surface_;
  double limit_;  // of coordinates
  std::vector<core::Rng> generators_;
  std::vector<std::uint8_t> alive_;
  std::vector<double> x_, y_, f_, fx_, fy_;             // (chains) points with values and gradients
  std::vector<double> nx_, ny_, nf_, nfx_, nfy_, xi2_;  // (chains) proposals, and ‖ξ‖² of each
  std::size_t lost_ = 0;
  std::uint64_t proposed_ = 0;
  std::uint64_t accepted_ = 0;
};

}  // namespace descent::sampling
