// SPDX-License-Identifier: MIT
// The terms that are left become a list, which passes by the sums in registers (sparse_sum.h).
#include "engine/kernels/masked_products.h"

#include <algorithm>
#include <bit>

#include "engine/core/check.h"
#include "engine/kernels/sparse_sum.h"

namespace descent::kernels {

void masked_products(std::span<const std::uint32_t> a_mask, const float* a, std::span<const std::uint32_t> b_mask,
                     const float* b, int columns, const float* w, float* to) {
  DESCENT_ASSERT(a_mask.size() == b_mask.size() && a_mask.size() <= std::size_t{kMaxMaskWords});
  SparseEntry list[kMaskBits * kMaxMaskWords];
  int count = 0;
  int first = 0;
  for (std::size_t word = 0; word < a_mask.size(); ++word, first += kMaskBits)
    for (std::uint32_t bits = a_mask[word] & b_mask[word]; bits != 0; bits &= bits - 1) {
      const int i = first + std::countr_zero(bits);
      list[count++] = {i * columns, a[i] * b[i]};
    }
  std::fill(to, to + columns, 0.0F);
  for_each_stretch(columns, [&](SparseSum sum, int column) { sum(list, count, w + column, to + column); });
}

}  // namespace descent::kernels
