// SPDX-License-Identifier: MIT
// A temperature and a step size that suit a surface, so that sampling it shows something at once.
//   Temperature: the one at which Boltzmann's density over the domain spreads over kFilledShare of it, measured by the
//   exponential of its entropy in cells. The entropy grows with the temperature, so bisection finds it.
//   Step: the largest of a ladder whose proposals MALA would accept with probability kMalaTarget (for ULA, which takes
//   them all and pays with bias, kUlaTarget), on average over draws from that density; and, at the start, often enough
//   that no chain is stuck there. The best acceptance of MALA in many dimensions is 0.574: Roberts & Rosenthal,
//   "Optimal scaling of discrete approximations to Langevin diffusions", J. R. Statist. Soc. B 60 (1998), 255–268.
// Rounded to two significant digits and to one.
#pragma once

#include "engine/sampling/langevin.h"
#include "engine/surfaces/surface.h"

namespace descent::sampling {

inline constexpr double kFilledShare = 0.1;
inline constexpr double kMalaTarget = 0.6;
inline constexpr double kUlaTarget = 0.95;

struct SamplingFit {
  double temperature = 1;
  double learning_rate = 0.01;
};

// Value and gradient at the start are finite (check_start). A few ten thousand evaluations.
[[nodiscard]] SamplingFit fit_sampling(const surfaces::Surface& surface, surfaces::Point start, SamplingMethod method);

}  // namespace descent::sampling
