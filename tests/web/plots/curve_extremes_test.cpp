// SPDX-License-Identifier: MIT
// Lowest and highest values of stretches of a growing curve, against looking at every value.
#include "web/model/plots/curve_extremes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace descent::web::widgets {
namespace {

// Rough, with single values far out.
double wave(std::size_t i) {
  return std::sin(0.37 * static_cast<double>(i)) * (i % 977 == 500 ? 50 : 1);
}

CurveExtremes::Range plain(const CurveExtremes& curve, std::size_t first, std::size_t last) {
  CurveExtremes::Range range;
  for (std::size_t i = first; i < last; ++i) range.add(curve.values()[i]);
  return range;
}

bool equal(const CurveExtremes::Range& a, const CurveExtremes::Range& b) {
  return a.low == b.low && a.high == b.high && a.finite == b.finite;
}

}  // namespace

TEST_CASE("every stretch of a short curve has its own extremes") {
  CurveExtremes curve;
  for (std::size_t n = 1; n <= 150; ++n) {
    curve.push_back(wave(7 * n));
    REQUIRE(curve.size() == n);
    for (std::size_t first = 0; first <= n; ++first) {
      CHECK(equal(curve.over(first, n), plain(curve, first, n)));
      CHECK(equal(curve.over(first / 2, first), plain(curve, first / 2, first)));
    }
  }
}

TEST_CASE("pixel columns of a long curve have their exact extremes, looked at while it grows") {
  constexpr std::size_t kLength = 100000, kColumns = 431;
  CurveExtremes curve;
  for (std::size_t i = 0; i < kLength; ++i) {
    curve.push_back(wave(i));
    if (i % 9973 == 0) CHECK(equal(curve.over(i / 3, i), plain(curve, i / 3, i)));
  }
  std::size_t first = 0, excursions = 0, different = 0;
  for (std::size_t column = 1; column <= kColumns; ++column) {
    const std::size_t last = column * kLength / kColumns;
    const CurveExtremes::Range range = curve.over(first, last);
    CHECK(equal(range, plain(curve, first, last)));
    excursions += std::max(range.high, -range.low) > 1;
    different += !equal(range, curve.over(first, last - 1));
    first = last;
  }
  std::size_t expected = 0;
  for (std::size_t i = 500; i < kLength; i += 977) expected += std::abs(wave(i)) > 1;
  CHECK(expected > 90);
  CHECK(excursions == expected);  // none is lost
  CHECK(different > 0);           // a column without its last value is another one
}

TEST_CASE("values that are not finite are counted out, and said to be there") {
  CurveExtremes curve;
  for (std::size_t i = 0; i < 3000; ++i) curve.push_back(wave(i));
  CHECK(curve.over(0, 3000).finite);
  curve.push_back(std::numeric_limits<double>::infinity());
  curve.push_back(std::numeric_limits<double>::quiet_NaN());
  const CurveExtremes::Range all = curve.over(0, curve.size());
  CHECK_FALSE(all.finite);
  CHECK(all.high == plain(curve, 0, 3000).high);
  CHECK(curve.over(0, 3000).finite);
  const CurveExtremes::Range none = curve.over(3000, 3002);
  CHECK(none.low > none.high);
  curve.clear();
  CHECK(curve.size() == 0);
  curve.push_back(4);
  CHECK(curve.over(0, 1).high == 4);
}

}  // namespace descent::web::widgets
