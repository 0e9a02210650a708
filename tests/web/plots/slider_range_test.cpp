// SPDX-License-Identifier: MIT
// Ranges of sliders that follow their value: the ends by hand, the value inside with room on both sides, hard limits.
#include "web/model/plots/slider_range.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace descent;
using web::following_range;
using web::range_end;
using web::with_range;

namespace {

double end_for(double value) {
  return range_end(following_range(value));
}

}  // namespace

TEST_CASE("ends are 1, 2, 5 times a power of ten") {
  CHECK(range_end(0) == 1);
  CHECK(range_end(1) == 2);
  CHECK(range_end(2) == 5);
  CHECK(range_end(3) == 10);
  CHECK(range_end(-1) == 0.5);
  CHECK(range_end(-3) == 0.1);
  CHECK(range_end(8) == 500);
}

TEST_CASE("everyday values share one range, others get one of their size") {
  for (const double value : {0.0, 0.1, 1.0, -3.0, 5.0, -5.0}) CHECK(end_for(value) == 10);
  CHECK(end_for(5.001) == 20);
  CHECK(end_for(100) == 200);
  CHECK(end_for(-100) == 200);
  CHECK(end_for(101) == 500);
  CHECK(end_for(1e6) == 2e6);
  CHECK(end_for(0.05) == 1);
  CHECK(end_for(-0.001) == 0.02);
  CHECK(end_for(std::numeric_limits<double>::infinity()) == 10);
}

TEST_CASE("every value has room on both sides, and no range is out of proportion") {
  for (double value = 1e-12; value < 1e12; value *= 1.07) {
    CAPTURE(value);
    const double end = end_for(value);
    CHECK(end >= 2 * value * (1 - 1e-12));
    CHECK(end <= 100 * value * (1 + 1e-12));
    CHECK(end_for(-value) == end);
  }
}

TEST_CASE("the hard limits hold") {
  const core::ParamSpec signed_spec{.name = "b", .minimum = -1e6, .maximum = 1e6, .doc = "."};
  CHECK(with_range(signed_spec, following_range(100)).slider_minimum == -200);
  CHECK(with_range(signed_spec, following_range(100)).slider_maximum == 200);
  CHECK(with_range(signed_spec, following_range(1e6)).slider_maximum == 1e6);
  const core::ParamSpec positive{.name = "noise", .minimum = 0, .maximum = 1e6, .doc = "."};
  CHECK(with_range(positive, following_range(0)).slider_minimum == 0);
  CHECK(with_range(positive, following_range(0)).slider_maximum == 10);
}
