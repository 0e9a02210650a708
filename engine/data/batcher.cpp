// SPDX-License-Identifier: MIT
// Seeded order of examples, see batcher.h. The permutation of the next epoch is drawn when its first batch is asked
// for, so the span of an epoch's last batch stays valid until then.
#include "engine/data/batcher.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "engine/core/check.h"
#include "engine/core/rng.h"

namespace descent::data {

namespace {

// Keeps the shuffling apart from other uses of the same seed; epochs count upwards from here.
constexpr std::uint64_t kShuffleStream = 0x5348554646ULL << 20;

}  // namespace

Batcher::Batcher(std::int64_t count, std::uint64_t seed) : seed_(seed) {
  DESCENT_ASSERT(count >= 1 && count <= std::numeric_limits<std::uint32_t>::max());
  order_.resize(static_cast<std::size_t>(count));
}

Batcher::Batch Batcher::next(std::int64_t batch_size) {
  DESCENT_ASSERT(batch_size >= 1);
  if (shuffled_epoch_ != epoch_) shuffle_for(epoch_);
  Batch batch;
  const std::int64_t size = std::min(batch_size, count() - position_);
  batch.indices = std::span<const std::uint32_t>(order_).subspan(static_cast<std::size_t>(position_),
                                                                 static_cast<std::size_t>(size));
  batch.epoch = epoch_;
  batch.position = position_;
  batch.last_of_epoch = position_ + size == count();
  seek(epoch_, position_ + size);
  return batch;
}

void Batcher::seek(std::int64_t epoch, std::int64_t position) {
  DESCENT_ASSERT(epoch >= 0);
  DESCENT_ASSERT(position >= 0 && position <= count());
  const bool at_end = position == count();
  epoch_ = at_end ? epoch + 1 : epoch;
  position_ = at_end ? 0 : position;
}

std::int64_t Batcher::steps_per_epoch(std::int64_t batch_size) const {
  DESCENT_ASSERT(batch_size >= 1);
  return (count() - 1) / batch_size + 1;
}

void Batcher::shuffle_for(std::int64_t epoch) {
  std::iota(order_.begin(), order_.end(), std::uint32_t{0});
  core::Rng rng(seed_, kShuffleStream + static_cast<std::uint64_t>(epoch));
  rng.shuffle(std::span(order_));
  shuffled_epoch_ = epoch;
}

}  // namespace descent::data
