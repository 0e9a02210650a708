// SPDX-License-Identifier: MIT
#include "engine/training/run_checkpoints.h"

#include <utility>

namespace descent::training {

std::int64_t RunCheckpoint::bytes_with(std::size_t values, const Curves& curves) {
  const std::size_t points = curves.train().size() + curves.test().size();
  return static_cast<std::int64_t>(sizeof(RunCheckpoint) + sizeof(float) * values + sizeof(CurvePoint) * points +
                                   sizeof(CurveChange) * curves.changes().size());
}

std::int64_t RunCheckpoints::bytes() const {
  std::int64_t sum = 0;
  for (const Pointer& checkpoint : kept_) sum += checkpoint->bytes();
  return sum;
}

RunCheckpoints::Pointer RunCheckpoints::before(std::int64_t step) const {
  Pointer found;
  for (const Pointer& checkpoint : kept_)
    if (checkpoint->step <= step) found = checkpoint;
  return found;
}

// Only the first is a multiple of every distance, or stays without being one.
void RunCheckpoints::thin(std::int64_t most, std::size_t count) {
  while (kept_.size() > 2 && (kept_.size() > count || bytes() > most)) {
    interval_ *= 2;
    const Pointer first = kept_.front(), newest = kept_.back();
    std::erase_if(kept_, [&](const Pointer& checkpoint) {
      return checkpoint != first && checkpoint != newest && checkpoint->step % interval_ != 0;
    });
  }
}

bool RunCheckpoints::make_room(std::int64_t wanted) {
  if (wanted > kCheckpointBytes / 3) return false;
  thin(kCheckpointBytes - wanted, kMostCheckpoints - 1);
  return bytes() + wanted <= kCheckpointBytes;
}

void RunCheckpoints::add(Pointer checkpoint) {
  if (!kept_.empty() && end() == checkpoint->step) kept_.pop_back();
  kept_.push_back(std::move(checkpoint));
  plan_next();
}

void RunCheckpoints::forget_after(std::int64_t step) {
  if (end() <= step) return;
  std::erase_if(kept_, [step](const Pointer& checkpoint) { return checkpoint->step > step; });
  plan_next();
}

}  // namespace descent::training
