// SPDX-License-Identifier: MIT
// Time of short calls on a machine that does other things too: the best of many samples, each long enough for a clock
// of a few microseconds and short enough to fall between two disturbances. Samples of a case on several threads begin
// and end together: ThreadPool::run is the barrier.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

#include "engine/parallel/clock.h"
#include "engine/parallel/thread_pool.h"

namespace descent::bench {

using Call = std::function<void()>;

inline constexpr double kSecondsSample = 0.001;
inline constexpr int kMinSamples = 5;

// Each thread makes the same number of its own call. All wait for each other at the start: no thread takes two shares,
// and waking up does not count.
inline double sample_seconds(const std::vector<Call>& calls, int repeats, parallel::ThreadPool& pool) {
  std::atomic<std::size_t> waiting{calls.size()};
  std::vector<double> began(calls.size());
  const auto share = [&](int task, int) {
    const auto index = static_cast<std::size_t>(task);
    waiting.fetch_sub(1);
    while (waiting.load() != 0) std::this_thread::yield();
    began[index] = parallel::seconds_now();
    for (int i = 0; i < repeats; ++i) calls[index]();
  };
  if (calls.size() == 1)
    share(0, 0);
  else
    pool.run(static_cast<int>(calls.size()), share);
  return (parallel::seconds_now() - *std::min_element(began.begin(), began.end())) / repeats;
}

// Seconds in which every thread makes one of its calls: the best of the samples that fit into `budget` seconds,
// kMinSamples at least. A browser's clock is coarse and stands still for short calls, so a sample makes as many calls
// as last kSecondsSample. calls.size(): 1 (run by the caller) or pool.threads().
inline double best_seconds(const std::vector<Call>& calls, double budget, parallel::ThreadPool& pool) {
  const double end = parallel::seconds_now() + budget;
  int repeats = 1;
  double best = sample_seconds(calls, repeats, pool);
  while (best * repeats < kSecondsSample) {
    repeats *= 2;
    best = sample_seconds(calls, repeats, pool);
  }
  for (int samples = 0; samples < kMinSamples || parallel::seconds_now() < end; ++samples) {
    best = std::min(best, sample_seconds(calls, repeats, pool));
    repeats = std::max(1, static_cast<int>(kSecondsSample / best));
  }
  return best;
}

}  // namespace descent::bench
