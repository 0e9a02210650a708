// SPDX-License-Identifier: MIT
// Forward half of the fused convolution. Tile: as conv2d.cpp, 4 or 6 output pixels by a panel of 8 channels. The panel
// is the outermost loop; for each row of pooled cells the pool_kernel rows of outputs under it go into a strip of 8
// channels (2 x 10 pixels are 640 bytes for the seed network), are pooled from there, cut at 0 and written once.
// ReLU after pooling is the same as before it, because the largest of cut values is the cut of the largest.
#include "engine/kernels/conv2d_pool.h"

#include <algorithm>

#include "engine/kernels/conv2d_padding.h"
#include "engine/kernels/conv2d_pool_scratch.h"
#include "engine/kernels/conv2d_single_tile.h"
#include "engine/kernels/gemm_tile.h"

namespace descent::kernels {
namespace {

// One pooled row of one panel. strip: (pool_kernel, columns, panel), out and winners at the row's first cell and the
// panel's first channel.
// Side: pool_kernel where it is known while compiling, so that the window's loops unroll, or 0.
template <int Side, class P>
void pool_strip(P /*panel*/, const Conv2dPoolShape& s, const float* strip, float* out, std::uint8_t* winners) {
  using V = typename P::Vector;
  const int columns = strip_columns(s), side = Side > 0 ? Side : s.pool_kernel;
  for (int x = 0; x < s.out_width(); ++x, out += s.conv.out_channels, winners += s.conv.out_channels)
    for (int c = 0; c < P::kColumns; c += V::kLanes) {
      const float* corner = strip + std::ptrdiff_t{x} * s.pool_stride * P::kColumns + c;
      V best = V::load(corner);
      V winner = V::zero();
      for (int ky = 0; ky < side; ++ky)
        for (int kx = 0; kx < side; ++kx) {
          const V value = V::load(corner + (std::ptrdiff_t{ky} * columns + kx) * P::kColumns);
          const auto wins = (value > best) | (value != value);
          best = select(wins, value, best);
          winner = select(wins, V::splat(static_cast<float>(ky * side + kx)), winner);
        }
      const auto alive = best > V::zero();
      select(best < V::zero(), V::zero(), best).store(out + c);
      store_bytes(select(alive, winner, V::splat(kDeadCell)), winners + c);
    }
}

void forward_image(const Conv2dPoolShape& s, const float* in, const Conv2dWeights<float>& w, float* out,
                   std::uint8_t* winners, float* strip) {
  const Conv2dShape& conv = s.conv;
  const int window_row = conv.kernel * conv.in_channels, columns = strip_columns(s);
  const std::ptrdiff_t in_row = std::ptrdiff_t{conv.width} * conv.in_channels;
  const std::ptrdiff_t out_row = std::ptrdiff_t{s.out_width()} * conv.out_channels;
  const SingleChannelTaps taps(conv);
  const RightMatrix b = packed_matrix(w.forward_panels, s.window_size());
  for_each_panel(conv.out_channels, [&](auto panel, int column) {
    TileJob job{.a_row = std::ptrdiff_t{conv.stride} * conv.in_channels,
                .a_segment = in_row,
                .b = panel_begin(b, column),
                .b_step = panel.kColumns,
                .b_segment = std::ptrdiff_t{window_row} * panel.kColumns,
                .k = window_row,
                .segments = conv.kernel,
                .start = Start::bias,
                .bias = w.bias + column,
                .c_row = panel.kColumns};
    for (int py = 0; py < s.out_height(); ++py) {
      for (int ky = 0; ky < s.pool_kernel; ++ky)
        for_each_tile(columns, [&](auto rows, int x) {
          const int y = (py * s.pool_stride + ky) * conv.stride;
          job.a = in + y * in_row + x * job.a_row;
          job.c = strip + (std::ptrdiff_t{ky} * columns + x) * panel.kColumns;
          if (taps.usable) {
            run_single_pixels(panel, rows, taps, job);
          } else {
            run_rows(panel, rows, job);
          }
        });
      const auto pool = s.pool_kernel == 2 ? pool_strip<2, decltype(panel)> : pool_strip<0, decltype(panel)>;
      pool(panel, s, strip, out + py * out_row + column, winners + py * out_row + column);
    }
  });
}

}  // namespace

void conv2d_pool_forward(const Conv2dPoolShape& shape, int images, const float* in, const Conv2dWeights<float>& weights,
                         float* out, std::uint8_t* winners, std::byte* scratch) {
  const Conv2dPoolScratch memory(shape, images, scratch);
  Conv2dPoolShape inner = shape;
  inner.conv = without_padding(shape.conv);
  for (int n = 0; n < images; ++n) {
    forward_image(inner, padded(shape.conv, in, memory.image), weights, out, winners, memory.strip);
    in += shape.conv.in_size();
    out += shape.out_size();
    winners += shape.out_size();
  }
}

}  // namespace descent::kernels
