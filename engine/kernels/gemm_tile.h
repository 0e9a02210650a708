// SPDX-License-Identifier: MIT
// The register tile that matrix products and convolutions are made of: MR rows by NV vectors of C stay in registers
// while k runs; each k loads NV vectors of B, and spreads one element of A over a vector for each row. Tile: 128-bit
// machines have 16 registers. With fused multiply-add 6 x 2 vectors = 12 sums + 2 of B + 1 of A fill them; with
// separate multiply and add the product needs a register too, and 4 x 2 is the largest that does not spill. Eight sums
// are the least that keep two 4-cycle multiply-adders busy, so rows are cut into tiles of nearly equal height (11 = 6 +
// 5) rather than full ones and a rest. k runs in `segments` stretches of `k` steps, between which A and B jump: rows of
// a convolution's window.
#pragma once

#include <cstddef>

#include "engine/kernels/f32x4.h"
#include "engine/kernels/gemm.h"

namespace descent::kernels {
inline namespace DESCENT_FLAVOUR {

#if defined(DESCENT_F32X4_WASM) && defined(DESCENT_RELAXED_SIMD)
inline constexpr int kTileRows = 6;
#else
inline constexpr int kTileRows = 4;
#endif

struct TileJob {
  const float* a = nullptr;
  std::ptrdiff_t a_row = 0;  // distance of rows of A (k is contiguous); transposed: distance of steps of k
  std::ptrdiff_t a_segment = 0;
  const float* b = nullptr;
  std::ptrdiff_t b_step = 0;  // distance of steps of k
  std::ptrdiff_t b_segment = 0;
  int k = 0;
  int segments = 1;
  Start start = Start::zero;
  const float* bias = nullptr;  // at the tile's first column
  float* c = nullptr;
  std::ptrdiff_t c_row = 0;
};

template <class V, int MR, int NV>
DESCENT_INLINE void begin_tile(const TileJob& job, V (&sums)[MR][NV]) {
  for (int i = 0; i < MR; ++i)
    for (int j = 0; j < NV; ++j) {
      if (job.start == Start::zero) {
        sums[i][j] = V::zero();
      } else {
        sums[i][j] = V::load((job.start == Start::bias ? job.bias : job.c + i * job.c_row) + j * V::kLanes);
      }
    }
}

template <class V, int MR, int NV>
DESCENT_INLINE void end_tile(const TileJob& job, const V (&sums)[MR][NV]) {
  for (int i = 0; i < MR; ++i)
    for (int j = 0; j < NV; ++j) sums[i][j].store(job.c + i * job.c_row + j * V::kLanes);
}

// A row-major: element (i, k) is a[i * a_row + k].
template <class V, int MR, int NV>
__attribute__((noinline)) void tile_rows(const TileJob& job) {
  V sums[MR][NV];
  begin_tile(job, sums);
  const std::ptrdiff_t b_step = job.b_step;
  for (int s = 0; s < job.segments; ++s) {
    const float* rows[MR];
    for (int i = 0; i < MR; ++i) rows[i] = job.a + s * job.a_segment + i * job.a_row;
    const float* b = job.b + s * job.b_segment;
    for (int k = job.k; k > 0; --k) {
      V columns[NV];
      for (int j = 0; j < NV; ++j) columns[j] = V::load(b + j * V::kLanes);
      for (int i = 0; i < MR; ++i) {
        const V x = V::load_splat(rows[i]++);
        for (int j = 0; j < NV; ++j) sums[i][j] = madd(x, columns[j], sums[i][j]);
      }
      b += b_step;
    }
  }
  end_tile(job, sums);
}

// A transposed: element (i, k) is a[k * a_row + i].
template <class V, int MR, int NV>
__attribute__((noinline)) void tile_columns(const TileJob& job) {
  V sums[MR][NV];
  begin_tile(job, sums);
  const std::ptrdiff_t a_step = job.a_row;
  const std::ptrdiff_t b_step = job.b_step;
  for (int s = 0; s < job.segments; ++s) {
    const float* a = job.a + s * job.a_segment;
    const float* b = job.b + s * job.b_segment;
    for (int k = job.k; k > 0; --k) {
      V columns[NV];
      for (int j = 0; j < NV; ++j) columns[j] = V::load(b + j * V::kLanes);
      for (int i = 0; i < MR; ++i) {
        const V x = V::load_splat(a + i);
        for (int j = 0; j < NV; ++j) sums[i][j] = madd(x, columns[j], sums[i][j]);
      }
      a += a_step;
      b += b_step;
    }
  }
  end_tile(job, sums);
}

// The kind of a panel: vectors of type V, NV of them.
template <class V, int NV>
struct Panel {
  using Vector = V;
  static constexpr int kVectors = NV;
  static constexpr int kColumns = NV * V::kLanes;
};

// fn(panel, first_column) for each panel of n columns: eights, then a four, then ones.
template <class Fn>
DESCENT_INLINE void for_each_panel(int n, const Fn& fn) {
  int column = 0;
  for (; column + 8 <= n; column += 8) fn(Panel<F32x4, 2>{}, column);
  for (; column + 4 <= n; column += 4) fn(Panel<F32x4, 1>{}, column);
  for (; column < n; ++column) fn(Panel<F32x1, 1>{}, column);
}

template <int N>
struct Rows {
  static constexpr int kRows = N;
};

// fn(rows, first_row) for tiles of m rows, as equal as possible.
template <class Fn>
DESCENT_INLINE void for_each_tile(int m, const Fn& fn) {
  const int tiles = (m + kTileRows - 1) / kTileRows;
  for (int t = 0, row = 0; t < tiles; ++t) {
    const int rows = (m - row) / (tiles - t);
    switch (rows) {
      case 1:
        fn(Rows<1>{}, row);
        break;
      case 2:
        fn(Rows<2>{}, row);
        break;
      case 3:
        fn(Rows<3>{}, row);
        break;
      case 4:
        fn(Rows<4>{}, row);
        break;
      case 5:
        if constexpr (kTileRows >= 5) fn(Rows<5>{}, row);
        break;
      default:
        if constexpr (kTileRows >= 6) fn(Rows<6>{}, row);
        break;
    }
    row += rows;
  }
}

// The tile of a panel and a height.
template <class P, class R>
DESCENT_INLINE void run_rows(P, R, const TileJob& job) {
  tile_rows<typename P::Vector, R::kRows, P::kVectors>(job);
}
template <class P, class R>
DESCENT_INLINE void run_columns(P, R, const TileJob& job) {
  tile_columns<typename P::Vector, R::kRows, P::kVectors>(job);
}

// The first element of the panel at `column`, and the distance of the panel's rows.
DESCENT_INLINE const float* panel_begin(const RightMatrix& b, int column) {
  return b.data + column * b.column;
}
DESCENT_INLINE std::ptrdiff_t panel_step(const RightMatrix& b, int columns) {
  return static_cast<std::ptrdiff_t>(b.step == 0 ? columns : b.step);
}

}  // namespace DESCENT_FLAVOUR
}  // namespace descent::kernels
