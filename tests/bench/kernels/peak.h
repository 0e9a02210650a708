// SPDX-License-Identifier: MIT
// Measures what the machine gives at best: multiply-adds between registers, nothing loaded. `sums` independent chains
// hide the latency of the operation; 12 are what the largest tile of the kernels keeps, 8 leave room where a
// multiply-add is two instructions. Short and called often, so that a browser's optimising compiler gets to replace it.
// Include it only in files compiled with the flags of the kernels they are linked with.
#pragma once

#include "engine/kernels/f32x4.h"

namespace descent::bench {

inline constexpr int kPeakLoops = 2000;

template <int kSums>
__attribute__((noinline)) float peak_loop(int count, float x) {
  using kernels::F32x4;
  F32x4 sums[kSums];
  for (int i = 0; i < kSums; ++i) sums[i] = F32x4::splat(x * static_cast<float>(i));
  const F32x4 a = F32x4::splat(x), b = F32x4::splat(x * 0.5F);
#if defined(__clang__)
#pragma clang loop unroll(disable)  // unrolled, LLVM makes chains of one sum after the other
#endif
  for (int k = 0; k < count; ++k)
    for (F32x4& sum : sums) sum = kernels::madd(a, sum, b);
  F32x4 total = sums[0];
  for (int i = 1; i < kSums; ++i) total = total + sums[i];
  return kernels::sum(total);
}

// Floating-point operations of one call: a multiply-add counts two.
template <int kSums>
constexpr double peak_operations() {
  return 2.0 * 4 * kSums * kPeakLoops;
}

}  // namespace descent::bench
