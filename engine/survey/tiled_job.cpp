// SPDX-License-Identifier: MIT
#include "engine/survey/tiled_job.h"

#include <algorithm>

#include "engine/parallel/clock.h"

namespace descent::survey {
namespace {

constexpr double kSlice = 0.012;  // seconds

}  // namespace

void TiledJob::begin(std::size_t tiles) {
  tiles_ = tiles;
  next_ = 0;
  prepared_ = false;
  cancelled_ = false;
  touch();
}

void TiledJob::cancel() {
  if (!busy()) return;
  cancelled_ = true;
  next_ = tiles_;
  touch();
}

void TiledJob::advance(parallel::ThreadPool& pool) {
  if (!busy()) return;
  const std::size_t slots = kSlotsPerThread * static_cast<std::size_t>(pool.threads());
  if (!prepared_) prepare(slots, pool.threads());
  prepared_ = true;
  const double begin = parallel::seconds_now();
  while (busy()) {
    const std::size_t first = next_;
    const std::size_t count = std::min(slots, tiles_ - first);
    pool.run(static_cast<int>(count), [this, first](int task, int worker) {
      const auto slot = static_cast<std::size_t>(task);
      run_tile(first + slot, slot, worker);
    });
    for (std::size_t slot = 0; slot < count; ++slot) take_tile(first + slot, slot);
    next_ = first + count;
    touch();
    if (!busy()) finish();
    if (parallel::seconds_now() - begin > kSlice) break;
  }
}

}  // namespace descent::survey
