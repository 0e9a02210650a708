// SPDX-License-Identifier: MIT
// Sums over lists: to[…] += Σ entries of value * base[where + …), the inner loop of everything that skips zeros: the
// way back through max pooling, and fully connected layers behind a ReLU. Included by kernel sources only. Tile: up to
// 12 vectors (48 numbers) of the sum stay in registers while a list passes; each entry spreads its value over a vector
// once and costs one load and one multiply-add for each vector.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/kernels/f32x4.h"
#include "engine/kernels/sparse_entry.h"

namespace descent::kernels {
inline namespace DESCENT_FLAVOUR {

static_assert(kLanes == F32x4::kLanes);

// to[0 … N vectors) += the list's sum.
template <class V, int N>
__attribute__((noinline)) void sum_entries(const SparseEntry* entries, int count, const float* base, float* to) {
  V sums[N];
  for (int j = 0; j < N; ++j) sums[j] = V::load(to + j * V::kLanes);
  for (const SparseEntry* end = entries + count; entries != end; ++entries) {
    const V value = V::load_splat(&entries->value);
    const float* from = base + entries->where;
    for (int j = 0; j < N; ++j) sums[j] = madd(value, V::load(from + j * V::kLanes), sums[j]);
  }
  for (int j = 0; j < N; ++j) sums[j].store(to + j * V::kLanes);
}

using SparseSum = void (*)(const SparseEntry* entries, int count, const float* base, float* to);

// fn(sum, first) for stretches of a run: 48, 32, 16, 4 and 1 numbers.
template <class Fn>
DESCENT_INLINE void for_each_stretch(int run, const Fn& fn) {
  int i = 0;
  const auto stretches = [&]<class V, int N>() {
    for (; i + N * V::kLanes <= run; i += N * V::kLanes) fn(SparseSum{sum_entries<V, N>}, i);
  };
  stretches.template operator()<F32x4, kSumVectors>();
  stretches.template operator()<F32x4, 8>();
  stretches.template operator()<F32x4, 4>();
  stretches.template operator()<F32x4, 1>();
  stretches.template operator()<F32x1, 1>();
}

}  // namespace DESCENT_FLAVOUR
}  // namespace descent::kernels
