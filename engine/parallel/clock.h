// SPDX-License-Identifier: MIT
// Monotonic time in seconds, for pacing and throughput; never part of a result.
#pragma once

#include <chrono>

namespace descent::parallel {

[[nodiscard]] inline double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace descent::parallel
