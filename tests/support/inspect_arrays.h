// SPDX-License-Identifier: MIT
// The arrays behind golden/inspect.json, which names them by formulas (make_inspect.py).
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tests/support/golden.h"

namespace descent::testing {

// Elements `first` … of the array with that number: offset + scale · sin(0.37 i i + 1.7 i + number), rounded to single
// precision.
template <class T>
std::vector<T> formula_array(std::int64_t size, double offset, double scale, int number, std::int64_t first = 0) {
  std::vector<T> values(static_cast<std::size_t>(size));
  for (std::size_t k = 0; k < values.size(); ++k) {
    const double i = static_cast<double>(first) + static_cast<double>(k);
    values[k] = static_cast<T>(static_cast<float>(offset + scale * std::sin(0.37 * i * i + 1.7 * i + number)));
  }
  return values;
}

}  // namespace descent::testing
