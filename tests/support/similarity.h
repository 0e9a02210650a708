// SPDX-License-Identifier: MIT
// How alike two pictures are, whatever their brightness.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace descent::testing {

// The cosine of the angle between a and b, of one length: 1 for pictures that differ by a factor only.
inline double cosine(const std::vector<float>& a, const std::vector<float>& b) {
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    aa += static_cast<double>(a[i]) * static_cast<double>(a[i]);
    bb += static_cast<double>(b[i]) * static_cast<double>(b[i]);
  }
  return ab / std::sqrt(aa * bb);
}

}  // namespace descent::testing
