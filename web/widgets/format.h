// SPDX-License-Identifier: MIT
// Numbers as people read them: true minus signs, powers of ten with superscripts, tabular figures come from the font.
#pragma once

#include <string>
#include <string_view>

namespace descent::web::widgets {

// "0.001", "−1.2", "3×10⁻⁸": at most `digits` significant digits.
[[nodiscard]] std::string display_number(double value, int digits = 4);
// "10⁻³"
[[nodiscard]] std::string power_of_ten(int exponent);
// With as many decimals as ticks `step` apart need.
[[nodiscard]] std::string tick_label(double value, double step);
// "learning_rate" -> "learning rate"
[[nodiscard]] std::string display_name(std::string_view name);

}  // namespace descent::web::widgets
