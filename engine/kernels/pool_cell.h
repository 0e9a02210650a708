// SPDX-License-Identifier: MIT
// ReLU and 2x2 max pooling of four outputs that are still in registers; included by kernel sources only. Branch-free:
// three comparisons say which of the four is the largest (the first one of equals), a fourth whether it is above 0.
// NaN: a sum of the four tells whether one of them is, so that it is not lost in a comparison; a window that holds both
// infinities becomes NaN too.
#pragma once

#include "engine/kernels/f32x4.h"

namespace descent::kernels {
inline namespace DESCENT_FLAVOUR {

// outputs: window positions 0 … 3 (row by row), four channels each. out, winners: four channels of one pooled cell.
DESCENT_INLINE void pool_cell(const F32x4 (&outputs)[4], float* out, std::uint8_t* winners) {
  const auto& [a, b, c, d] = outputs;
  const F32x4 upper = max(b, a), lower = max(d, c);
  const Mask high = lower > upper;
  const F32x4 best = max(lower, upper);
  const Mask low = select(high, d > c, b > a);
  const F32x4 probe = (a + b) + (c + d);
  const Mask alive = best > F32x4::zero();
  select(probe != probe, probe, alive & best).store(out);
  store_window_codes(alive, low, high, winners);
}

}  // namespace DESCENT_FLAVOUR
}  // namespace descent::kernels
