// SPDX-License-Identifier: MIT
// How many steps make a survey say something, for whoever has asked for no number: found by trying, within a stated
// budget. A map of basins wants fewer than kMostMoving of its starts still on their way; a sweep wants each optimizer's
// best rate to have arrived. Where no number of steps does that, the smallest one is taken that does about as much as
// the largest.
#pragma once

#include <array>
#include <cstdint>

#include "engine/core/result.h"
#include "engine/parallel/thread_pool.h"
#include "engine/survey/basins.h"
#include "engine/survey/sweep.h"

namespace descent::survey {

inline constexpr std::array<std::int64_t, 6> kStepChoices{100, 200, 500, 1000, 2000, 5000};
inline constexpr double kMostMoving = 0.05;                  // of the starts
inline constexpr std::int64_t kMostBasinWork = 600'000'000;  // steps of all starts of a map
inline constexpr int kTriedStarts = 16;                      // along each axis
inline constexpr int kTriedRates = 31;

// `steps` of the configuration does not count, all else is as in the survey. Takes some ten milliseconds.
[[nodiscard]] core::Result<std::int64_t> chosen_steps(BasinConfig config, parallel::ThreadPool& pool);
[[nodiscard]] core::Result<std::int64_t> chosen_steps(RateSweepConfig config, parallel::ThreadPool& pool);

}  // namespace descent::survey
