// SPDX-License-Identifier: MIT
#include "engine/survey/chosen_steps.h"

#include <algorithm>
#include <cmath>

namespace descent::survey {
namespace {

constexpr double kAsGood = 0.02;    // of the starts: fewer are not worth more steps
constexpr double kTriedRoom = 1.5;  // the best of all rates is a little slower to arrive than the best of those tried
constexpr std::int64_t kUnguided = 200;  // steps of a sweep without anything to arrive at

void run(TiledJob& job, parallel::ThreadPool& pool) {
  while (job.busy()) job.advance(pool);
}

// The share of starts with a value that are still on their way.
double moving_share(const BasinSnapshot& map) {
  std::size_t moving = 0, defined = 0;
  for (const std::uint8_t basin : map.basins) {
    moving += basin == kBasinUnfinished ? 1 : 0;
    defined += basin != kBasinUndefined ? 1 : 0;
  }
  return defined == 0 ? 0 : static_cast<double>(moving) / static_cast<double>(defined);
}

}  // namespace

core::Result<std::int64_t> chosen_steps(BasinConfig config, parallel::ThreadPool& pool) {
  const std::int64_t cells = std::int64_t{config.width} * config.height;
  config.width = config.height = kTriedStarts;
  std::array<double, kStepChoices.size()> shares{};
  std::size_t tried = 0;
  for (; tried < kStepChoices.size(); ++tried) {
    config.steps = kStepChoices[tried];
    if (tried > 0 && config.steps * cells > kMostBasinWork) break;
    BasinMap map;
    if (core::Status status = map.configure(config); !status.ok()) return status.error();
    run(map, pool);
    shares[tried] = moving_share(map.result());
    if (shares[tried] < kMostMoving) return config.steps;
  }
  std::size_t first = 0;
  while (shares[first] > shares[tried - 1] + kAsGood) ++first;
  return kStepChoices[first];
}

core::Result<std::int64_t> chosen_steps(RateSweepConfig config, parallel::ThreadPool& pool) {
  config.count = kTriedRates;
  config.steps = kStepChoices.back();
  RateSweep sweep;
  if (core::Status status = sweep.configure(config); !status.ok()) return status.error();
  if (!std::isfinite(sweep.result().target)) return kUnguided;
  run(sweep, pool);
  double wanted = 0;
  for (const RateCurve& curve : sweep.result().curves) {
    std::int64_t best = -1;
    for (const std::int32_t steps : curve.steps_to)
      if (steps >= 0 && (best < 0 || steps < best)) best = steps;
    if (best >= 0) wanted = std::max(wanted, kTriedRoom * static_cast<double>(best));
  }
  for (const std::int64_t steps : kStepChoices)
    if (wanted <= static_cast<double>(steps)) return wanted > 0 ? steps : kUnguided;
  return kStepChoices.back();
}

}  // namespace descent::survey
