// SPDX-License-Identifier: MIT
// Lists of non-zeros are made of these entries; see sparse_sum.h.
#pragma once

#include <cstdint>

namespace descent::kernels {

inline constexpr int kLanes = 4;        // of a 128-bit vector of floats
inline constexpr int kSumVectors = 12;  // a sum may hold in registers

// A value and what it multiplies.
struct SparseEntry {
  std::int32_t where;  // elements from the base that goes with the list
  float value;
};

}  // namespace descent::kernels
