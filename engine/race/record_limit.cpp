// SPDX-License-Identifier: MIT
#include "engine/race/record_limit.h"

#include <algorithm>

#include "engine/race/race.h"

namespace descent::race {

std::int64_t most_steps(std::size_t runs, std::size_t bytes_per_step) {
  const auto each = static_cast<std::int64_t>(std::max<std::size_t>(1, runs * bytes_per_step));
  return std::clamp<std::int64_t>(kRecordBytes / each, 1, kMaxRaceSteps);
}

}  // namespace descent::race
