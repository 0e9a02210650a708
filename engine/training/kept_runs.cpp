// SPDX-License-Identifier: MIT
#include "engine/training/kept_runs.h"

#include <algorithm>
#include <utility>

namespace descent::training {
namespace {

std::int64_t bytes_of(const KeptRun& run) {
  return static_cast<std::int64_t>(sizeof(KeptRun) +
                                   sizeof(CurvePoint) * (run.train_curve.size() + run.test_curve.size()) +
                                   sizeof(CurveChange) * run.changes.size());
}

}  // namespace

std::int64_t KeptRuns::bytes() const {
  std::int64_t sum = 0;
  for (const Pointer& run : runs_) sum += bytes_of(*run);
  return sum;
}

// The new one stays even where all others are pinned.
void KeptRuns::add(KeptRun run) {
  const std::uint64_t id = run.id;
  auto kept = std::make_shared<const KeptRun>(std::move(run));
  const auto same = std::find_if(runs_.begin(), runs_.end(), [id](const Pointer& one) { return one->id == id; });
  if (same != runs_.end())
    *same = std::move(kept);
  else
    runs_.push_back(std::move(kept));
  while (runs_.size() > kMostKeptRuns || bytes() > kKeptRunBytes) {
    auto oldest =
        std::find_if(runs_.begin(), runs_.end(), [id](const Pointer& one) { return !one->pinned && one->id != id; });
    if (oldest == runs_.end())
      oldest = std::find_if(runs_.begin(), runs_.end(), [id](const Pointer& one) { return one->id != id; });
    if (oldest == runs_.end()) break;
    runs_.erase(oldest);
    ++gone_;
  }
}

bool KeptRuns::pin(std::uint64_t id, bool on) {
  for (Pointer& run : runs_) {
    if (run->id != id) continue;
    KeptRun changed = *run;
    changed.pinned = on;
    run = std::make_shared<const KeptRun>(std::move(changed));
    return true;
  }
  return false;
}

bool KeptRuns::remove(std::uint64_t id) {
  return std::erase_if(runs_, [id](const Pointer& run) { return run->id == id; }) > 0;
}

}  // namespace descent::training
