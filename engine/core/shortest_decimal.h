// SPDX-License-Identifier: MIT
// The shortest decimal number that reads back as the same double. The standard library's std::to_chars gives the same,
// but brings tables of 115 kB with it, which a visit of the page would have to download.
#pragma once

#include <cstdint>

namespace descent::core {

struct ShortestDecimal {
  std::uint64_t digits = 0;  // no zero at its end
  int exponent = 0;          // the number is digits × 10^exponent
};

// `value` is finite and above 0. Of several numbers equally short, the nearest to the value.
[[nodiscard]] ShortestDecimal shortest_decimal(double value);

}  // namespace descent::core
