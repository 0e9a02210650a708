// SPDX-License-Identifier: MIT
// Numbers and names as the page shows them; tabular figures come from the font.
#pragma once

#include <string>
#include <string_view>

#include "engine/core/number_text.h"

namespace descent::web {

using core::display_number;
using core::power_of_ten;
// The value with as many digits as ticks `step` apart need.
[[nodiscard]] std::string tick_label(double value, double step);
// shared_exponent() is the power of ten in whose units several numbers are short; 0 for numbers that are so by
// themselves. largest: of their absolute values.
[[nodiscard]] int shared_exponent(double largest);
// A coordinate of a point has four decimals, so that the digits of a moving one stand still, and fewer in large
// numbers: at most seven characters, but for powers of ten.
[[nodiscard]] std::string coordinate_text(double value);
// A share of one in percent, rounded to whole ones: "56 %", and "<1 %" for what is less and yet not nothing. With
// `decimals`, so many of a number below ten in place of that: "3.4 %".
[[nodiscard]] std::string percent(double share, int decimals = 0);
// `value` to three significant digits, for numbers that come from a place in a picture.
[[nodiscard]] double rounded_number(double value);
// f above the value `base` of its minimum, as an axis calls it: "f", "f − 2", "f + 78.332"; "f above its minimum" where
// the base is as good as 0 beside the heights that the axis shows (`height`), and its digits are rounding.
[[nodiscard]] std::string above_words(double base, double height, int digits);
// The name as people read it: "learning_rate" -> "learning rate", "start.x" -> "start x".
[[nodiscard]] std::string display_name(std::string_view name);

}  // namespace descent::web
