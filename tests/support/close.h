// SPDX-License-Identifier: MIT
// close(actual, expected, rtol, atol): true when |actual − expected| <= atol + rtol |expected|. Both tolerances are
// said at every use; nothing is added to them. NaN is close to nothing; infinities are close only to themselves. When a
// CHECK fails, doctest prints both numbers, the difference and what was allowed.
#pragma once

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <span>
#include <string>

namespace descent::testing {

struct Closeness {
  bool ok = false;
  std::string text;

  explicit operator bool() const { return ok; }
  friend doctest::String toString(const Closeness& closeness) { return closeness.text.c_str(); }
};

inline Closeness close(double actual, double expected, double rtol, double atol) {
  const double difference = std::abs(actual - expected);
  const double allowed = atol + rtol * std::abs(expected);
  const bool ok = std::isinf(expected) ? actual == expected : difference <= allowed;
  char text[200];
  std::snprintf(text, sizeof text, "%.17g vs expected %.17g: differs by %.3g, allowed %.3g", actual, expected,
                difference, allowed);
  return {ok, text};
}

// Element by element, the same tolerances for each; the text names the first that fails.
template <class A, std::size_t N, class B, std::size_t M>
Closeness close(std::span<A, N> actual, std::span<B, M> expected, double rtol, double atol) {
  if (actual.size() != expected.size())
    return {false, std::to_string(actual.size()) + " elements vs expected " + std::to_string(expected.size())};
  Closeness result{true, "all close"};
  for (std::size_t i = 0; i < actual.size(); ++i) {
    Closeness one = close(static_cast<double>(actual[i]), static_cast<double>(expected[i]), rtol, atol);
    if (!one.ok) {
      one.text.insert(0, std::to_string(i) + ": ");
      return one;
    }
  }
  return result;
}

}  // namespace descent::testing
