// SPDX-License-Identifier: MIT
// Room that an evaluation may take on the stack.
#pragma once

#include <cstddef>

#include "engine/autodiff/expression.h"

namespace descent::autodiff {

inline constexpr std::size_t kMaxRegisters = kMaxExpressionNodes + 2;  // and the coordinates
inline constexpr std::size_t kBlockPoints = 64;                        // most points in a block
inline constexpr std::size_t kBlockDoubles = 6 * kMaxRegisters;        // a block of 2 points fits always

}  // namespace descent::autodiff
