// SPDX-License-Identifier: MIT
// Numbers as they are shown.
#include "web/widgets/format.h"

#include <doctest/doctest.h>

#include <limits>

using descent::web::widgets::display_name;
using descent::web::widgets::display_number;
using descent::web::widgets::power_of_ten;
using descent::web::widgets::tick_label;

TEST_CASE("numbers of everyday size are plain") {
  CHECK(display_number(0) == "0");
  CHECK(display_number(-1.2) == "−1.2");
  CHECK(display_number(0.001) == "0.001");
  CHECK(display_number(24.2) == "24.2");
  CHECK(display_number(123456) == "123456");
}

TEST_CASE("very small and very large numbers have a power of ten") {
  CHECK(display_number(1e-8) == "10⁻⁸");
  CHECK(display_number(-3e-8) == "−3×10⁻⁸");
  CHECK(display_number(6.02e23) == "6.02×10²³");
}

TEST_CASE("what is no number is shown as such") {
  CHECK(display_number(std::numeric_limits<double>::quiet_NaN()) == "–");
  CHECK(display_number(-std::numeric_limits<double>::infinity()) == "−∞");
}

TEST_CASE("powers and ticks") {
  CHECK(power_of_ten(-3) == "10⁻³");
  CHECK(power_of_ten(0) == "1");
  CHECK(tick_label(0.30000000000000004, 0.1) == "0.3");
  CHECK(tick_label(-1e-17, 0.5) == "0.0");
  CHECK(tick_label(-0.0049, 0.01) == "0.00");
  CHECK(tick_label(-0.0051, 0.01) == "−0.01");
  CHECK(tick_label(2000, 500) == "2000");
}

TEST_CASE("names for people") {
  CHECK(display_name("learning_rate") == "learning rate");
}
