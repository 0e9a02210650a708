// SPDX-License-Identifier: MIT
// Products of single-precision matrices, row-major: C (m, n) = start + A (m, k) B (k, n), and the same with A stored
// transposed. Hand-tiled for 128-bit SIMD: a tile of up to 6 rows by 8 columns of C stays in registers while k runs.
// B is read eight columns at a time. Either as it lies (leading dimension `step`), or packed into panels: columns
// [8 p, 8 p + 8) of all k rows one after the other, so that a panel is contiguous; the columns left over form panels of
// four and then of one. Packed B has k * n elements, without filling.
// Nothing allocates, no alignment is asked for, and nothing is read or written outside the matrices.
#pragma once

#include <cstdint>

namespace descent::kernels {

inline constexpr int kPanelColumns = 8;

// Start says what C holds before the product is added.
enum class Start {
  zero,
  bias,        // the row `bias` (n) in every row
  accumulate,  // C itself
};

struct RightMatrix {
  const float* data = nullptr;
  std::int64_t column = 1;  // distance of two columns' beginnings: 1 as it lies, k packed
  std::int64_t step = 0;    // leading dimension as it lies; 0: packed, the step is the panel's width
};
[[nodiscard]] inline RightMatrix packed_matrix(const float* panels, std::int64_t k) {
  return {panels, k, 0};
}
[[nodiscard]] inline RightMatrix plain_matrix(const float* b, std::int64_t leading) {
  return {b, 1, leading};
}

// panels: (k * n). b: (k, n), leading dimension `leading`.
void pack_panels(int k, int n, const float* b, std::int64_t leading, float* panels);
// The same for B given transposed, b: (n, k); only panels that begin in columns [first, last) are made. `first` must be
// a multiple of eight.
void pack_panels_transposed(int k, int n, const float* b, std::int64_t leading, int first, int last, float* panels);

// a: (m, k) with leading dimension lda; c: (m, n) with leading dimension ldc; bias: (n) when start is Start::bias.
void gemm(int m, int n, int k, const float* a, std::int64_t lda, const RightMatrix& b, Start start, const float* bias,
          float* c, std::int64_t ldc);
// a: (k, m) with leading dimension lda.
void gemm_transposed_a(int m, int n, int k, const float* a, std::int64_t lda, const RightMatrix& b, Start start,
                       float* c, std::int64_t ldc);

namespace reference {

// C (m, n) += A (m, k) B (k, n) with general strides, as the definition says.
template <class T>
void gemm(int m, int n, int k, const T* a, std::int64_t a_row, std::int64_t a_column, const T* b, std::int64_t b_row,
          std::int64_t b_column, T* c, std::int64_t ldc) {
  for (int i = 0; i < m; ++i)
    for (int j = 0; j < n; ++j)
      for (int l = 0; l < k; ++l) c[i * ldc + j] += a[i * a_row + l * a_column] * b[l * b_row + j * b_column];
}

}  // namespace reference

}  // namespace descent::kernels
