// SPDX-License-Identifier: MIT
// Loops over panels of eight columns outside (a panel of B stays in the first-level cache), tiles of rows inside.
#include "engine/kernels/gemm.h"

#include <algorithm>

#include "engine/kernels/gemm_tile.h"

namespace descent::kernels {

void pack_panels(int k, int n, const float* b, std::int64_t leading, float* panels) {
  for_each_panel(n, [&](auto panel, int column) {
    constexpr int kColumns = decltype(panel)::kColumns;
    const float* from = b + column;
    for (int l = 0; l < k; ++l, from += leading, panels += kColumns) std::copy(from, from + kColumns, panels);
  });
}

void pack_panels_transposed(int k, int n, const float* b, std::int64_t leading, int first, int last, float* panels) {
  for_each_panel(n, [&](auto panel, int column) {
    constexpr int kColumns = decltype(panel)::kColumns;
    if (column < first || column >= last) return;
    float* to = panels + std::int64_t{column} * k;
    const float* from = b + column * leading;
    for (int l = 0; l < k; ++l, to += kColumns)
      for (int j = 0; j < kColumns; ++j) to[j] = from[j * leading + l];
  });
}

void gemm(int m, int n, int k, const float* a, std::int64_t lda, const RightMatrix& b, Start start, const float* bias,
          float* c, std::int64_t ldc) {
  for_each_panel(n, [&](auto panel, int column) {
    for_each_tile(m, [&](auto rows, int row) {
      const TileJob job{.a = a + row * lda,
                        .a_row = static_cast<std::ptrdiff_t>(lda),
                        .b = panel_begin(b, column),
                        .b_step = panel_step(b, panel.kColumns),
                        .k = k,
                        .start = start,
                        .bias = start == Start::bias ? bias + column : nullptr,
                        .c = c + row * ldc + column,
                        .c_row = static_cast<std::ptrdiff_t>(ldc)};
      run_rows(panel, rows, job);
    });
  });
}

void gemm_transposed_a(int m, int n, int k, const float* a, std::int64_t lda, const RightMatrix& b, Start start,
                       float* c, std::int64_t ldc) {
  for_each_panel(n, [&](auto panel, int column) {
    for_each_tile(m, [&](auto rows, int row) {
      const TileJob job{.a = a + row,
                        .a_row = static_cast<std::ptrdiff_t>(lda),
                        .b = panel_begin(b, column),
                        .b_step = panel_step(b, panel.kColumns),
                        .k = k,
                        .start = start,
                        .c = c + row * ldc + column,
                        .c_row = static_cast<std::ptrdiff_t>(ldc)};
      run_columns(panel, rows, job);
    });
  });
}

}  // namespace descent::kernels
