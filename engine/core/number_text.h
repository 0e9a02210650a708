// SPDX-License-Identifier: MIT
// Numbers as people read them, in sentences, on axes and in tables: true minus signs, powers of ten with superscripts,
// the same on every platform. Nothing reads them back: numbers that must go through core::format_number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace descent::core {

// "0.001", "−1.2", "3×10⁻⁸": at most `digits` significant digits, whole numbers below a million in full; "–" when it is
// not a number.
[[nodiscard]] std::string display_number(double value, int digits = 4);
// Three significant digits, for sentences: "0.3", "−0.111", "6.46×10⁻⁹".
[[nodiscard]] inline std::string short_number(double value) {
  return display_number(value, 3);
}
// Digits in groups of three: "100,000".
[[nodiscard]] std::string grouped(std::int64_t value);
// "10⁻³"
[[nodiscard]] std::string power_of_ten(int exponent);
// "1 number", "2 numbers", "0 numbers": of nouns whose plural ends in s.
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view noun);

}  // namespace descent::core
