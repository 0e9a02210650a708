// SPDX-License-Identifier: MIT
// KeptRuns: what became of the runs of the visit that made steps: their configuration and curves, to be compared with
// the present run. When the memory for them is full the oldest that nobody has pinned go first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/training/trainer.h"

namespace descent::training {

inline constexpr std::int64_t kKeptRunBytes = 8'000'000;
inline constexpr std::size_t kMostKeptRuns = 64;

class KeptRuns {
 public:
  using Pointer = std::shared_ptr<const KeptRun>;

  [[nodiscard]] const std::vector<Pointer>& all() const { return runs_; }  // the oldest first
  [[nodiscard]] std::int64_t bytes() const;
  [[nodiscard]] std::int64_t gone() const { return gone_; }  // how many had to make room
  // The same run takes its former place.
  void add(KeptRun run);
  // The pinned flag of a run; false when there is no such run.
  bool pin(std::uint64_t id, bool on);
  bool remove(std::uint64_t id);

 private:
  std::vector<Pointer> runs_;
  std::int64_t gone_ = 0;
};

}  // namespace descent::training
