// SPDX-License-Identifier: MIT
// TiledJob: a long computation cut into tiles that any thread may run in any order, and whose results are taken in the
// order of the tiles by one thread: what comes out is the same for any number of threads and any length of a slice.
// advance() does a slice of a few milliseconds, so that a new configuration waits for nothing longer than a tile.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/parallel/thread_pool.h"

namespace descent::survey {

class TiledJob {
 public:
  virtual ~TiledJob() = default;

  [[nodiscard]] bool busy() const { return next_ < tiles_; }
  // Changes whenever a snapshot would differ.
  [[nodiscard]] std::uint64_t progress() const { return progress_; }
  void advance(parallel::ThreadPool& pool);
  void cancel();  // what is done stays
  [[nodiscard]] bool cancelled() const { return cancelled_; }

 protected:
  static constexpr std::size_t kSlotsPerThread = 4;

  // `tiles` tiles from the first one on.
  void begin(std::size_t tiles);
  void touch() { ++progress_; }

  // Makes room for the results of `slots` tiles at a time and for `threads` threads; before the first tile.
  virtual void prepare(std::size_t slots, int threads) = 0;
  // Any thread; `slot` is where the result goes.
  virtual void run_tile(std::size_t tile, std::size_t slot, int worker) = 0;
  // One thread, in order.
  virtual void take_tile(std::size_t tile, std::size_t slot) = 0;
  // finish() is called after the last tile.
  virtual void finish() {}

 private:
  std::size_t tiles_ = 0;
  std::size_t next_ = 0;
  bool prepared_ = false;
  bool cancelled_ = false;
  std::uint64_t progress_ = 0;
};

}  // namespace descent::survey
