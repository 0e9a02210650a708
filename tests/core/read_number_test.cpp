// SPDX-License-Identifier: MIT
// Numbers as they are typed, pasted and read off, against literals of the language.
#include "engine/core/read_number.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

namespace descent::testing {
namespace {

using core::read_number;

TEST_CASE("numbers are read as people write them") {
  constexpr std::pair<std::string_view, double> kNumbers[] = {
      {"1.5", 1.5},
      {" 7 ", 7},
      {"-2e-3", -2e-3},
      {"+.5", 0.5},
      {"1E4", 1e4},
      {"2×10⁻³", 2e-3},
      {"3.1×10⁷", 3.1e7},
      {"10⁻⁸", 1e-8},
      {"−10⁴", -1e4},
      {"4.9×10¹³", 4.9e13},
      {"2·10^-3", 2e-3},
      {"2 * 10^-3", 2e-3},
      {"−0.5", -0.5},
      {"–3", -3},
      {"0,5", 0.5},
      {"1,234.5", 1234.5},
      {"1,234,567", 1234567},
      {"1 234", 1234},
      {"1\u202f234,5", 1234.5},
      {"-1.5×10⁺²", -150},
  };
  for (const auto& [text, value] : kNumbers) {
    CAPTURE(std::string(text));
    CHECK(read_number(text) == value);
  }
}

TEST_CASE("what is no number is refused") {
  for (const std::string_view text : {"", " ", "abc", "1.2.3", "1e", "e5", "0x10", "inf", "nan", "1e999", "10^", "2×",
                                      "210^3", "3⁴", "1-2", "×10³", "2×10⁻", "--1", "½"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(read_number(text).has_value());
  }
}

}  // namespace
}  // namespace descent::testing
