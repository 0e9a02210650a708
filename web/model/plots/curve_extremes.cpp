// SPDX-License-Identifier: MIT
#include "web/model/plots/curve_extremes.h"

#include <algorithm>
#include <cmath>

#include "engine/core/check.h"

namespace descent::web {
namespace {

constexpr std::size_t kBlock = 8;  // blocks of one level in a block of the next

}  // namespace

void CurveExtremes::Range::add(double value) {
  if (std::isfinite(value)) {
    low = std::min(low, value);
    high = std::max(high, value);
  } else {
    finite = false;
  }
}

void CurveExtremes::Range::add(const Range& other) {
  low = std::min(low, other.low);
  high = std::max(high, other.high);
  finite = finite && other.finite;
}

void CurveExtremes::clear() {
  values_.clear();
  blocks_.clear();
}

void CurveExtremes::push_back(double value) {
  std::size_t block = values_.size();
  values_.push_back(value);
  for (std::size_t level = 0;; ++level) {
    block /= kBlock;
    if (level == blocks_.size()) {
      // The first block of a new level holds all there is.
      Range all;
      if (level == 0) all.add(value);
      if (level > 0)
        for (const Range& lower : blocks_[level - 1]) all.add(lower);
      blocks_.push_back({all});
      return;
    }
    std::vector<Range>& ranges = blocks_[level];
    if (block == ranges.size()) ranges.emplace_back();
    ranges[block].add(value);
    if (ranges.size() == 1) return;
  }
}

CurveExtremes::Range CurveExtremes::over(std::size_t first, std::size_t last) const {
  DESCENT_ASSERT(last <= values_.size());
  Range range;
  // `first` and `last` count values, then blocks of one level after the other.
  for (std::size_t level = 0; first < last; ++level) {
    const auto add = [&](std::size_t i) { level == 0 ? range.add(values_[i]) : range.add(blocks_[level - 1][i]); };
    const bool topmost = level == blocks_.size();
    while (first < last && (topmost || first % kBlock != 0)) add(first++);
    while (first < last && last % kBlock != 0) add(--last);
    first /= kBlock;
    last /= kBlock;
  }
  return range;
}

}  // namespace descent::web
