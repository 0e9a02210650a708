// SPDX-License-Identifier: MIT
// Kinks: where a formula is not smooth. abs and relu where the argument is 0, min and max where both are equal, sqrt
// and broken powers where the argument is 0, asin and acos where it is ±1, atan2 on the negative half-axis, where it
// jumps. Interval arithmetic over the whole plane (Moore, "Interval Analysis", Prentice-Hall 1966) leaves out those
// that are never reached: √(x² + 1) is smooth; and so is |x|², which the simplified graph computes without |x|. Poles
// are no kinks: there the value is not finite, a hole.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/autodiff/expression.h"

namespace descent::autodiff {

struct Kink {
  std::size_t node = 0;
  std::string_view function;     // "abs"
  std::string sentence;          // "abs(x - 1) has a kink where x - 1 = 0; its slope there is taken as 0."
  bool cancels = false;          // f does without this part: |x|² is x²
  bool exponent_varies = false;  // of a power: below 0 it has a value only here and there, and no slope
};

inline constexpr double kKinkTolerance = 1e-9;  // relative to max(1, size of what is compared)

// Those of every part, also those that cancel. parameters: (expression.parameters().size()).
[[nodiscard]] std::vector<Kink> kinks_of_parts(const Expression& expression, std::span<const double> parameters);
// Those that f has.
[[nodiscard]] std::vector<Kink> kinks_of(const Expression& expression, std::span<const double> parameters);

// at_kink() says whether the formula is at this kink (within `tolerance`) where its nodes have the given values
// (nodes().size()).
[[nodiscard]] bool at_kink(const Kink& kink, const Expression& expression, std::span<const double> values,
                           double tolerance = kKinkTolerance);

}  // namespace descent::autodiff
