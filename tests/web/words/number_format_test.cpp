// SPDX-License-Identifier: MIT
// Ticks, coordinates, shares and names as they are shown.
#include "web/model/words/number_format.h"

#include <doctest/doctest.h>

#include <cmath>

using descent::web::coordinate_text;
using descent::web::display_name;
using descent::web::percent;
using descent::web::shared_exponent;
using descent::web::tick_label;

TEST_CASE("ticks") {
  CHECK(tick_label(0.30000000000000004, 0.1) == "0.3");
  CHECK(tick_label(-1e-17, 0.5) == "0.0");
  CHECK(tick_label(-0.0049, 0.01) == "0.00");
  CHECK(tick_label(-0.0051, 0.01) == "−0.01");
  CHECK(tick_label(-0.25, 0.05) == "−0.25");
  CHECK(tick_label(2000, 500) == "2000");
  CHECK(tick_label(2.5e6, 5e5) == "2.5×10⁶");
  CHECK(tick_label(-1.000002, 1e-6) == "−1.000002");
  CHECK(tick_label(1 + 3e-9, 1e-9) == "1.000000003");
  CHECK(tick_label(-1e-17, 1e-6) == "0");
}

TEST_CASE("numbers side by side share a power of ten") {
  CHECK(shared_exponent(0.000194) == -4);
  CHECK(shared_exponent(0.0323) == -2);
  for (const double largest : {0.1, 1.0, 99.9, 0.0, -1.0, std::nan(""), HUGE_VAL}) CHECK(shared_exponent(largest) == 0);
  CHECK(shared_exponent(123456) == 5);
}

TEST_CASE("coordinates take seven characters at most") {
  CHECK(coordinate_text(-1.2) == "−1.2000");
  CHECK(coordinate_text(9.99994) == "9.9999");
  CHECK(coordinate_text(9.99996) == "10.000");
  CHECK(coordinate_text(-398.858) == "−398.86");
  CHECK(coordinate_text(283.3996) == "283.40");
  CHECK(coordinate_text(-9999.94) == "−9999.9");
  CHECK(coordinate_text(-99999.4) == "−99999");
  CHECK(coordinate_text(123456.7) == "123457");
  CHECK(coordinate_text(-2.52e6) == "−2.5×10⁶");
  for (double x = 0.3; x < 9e4; x *= 1.7) CHECK(coordinate_text(x).size() <= 6);
}

TEST_CASE("shares in percent are whole, or keep a decimal below ten") {
  CHECK(percent(0) == "0 %");
  CHECK(percent(0.0099) == "<1 %");
  CHECK(percent(0.034) == "3 %");
  CHECK(percent(1) == "100 %");
  CHECK(percent(0.0003, 1) == "0 %");
  CHECK(percent(0.034, 1) == "3.4 %");
  CHECK(percent(0.0996, 1) == "10 %");
  CHECK(percent(0.566, 1) == "57 %");
}

TEST_CASE("names for people") {
  CHECK(display_name("learning_rate") == "learning rate");
}
