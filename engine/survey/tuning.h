// SPDX-License-Identifier: MIT
// Tuning: the best learning rate of each optimizer of a race, by a sweep under a stated budget: kTuningRates rates from
// kTuningMin to kTuningMax, evenly spaced on a logarithmic scale, the same for every optimizer; each run may ask for
// `budget` gradients and meets the race's start, noise and schedules. The best rate has the lowest loss after its run;
// among equal ones the smallest; diverged runs do not count. The report says what was found and what it cost.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/race/race.h"
#include "engine/survey/sweep.h"

namespace descent::survey {

inline constexpr int kTuningRates = 121;  // twenty a decade; the tab Rates tries the same ones
inline constexpr double kTuningMin = 1e-5;
inline constexpr double kTuningMax = 10;

// Gradients of one run when none are asked for: the race's own budget, or as many as its schedules are laid out for.
[[nodiscard]] std::int64_t tuning_budget(const race::RaceConfig& race);

// The sweep that tunes `race`. budget 0: tuning_budget.
[[nodiscard]] core::Result<RateSweepConfig> tuning_sweep(const race::RaceConfig& race, std::int64_t budget);

// tuning_report() says what a complete sweep found.
[[nodiscard]] race::TuningReport tuning_report(const RateSweepSnapshot& sweep);

}  // namespace descent::survey
