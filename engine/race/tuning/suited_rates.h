// SPDX-License-Identifier: MIT
// Suited rates: a learning rate for each optimizer with which it comes down a surface that was just chosen, found in
// some milliseconds by trying: tuning (engine/survey/tuning.h) asks for the lowest loss of all, this for a run that a
// person can follow. Tried are kSuitedRates rates from kSuitedMin to kSuitedMax, evenly spaced on a logarithmic scale,
// each with a run that meets the race's start, noise and schedules and asks for kSuitedSteps gradients at most; all
// runs together ask for kSuitedGradients at most. A run that diverges, leaves the neighbourhood of the domain, leaps or
// is in trouble by the doctor's judgement (doctor.h) is out, and with it the next smaller rate. Of the others the one
// is taken that first comes as low, but for a thousandth of the way, as the best of them does.
#pragma once

#include <cstdint>

#include "engine/race/conditions.h"
#include "engine/race/doctor/doctor.h"
#include "engine/race/tuning/tuning_report.h"
#include "engine/surfaces/surface.h"

namespace descent::race {

inline constexpr int kSuitedRates = 65;  // eight a decade
inline constexpr double kSuitedMin = 1e-7, kSuitedMax = 10;
inline constexpr std::int64_t kSuitedSteps = 200, kSuitedGradients = 40000;

// Gradients of one run where so many optimizers are to be suited.
[[nodiscard]] std::int64_t suited_budget(std::size_t optimizers);

// kept_rate() is what a report says of a runner whose rate stays as it is.
[[nodiscard]] TunedRate kept_rate(const RunnerConfig& runner);

// `runner` and `environment` are checked by the caller; its budget is that of one run. The rate is NaN where no run was
// good.
[[nodiscard]] TunedRate suited_rate(const surfaces::Surface& surface, const SurfaceScale& scale,
                                    const RunnerConfig& runner, const Environment& environment, surfaces::Point start);

}  // namespace descent::race
