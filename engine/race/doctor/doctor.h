// SPDX-License-Identifier: MIT
// The doctor: says what is wrong with a run where it stands, from its record alone, so that the same step always gets
// the same answer, also after seeking. A healthy run gets none; under noise only divergence and saddles are judged.
//   diverged     the run has ended by diverging; since: divergence.h
//   left_domain  it has ended where f is not defined, beyond an edge: RunStatus::diverged too
//   oscillating  in each of the last kTurns steps the motion along the eigenvector of the largest |curvature| has
//                turned round, and its length does not shrink; or in the last kCircle steps the run came forward by
//                less than a tenth of its way. In both cases the loss above the lowest known value fell by less than
//                a twentieth
//   stalled      the gradient is under a twentieth of the mean slope (the loss above the lowest known value over the
//                domain's extent), the run is not near a minimum (the Hessian is not positive definite, or the minimum
//                of the local model is farther than a hundredth of the extent), and in the last kPlateau steps the loss
//                above the lowest known value fell by under 0.5 %; a warm-up that has hardly begun does not count, nor
//                does passing a saddle
//   saddle       converged with a negative curvature; or one curvature is negative, the stationary point of the local
//                model is within a hundredth of the extent, the gradient still falls and is under 0.5 % of the mean
//                slope, or the run stays: for kRest steps, at no less than a tenth of the learning rate and without
//                noise, the gradient was under a twentieth of the mean slope, and it does not look like being driven
//                away within kTrial steps (saddle.cpp)
// A race that plays freezes runs that oscillate, stall or stay at a saddle (race.h); the doctor itself changes nothing.
// Rates that are offered have been tried: runs with smaller rates (for a stalled run larger ones) from the proposed
// step, kTrial steps long, with the run's own optimizer state, schedule and noise. Offered is the one with the lowest
// loss among those that neither diverge nor oscillate and end lower than they began; where a bound was known, only
// rates within it are tried. At a saddle no rate helps: pushes along the negative curvature are tried, both ways, from
// a thousandth of the extent to a fifth, and the shortest is offered from which the run itself goes on down, by as much
// again as the push, or into a minimum.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/race/race.h"
#include "engine/race/runner.h"
#include "engine/surfaces/surface.h"

namespace descent::race {

inline constexpr std::int64_t kTurns = 12;
inline constexpr std::int64_t kCircle = 60;
inline constexpr std::int64_t kPlateau = 50;
inline constexpr std::int64_t kRest = 50;
inline constexpr std::int64_t kTrial = 100;

// SurfaceScale says what is far and low on a surface.
struct SurfaceScale {
  double extent = 1;  // the larger side of the domain
  double lowest = 0;  // of the known minima and of a grid over the domain; infinite when nothing is finite there
};
[[nodiscard]] SurfaceScale scale_of(const surfaces::Surface& surface);

// examine() makes no proposal. `head`: the local model where the run stands.
[[nodiscard]] Diagnosis examine(const surfaces::Surface& surface, const SurfaceScale& scale, const Runner& run,
                                const surfaces::LocalModel& head);

// Fills in the proposal, by trying rates or pushes out; takes milliseconds.
void propose(const surfaces::Surface& surface, const SurfaceScale& scale, const Runner& run, Diagnosis& diagnosis);

}  // namespace descent::race
