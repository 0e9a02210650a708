// SPDX-License-Identifier: MIT
// Single-precision convolution as an implicit matrix product (no im2col array). With channels innermost, the taps of
// one window row, kernel * in_channels numbers, are contiguous, and neighbouring output pixels are stride * in_channels
// apart. With dilation only a tap's in_channels numbers are: a window row is then `kernel` runs instead of one.
//   forward    C = output pixels of one row x channels, A = their windows, k = the window's rows as segments
//   data       for each tap, C = the input pixels it touches in one row, A = one row of dout, k = out_channels
//   weights    for each run, C = its taps x out_channels, A transposed = the input, k = the pixels of an image
// The way back to the data scatters tap by tap instead of gathering over a padded dout, because a gather multiplies the
// zeros around the border: 18 % more work on 11x11 outputs.
// Layout: B is packed into panels of eight columns (gemm.h) once per step: as it lies, its rows of 64 floats would all
// fall into the same few sets of the first-level cache. Panels outside, pixels inside: a panel (9 KB for 3x3x32) stays
// in the cache while the image passes. Padding is a zero-bordered copy of one image in the scratch.
#include "engine/kernels/conv2d.h"

#include <algorithm>

#include "engine/kernels/conv2d_padding.h"
#include "engine/kernels/conv2d_single.h"
#include "engine/kernels/gemm.h"
#include "engine/kernels/gemm_tile.h"

namespace descent::kernels {
namespace {

// The stretches of a window that are contiguous in the input.
struct Runs {
  int count = 1;            // in a window row
  int length = 0;           // numbers
  std::ptrdiff_t step = 0;  // from one to the next in the input

  explicit Runs(const Conv2dShape& s)
      : count(s.dilation == 1 ? 1 : s.kernel),
        length(s.kernel * s.in_channels / count),
        step(std::ptrdiff_t{s.dilation} * s.in_channels) {}
};

// The window's rows are the segments of one product; with dilation each row is a product of its own, whose segments are
// its taps.
void forward_image(const Conv2dShape& s, const float* in, const Conv2dWeights<float>& w, float* out) {
  const int window_row = s.kernel * s.in_channels;
  const std::ptrdiff_t in_row = std::ptrdiff_t{s.width} * s.in_channels;
  const std::ptrdiff_t out_row = std::ptrdiff_t{s.out_width()} * s.out_channels;
  const RightMatrix b = packed_matrix(w.forward_panels, std::int64_t{s.kernel} * window_row);
  const Runs runs(s);
  const bool dilated = runs.count > 1;
  const int products = dilated ? s.kernel : 1;
  for_each_panel(s.out_channels, [&](auto panel, int column) {
    TileJob job{.a_row = std::ptrdiff_t{s.stride} * s.in_channels,
                .a_segment = dilated ? runs.step : in_row,
                .b_step = panel.kColumns,
                .b_segment = std::ptrdiff_t{runs.length} * panel.kColumns,
                .k = runs.length,
                .segments = s.kernel,
                .bias = w.bias + column,
                .c_row = s.out_channels};
    for (int y = 0; y < s.out_height(); ++y)
      for_each_tile(s.out_width(), [&](auto rows, int x) {
        job.c = out + y * out_row + x * job.c_row + column;
        for (int ky = 0; ky < products; ++ky) {
          job.a = in + (y * s.stride + ky * s.dilation) * in_row + x * job.a_row;
          job.b = panel_begin(b, column) + std::ptrdiff_t{ky} * window_row * panel.kColumns;
          job.start = ky == 0 ? Start::bias : Start::accumulate;
          run_rows(panel, rows, job);
        }
      });
  });
}

// din has been set to zero.
void backward_data_image(const Conv2dShape& s, const float* dout, const Conv2dWeights<float>& w, float* din) {
  const std::ptrdiff_t in_row = std::ptrdiff_t{s.width} * s.in_channels;
  const std::ptrdiff_t out_row = std::ptrdiff_t{s.out_width()} * s.out_channels;
  const int taps = s.kernel * s.kernel;
  const RightMatrix b = packed_matrix(w.backward_panels, std::int64_t{taps} * s.out_channels);
  for_each_panel(s.in_channels, [&](auto panel, int column) {
    TileJob job{.a_row = s.out_channels,
                .b_step = panel.kColumns,
                .k = s.out_channels,
                .start = Start::accumulate,
                .c_row = std::ptrdiff_t{s.stride} * s.in_channels};
    for (int tap = 0; tap < taps; ++tap) {
      job.b = panel_begin(b, column) + std::ptrdiff_t{tap} * s.out_channels * panel.kColumns;
      const int ky = tap / s.kernel * s.dilation, kx = tap % s.kernel * s.dilation;
      float* corner = din + ky * in_row + std::ptrdiff_t{kx} * s.in_channels + column;
      for (int y = 0; y < s.out_height(); ++y)
        for_each_tile(s.out_width(), [&](auto rows, int x) {
          job.a = dout + y * out_row + x * job.a_row;
          job.c = corner + y * s.stride * in_row + x * job.c_row;
          run_rows(panel, rows, job);
        });
    }
  });
}

void backward_weights_image(const Conv2dShape& s, const float* in, const float* dout, float* dweights) {
  const Runs runs(s);
  const std::ptrdiff_t in_row = std::ptrdiff_t{s.width} * s.in_channels;
  for_each_panel(s.out_channels, [&](auto panel, int column) {
    TileJob job{.a_row = std::ptrdiff_t{s.stride} * s.in_channels,
                .a_segment = s.stride * in_row,
                .b = dout + column,
                .b_step = s.out_channels,
                .b_segment = std::ptrdiff_t{s.out_width()} * s.out_channels,
                .k = s.out_width(),
                .segments = s.out_height(),
                .start = Start::accumulate,
                .c_row = s.out_channels};
    for (int run = 0; run < s.kernel * runs.count; ++run) {
      const float* from = in + run / runs.count * s.dilation * in_row + run % runs.count * runs.step;
      float* to = dweights + std::ptrdiff_t{run} * runs.length * s.out_channels + column;
      for_each_tile(runs.length, [&](auto rows, int row) {
        job.a = from + row;
        job.c = to + std::ptrdiff_t{row} * s.out_channels;
        run_columns(panel, rows, job);
      });
    }
  });
}

void add_bias_gradient(const Conv2dShape& s, const float* dout, float* dbias) {
  const int pixels = s.out_height() * s.out_width();
  int o = 0;
  for (; o + F32x4::kLanes <= s.out_channels; o += F32x4::kLanes) {
    F32x4 sum = F32x4::load(dbias + o);
    for (int p = 0; p < pixels; ++p) sum = sum + F32x4::load(dout + std::ptrdiff_t{p} * s.out_channels + o);
    sum.store(dbias + o);
  }
  for (; o < s.out_channels; ++o)
    for (int p = 0; p < pixels; ++p) dbias[o] += dout[std::ptrdiff_t{p} * s.out_channels + o];
}

}  // namespace

void conv2d_pack_forward(const Conv2dShape& s, const float* weights, float* forward_panels) {
  pack_panels(s.kernel * s.kernel * s.in_channels, s.out_channels, weights, s.out_channels, forward_panels);
}

// For each tap the matrix (in_channels, out_channels) is transposed; a panel holds its columns of all taps in a row.
void conv2d_pack_backward(const Conv2dShape& s, const float* weights, float* backward_panels) {
  const int taps = s.kernel * s.kernel;
  const std::ptrdiff_t tap_size = std::ptrdiff_t{s.in_channels} * s.out_channels;
  for_each_panel(s.in_channels, [&](auto panel, int column) {
    for (int tap = 0; tap < taps; ++tap) {
      const float* from = weights + tap * tap_size + std::ptrdiff_t{column} * s.out_channels;
      for (int o = 0; o < s.out_channels; ++o)
        for (int i = 0; i < panel.kColumns; ++i) *backward_panels++ = from[std::ptrdiff_t{i} * s.out_channels + o];
    }
  });
}

void conv2d_forward(const Conv2dShape& shape, int images, const float* in, const Conv2dWeights<float>& weights,
                    float* out, float* scratch) {
  const Conv2dShape inner = without_padding(shape);
  for (int n = 0; n < images; ++n, in += shape.in_size(), out += shape.out_size()) {
    const float* image = padded(shape, in, scratch);
    if (is_single_channel(inner)) {
      single_channel_forward(inner, image, weights, out);
    } else {
      forward_image(inner, image, weights, out);
    }
  }
}

void conv2d_backward_data(const Conv2dShape& shape, int images, const float* dout, const Conv2dWeights<float>& weights,
                          float* din, float* scratch) {
  const Conv2dShape inner = without_padding(shape);
  for (int n = 0; n < images; ++n, din += shape.in_size(), dout += shape.out_size()) {
    float* image = shape.padding == 0 ? din : scratch;
    std::fill(image, image + inner.in_size(), 0.0F);
    backward_data_image(inner, dout, weights, image);
    if (shape.padding > 0) copy_inside(shape, image, din);
  }
}

void conv2d_backward_weights(const Conv2dShape& shape, int images, const float* in, const float* dout, float* dweights,
                             float* dbias, float* scratch) {
  const Conv2dShape inner = without_padding(shape);
  for (int n = 0; n < images; ++n, in += shape.in_size(), dout += shape.out_size()) {
    const float* image = padded(shape, in, scratch);
    add_bias_gradient(inner, dout, dbias);
    if (is_single_channel(inner)) {
      single_channel_backward_weights(inner, image, dout, dweights);
    } else {
      backward_weights_image(inner, image, dout, dweights);
    }
  }
}

}  // namespace descent::kernels
