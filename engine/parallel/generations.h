// SPDX-License-Identifier: MIT
// Bringing reused snapshots up to date: growing histories are copied from where the snapshot's copy ends, so publishing
// costs what is new and not what is old. A Generations log tells how much of an older snapshot is still true after the
// history was cut back; its identities are unique within one core, so a snapshot of something else never matches.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "engine/core/memory.h"

namespace descent::parallel {

inline constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

class Generations {
 public:
  explicit Generations(std::uint64_t identity) : identity_(identity) {}

  [[nodiscard]] std::uint64_t identity() const { return identity_; }

  // Items [0, kept) stay as they were, all after them may differ; `identity` is new.
  void rewritten_from(std::size_t kept, std::uint64_t identity) {
    if (cuts_.size() == kRemembered) cuts_.erase(cuts_.begin());
    cuts_.push_back({identity_, kept});
    identity_ = identity;
  }

  // common() counts the leading items that a copy made under `identity` may still share with the history.
  [[nodiscard]] std::size_t common(std::uint64_t identity) const {
    std::size_t kept = kAll;
    if (identity == identity_) return kept;
    for (auto cut = cuts_.rbegin(); cut != cuts_.rend(); ++cut) {
      kept = std::min(kept, cut->kept);
      if (cut->identity == identity) return kept;
    }
    return 0;
  }

 private:
  struct Cut {
    std::uint64_t identity;  // until this cut
    std::size_t kept;
  };
  static constexpr std::size_t kRemembered = 32;  // older snapshots are copied afresh

  std::uint64_t identity_;
  std::vector<Cut> cuts_;  // oldest first
};

// Makes `copy` equal to `source`, given that their first `common` items are equal already.
template <class T>
void catch_up(std::span<const T> source, std::vector<T>& copy, std::size_t common) {
  copy.resize(std::min({common, copy.size(), source.size()}));
  core::reserve_growing(copy, source.size());
  copy.insert(copy.end(), source.begin() + static_cast<std::ptrdiff_t>(copy.size()), source.end());
}
template <class T>
void catch_up(const std::vector<T>& source, std::vector<T>& copy, std::size_t common) {
  catch_up(std::span<const T>(source), copy, common);
}

}  // namespace descent::parallel
