// SPDX-License-Identifier: MIT
// Bounds of every part of a formula over the whole plane, by interval arithmetic (Moore, "Interval Analysis",
// Prentice-Hall 1966): what a part can never be. Bounds are safe up to rounding and not tight.
#pragma once

#include <limits>
#include <span>

#include "engine/autodiff/expression.h"

namespace descent::autodiff {

struct Interval {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();

  [[nodiscard]] bool contains(double value) const { return low <= value && value <= high; }
};

// Bounds of `node` from those of the nodes before it. A parameter can be anything.
[[nodiscard]] Interval bounds_of(const ExpressionNode& node, std::span<const Interval> before);

}  // namespace descent::autodiff
