// SPDX-License-Identifier: MIT
// Numbers as people read them.
#include "engine/core/number_text.h"

#include <doctest/doctest.h>

#include <limits>

using descent::core::counted;
using descent::core::display_number;
using descent::core::power_of_ten;

TEST_CASE("numbers of everyday size are plain") {
  CHECK(display_number(0) == "0");
  CHECK(display_number(-0.0) == "0");
  CHECK(display_number(-1.2) == "−1.2");
  CHECK(display_number(0.001) == "0.001");
  CHECK(display_number(24.2) == "24.2");
  CHECK(display_number(1.0 / 9, 3) == "0.111");
  CHECK(display_number(123456) == "123456");
}

TEST_CASE("whole numbers below a million are not rounded to the digits asked for") {
  CHECK(display_number(1234, 3) == "1234");
  CHECK(display_number(45678, 2) == "45678");
  CHECK(display_number(1234.5678, 3) == "1235");
  CHECK(display_number(123.4567, 3) == "123");
  CHECK(display_number(999.96, 3) == "1000");
}

TEST_CASE("very small and very large numbers have a power of ten") {
  CHECK(display_number(1e-8) == "10⁻⁸");
  CHECK(display_number(6.46e-9, 3) == "6.46×10⁻⁹");
  CHECK(display_number(-3e-8) == "−3×10⁻⁸");
  CHECK(display_number(-1e7) == "−10⁷");
  CHECK(display_number(6.02e23) == "6.02×10²³");
  CHECK(display_number(-1.5e300, 3) == "−1.5×10³⁰⁰");
}

TEST_CASE("what is no number is shown as such") {
  CHECK(display_number(std::numeric_limits<double>::quiet_NaN()) == "–");
  CHECK(display_number(std::numeric_limits<double>::infinity()) == "∞");
  CHECK(display_number(-std::numeric_limits<double>::infinity()) == "−∞");
}

TEST_CASE("one thing, several things") {
  CHECK(counted(1, "number") == "1 number");
  CHECK(counted(2, "number") == "2 numbers");
  CHECK(counted(0, "byte") == "0 bytes");
  CHECK(counted(21, "image") == "21 images");
}

TEST_CASE("powers of ten") {
  CHECK(power_of_ten(-3) == "10⁻³");
  CHECK(power_of_ten(0) == "1");
  CHECK(power_of_ten(1) == "10");
}
