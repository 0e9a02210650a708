// SPDX-License-Identifier: MIT
// One input channel: the tiles of conv2d_single_tile.h over a whole image. The panel is outside backward, so that its
// sums stay in registers, and inside forward, so that the output is written in order.
#include "engine/kernels/conv2d_single.h"

#include "engine/kernels/conv2d_single_tile.h"

namespace descent::kernels {

void single_channel_forward(const Conv2dShape& s, const float* in, const Conv2dWeights<float>& weights, float* out) {
  const SingleChannelTaps taps(s);
  const RightMatrix b = packed_matrix(weights.forward_panels, taps.count);
  for (int y = 0; y < s.out_height(); ++y, in += s.width, out += std::ptrdiff_t{s.out_width()} * s.out_channels)
    for_each_panel(s.out_channels, [&](auto panel, int column) {
      TileJob job{
          .b = panel_begin(b, column), .start = Start::bias, .bias = weights.bias + column, .c_row = s.out_channels};
      for_each_tile(s.out_width(), [&](auto rows, int x) {
        job.a = in + x;
        job.c = out + std::ptrdiff_t{x} * s.out_channels + column;
        run_single_pixels(panel, rows, taps, job);
      });
    });
}

void single_channel_backward_weights(const Conv2dShape& s, const float* in, const float* dout, float* dweights) {
  const SingleChannelTaps taps(s);
  for_each_panel(s.out_channels, [&](auto panel, int column) {
    TileJob job{.a = in,
                .a_segment = s.width,
                .b = dout + column,
                .b_step = s.out_channels,
                .b_segment = std::ptrdiff_t{s.out_width()} * s.out_channels,
                .k = s.out_width(),
                .segments = s.out_height(),
                .start = Start::accumulate,
                .c_row = s.out_channels};
    for_each_tile(taps.count, [&](auto rows, int first) {
      job.c = dweights + std::ptrdiff_t{first} * s.out_channels + column;
      run_single_taps(panel, rows, taps, first, job);
    });
  });
}

}  // namespace descent::kernels
