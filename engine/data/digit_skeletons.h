// SPDX-License-Identifier: MIT
// The ways of writing the ten digits: for each way the points that the pen passes, drawn by hand for this project. The
// square is 100 x 100, x to the right, y down. A repeated point is a corner; kPenUp begins a new stroke.
#pragma once

#include <cstddef>
#include <span>

#include "engine/data/pen_path.h"

namespace descent::data {

inline constexpr PenPoint kPenUp{-1000, -1000};
inline constexpr std::size_t kMaxSkeletonPoints = 24;

// The ways of writing `digit` (0 … 9); ways that are written more often occur more than once.
[[nodiscard]] std::span<const std::span<const PenPoint>> digit_skeletons(int digit);

}  // namespace descent::data
