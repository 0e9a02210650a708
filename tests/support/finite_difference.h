// SPDX-License-Identifier: MIT
// Central differences, the yardstick for derivatives: f'(x) ≈ (f(x+h) − f(x−h)) / 2h with h = ε^(1/3) max(1, |x|),
// which balances truncation against rounding (Nocedal & Wright, "Numerical Optimization", 2nd ed., section 8.1).
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

namespace descent::testing {

inline double difference_step(double x) {
  return std::cbrt(std::numeric_limits<double>::epsilon()) * std::max(1.0, std::abs(x));
}

template <class Function>
double central_difference(const Function& f, double x) {
  const double h = difference_step(x);
  const double right = x + h;
  const double left = x - h;
  return (f(right) - f(left)) / (right - left);
}

}  // namespace descent::testing
