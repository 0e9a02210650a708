// SPDX-License-Identifier: MIT
// The register tiles of convolutions over one input channel at stride 1; included by kernel sources only.
// Forward, a tile is up to 6 neighbouring pixels by a panel of output channels; k runs over the taps of the window, and
// for each tap the pixels' inputs are contiguous, so A is read "transposed" through a table of tap offsets. Backward,
// the tile is up to 6 taps by a panel and k runs along the pixels of a row, which are contiguous for every tap; the
// sums stay in registers over all rows.
#pragma once

#include "engine/kernels/conv2d_single.h"
#include "engine/kernels/gemm_tile.h"

namespace descent::kernels {
inline namespace DESCENT_FLAVOUR {

// The distances of a window's taps from its first one, in elements.
struct SingleChannelTaps {
  bool usable = false;  // the convolution is one for these tiles
  int count = 0;
  std::ptrdiff_t offsets[kMaxSingleTaps] = {};

  explicit SingleChannelTaps(const Conv2dShape& s) : usable(is_single_channel(s)), count(s.kernel * s.kernel) {
    if (!usable) return;
    for (int t = 0; t < count; ++t) offsets[t] = s.dilation * (std::ptrdiff_t{t / s.kernel} * s.width + t % s.kernel);
  }
};

// job.a: the first pixel's window; job.b: panel (taps, columns); job.c as in gemm_tile.h.
template <class V, int MR, int NV>
__attribute__((noinline)) void single_channel_pixels(const SingleChannelTaps& taps, const TileJob& job) {
  V sums[MR][NV];
  begin_tile(job, sums);
  const float* b = job.b;
  for (int t = 0; t < taps.count; ++t, b += NV * V::kLanes) {
    V columns[NV];
    for (int j = 0; j < NV; ++j) columns[j] = V::load(b + j * V::kLanes);
    const float* a = job.a + taps.offsets[t];
    for (int i = 0; i < MR; ++i) {
      const V x = V::load_splat(a + i);
      for (int j = 0; j < NV; ++j) sums[i][j] = madd(x, columns[j], sums[i][j]);
    }
  }
  end_tile(job, sums);
}

// Taps [first, first + MR). job.a: the first pixel's window, rows a_segment apart; job.b: the gradient at the panel,
// pixels b_step and rows b_segment apart; job.k pixels in each of job.segments rows.
template <class V, int MR, int NV>
__attribute__((noinline)) void single_channel_taps(const SingleChannelTaps& taps, int first, const TileJob& job) {
  V sums[MR][NV];
  begin_tile(job, sums);
  for (int s = 0; s < job.segments; ++s) {
    const float* b = job.b + s * job.b_segment;
    const float* rows[MR];
    for (int i = 0; i < MR; ++i) rows[i] = job.a + s * job.a_segment + taps.offsets[first + i];
    for (int k = job.k; k > 0; --k, b += job.b_step) {
      V columns[NV];
      for (int j = 0; j < NV; ++j) columns[j] = V::load(b + j * V::kLanes);
      for (int i = 0; i < MR; ++i) {
        const V value = V::load_splat(rows[i]++);
        for (int j = 0; j < NV; ++j) sums[i][j] = madd(value, columns[j], sums[i][j]);
      }
    }
  }
  end_tile(job, sums);
}

template <class P, class R>
DESCENT_INLINE void run_single_pixels(P, R, const SingleChannelTaps& taps, const TileJob& job) {
  single_channel_pixels<typename P::Vector, R::kRows, P::kVectors>(taps, job);
}
template <class P, class R>
DESCENT_INLINE void run_single_taps(P, R, const SingleChannelTaps& taps, int first, const TileJob& job) {
  single_channel_taps<typename P::Vector, R::kRows, P::kVectors>(taps, first, job);
}

}  // namespace DESCENT_FLAVOUR
}  // namespace descent::kernels
