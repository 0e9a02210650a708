// SPDX-License-Identifier: MIT
// close() itself: what it accepts and, more to the point, what it rejects: the small numbers that a relative comparison
// with a hidden absolute floor would let through, NaN, infinities of the other sign.
#include "tests/support/close.h"

#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <string>

using descent::testing::close;

TEST_CASE("close accepts what lies within atol + rtol |expected|") {
  CHECK(close(1.0, 1.0, 0, 0));
  CHECK(close(1.0 + 1e-9, 1.0, 1.1e-9, 0));
  CHECK(close(1e-12, 0.0, 0, 1e-12));
  CHECK(close(-5.0, -5.5, 0.1, 0));
  CHECK(close(0.0, -0.0, 0, 0));
}

TEST_CASE("close rejects what lies outside") {
  CHECK_FALSE(close(1.0 + 1e-9, 1.0, 0.9e-9, 0));
  CHECK_FALSE(close(1e-5, 0.0, 1e-3, 0));  // nothing is close to 0 relatively
  CHECK_FALSE(close(1e-6, -1e-6, 1e-3, 0));
  CHECK_FALSE(close(1e-300, 2e-300, 0.1, 0));
  CHECK_FALSE(close(1.0, 1.0 + 1e-15, 0, 0));
}

TEST_CASE("NaN is close to nothing, infinities only to themselves") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK_FALSE(close(nan, nan, 1, 1));
  CHECK_FALSE(close(nan, 1.0, 1, 1));
  CHECK_FALSE(close(1.0, nan, 1, 1));
  CHECK(close(infinity, infinity, 0, 0));
  CHECK(close(-infinity, -infinity, 0, 0));
  CHECK_FALSE(close(infinity, -infinity, 1, 1));
  CHECK_FALSE(close(1.0, infinity, 1, 1));
  CHECK_FALSE(close(infinity, 1.0, 1, 1));
}

TEST_CASE("arrays: sizes count, every element counts, the text says which") {
  const std::array<float, 3> a{1, 2, 3};
  const std::array<double, 3> b{1, 2, 3.5};
  CHECK(close(std::span(a), std::span(a), 0, 0));
  const auto verdict = close(std::span(a), std::span(b), 1e-3, 0);
  CHECK_FALSE(verdict);
  CHECK(verdict.text.starts_with("2: 3 vs expected 3.5: differs by 0.5"));
  CHECK_FALSE(close(std::span(a), std::span(b).first(2), 1, 1));
}
