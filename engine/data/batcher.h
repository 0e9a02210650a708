// SPDX-License-Identifier: MIT
// Batcher: the order in which a training run sees its examples. Each epoch is a fresh Fisher–Yates permutation of
// [0, count) drawn from (seed, epoch) alone, so any (epoch, position) can be entered directly and goes on as if it had
// been reached step by step. The last batch of an epoch is what is left, never merged into the next epoch; the batch
// size may differ from call to call. No allocation after construction.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace descent::data {

class Batcher {
 public:
  // count: examples, 1 … 2^32 - 1.
  Batcher(std::int64_t count, std::uint64_t seed);

  struct Batch {
    std::span<const std::uint32_t> indices;  // valid until the next call of next() or seek()
    std::int64_t epoch = 0;                  // the epoch these examples belong to
    std::int64_t position = 0;               // examples of that epoch handed out before this batch
    bool last_of_epoch = false;
  };

  // The next min(batch_size, what is left of the epoch) examples. batch_size >= 1.
  Batch next(std::int64_t batch_size);

  // Goes to `position` of `epoch` (epoch >= 0, 0 <= position <= count; count means the start of the next epoch).
  void seek(std::int64_t epoch, std::int64_t position);

  // The place where the next batch begins: position() < count().
  [[nodiscard]] std::int64_t epoch() const { return epoch_; }
  [[nodiscard]] std::int64_t position() const { return position_; }
  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(order_.size()); }
  [[nodiscard]] std::uint64_t seed() const { return seed_; }

  // ceil(count / batch_size): the steps of a whole epoch.
  [[nodiscard]] std::int64_t steps_per_epoch(std::int64_t batch_size) const;

 private:
  void shuffle_for(std::int64_t epoch);

  std::vector<std::uint32_t> order_;
  std::uint64_t seed_;
  std::int64_t epoch_ = 0;
  std::int64_t position_ = 0;
  std::int64_t shuffled_epoch_ = -1;  // the epoch that order_ belongs to
};

}  // namespace descent::data
