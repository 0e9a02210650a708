// SPDX-License-Identifier: MIT
// Tile: one input channel. Forward, a tile is 4 or 6 neighbouring pixels by 8 output channels; k runs over the taps of
// the window, and for each tap the pixels' inputs are contiguous (stride 1), so A is read "transposed" through a table
// of tap offsets. Backward, the tile is up to 6 taps by 8 channels and k runs along the pixels of a row, which are
// contiguous for every tap; the sums stay in registers over the whole image.
#include "engine/kernels/conv2d_single.h"

#include "engine/kernels/gemm_tile.h"

namespace descent::kernels {
namespace {

struct Taps {
  int count = 0;
  std::ptrdiff_t offsets[kMaxSingleTaps] = {};

  explicit Taps(const Conv2dShape& s) : count(s.kernel * s.kernel) {
    for (int t = 0; t < count; ++t) offsets[t] = std::ptrdiff_t{t / s.kernel} * s.width + t % s.kernel;
  }
};

// Pixels `in` … `in + MR - 1` of a row. b: panel (taps, columns).
template <class V, int MR, int NV>
__attribute__((noinline)) void forward_tile(const Taps& taps, const float* in, const TileJob& job) {
  V sums[MR][NV];
  begin_tile(job, sums);
  const float* b = job.b;
  for (int t = 0; t < taps.count; ++t, b += NV * V::kLanes) {
    V columns[NV];
    for (int j = 0; j < NV; ++j) columns[j] = V::load(b + j * V::kLanes);
    const float* a = in + taps.offsets[t];
    for (int i = 0; i < MR; ++i) {
      const V x = V::load_splat(a + i);
      for (int j = 0; j < NV; ++j) sums[i][j] = madd(x, columns[j], sums[i][j]);
    }
  }
  end_tile(job, sums);
}

// Taps [first, first + MR) over a whole image.
template <class V, int MR, int NV>
__attribute__((noinline)) void weights_tile(const Conv2dShape& s, const Taps& taps, int first, const float* in,
                                            const TileJob& job) {
  V sums[MR][NV];
  begin_tile(job, sums);
  const float* b = job.b;
  for (int y = 0; y < s.out_height(); ++y, in += s.width) {
    const float* rows[MR];
    for (int i = 0; i < MR; ++i) rows[i] = in + taps.offsets[first + i];
    for (int x = 0; x < s.out_width(); ++x, b += job.b_step) {
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

}  // namespace

void single_channel_forward(const Conv2dShape& s, const float* in, const Conv2dWeights<float>& weights, float* out) {
  const Taps taps(s);
  const RightMatrix b = packed_matrix(weights.forward_panels, taps.count);
  for (int y = 0; y < s.out_height(); ++y, in += s.width, out += std::ptrdiff_t{s.out_width()} * s.out_channels)
    for_each_panel(s.out_channels, [&](auto panel, int column) {
      TileJob job{
          .b = panel_begin(b, column), .start = Start::bias, .bias = weights.bias + column, .c_row = s.out_channels};
      for_each_tile(s.out_width(), [&](auto rows, int x) {
        job.c = out + std::ptrdiff_t{x} * s.out_channels + column;
        forward_tile<typename decltype(panel)::Vector, rows.kRows, panel.kVectors>(taps, in + x, job);
      });
    });
}

void single_channel_backward_weights(const Conv2dShape& s, const float* in, const float* dout, float* dweights) {
  const Taps taps(s);
  for_each_panel(s.out_channels, [&](auto panel, int column) {
    TileJob job{.b = dout + column, .b_step = s.out_channels, .start = Start::accumulate, .c_row = s.out_channels};
    for_each_tile(taps.count, [&](auto rows, int first) {
      job.c = dweights + std::ptrdiff_t{first} * s.out_channels + column;
      weights_tile<typename decltype(panel)::Vector, rows.kRows, panel.kVectors>(s, taps, first, in, job);
    });
  });
}

}  // namespace descent::kernels
