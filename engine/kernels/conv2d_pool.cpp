// SPDX-License-Identifier: MIT
// Forward half of the fused convolution; Winograd's way is in winograd.cpp. Panels of 8 output channels outside, so
// that a panel of weights stays in the first-level cache.
//   2x2 windows    tile: the four outputs under one pooled cell by 8 channels, 8 sums; pooled while in registers
//                  (pool_cell.h). One call does a row of cells
//   other windows  tile: as conv2d.cpp, 4 or 6 output pixels by 8 channels. The pool_kernel rows of outputs under a row
//                  of cells go into a strip of 8 channels, are pooled from there and written once
// ReLU after pooling is the same as before it, because the largest of cut values is the cut of the largest.
#include "engine/kernels/conv2d_pool.h"

#include <algorithm>

#include "engine/kernels/conv2d_padding.h"
#include "engine/kernels/conv2d_pool_scratch.h"
#include "engine/kernels/conv2d_single_tile.h"
#include "engine/kernels/gemm_tile.h"
#include "engine/kernels/pool_cell.h"
#include "engine/kernels/winograd.h"

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

// A row of cells under 2x2 windows.
struct CellRow {
  const float* in = nullptr;            // at the first window's input
  std::ptrdiff_t in_row = 0;            // of the image
  std::ptrdiff_t below = 0, right = 0;  // distance of the inputs of neighbouring outputs
  std::ptrdiff_t next_cell = 0;
  int run = 0, kernel = 0;         // a window is `kernel` rows of `run` numbers
  const float* weights = nullptr;  // panel (kernel * run, columns)
  const float* bias = nullptr;
  int cells = 0;
  std::ptrdiff_t channels = 0;
  float* out = nullptr;
  std::uint8_t* winners = nullptr;
};

// Run: job.run where it is known while compiling, or 0.
template <int NV, int Run>
__attribute__((noinline)) void cell_row(const CellRow& job) {
  constexpr int kColumns = NV * F32x4::kLanes;
  const int run = Run > 0 ? Run : job.run, kernel = Run > 0 ? Run : job.kernel;
  const float* in = job.in;
  float* out = job.out;
  std::uint8_t* winners = job.winners;
  for (int cell = 0; cell < job.cells; ++cell, in += job.next_cell, out += job.channels, winners += job.channels) {
    F32x4 sums[NV][4];
    for (int j = 0; j < NV; ++j)
      for (F32x4& sum : sums[j]) sum = F32x4::load(job.bias + j * F32x4::kLanes);
    const float* b = job.weights;
    const float* upper = in;
    for (int ky = 0; ky < kernel; ++ky, upper += job.in_row) {
      const float* lower = upper + job.below;
      for (int k = 0; k < run; ++k, b += kColumns) {
        const float* const outputs[4] = {upper + k, upper + job.right + k, lower + k, lower + job.right + k};
        F32x4 columns[NV];
        for (int j = 0; j < NV; ++j) columns[j] = F32x4::load(b + j * F32x4::kLanes);
        for (int i = 0; i < 4; ++i) {
          const F32x4 x = F32x4::load_splat(outputs[i]);
          for (int j = 0; j < NV; ++j) sums[j][i] = madd(x, columns[j], sums[j][i]);
        }
      }
    }
    for (int j = 0; j < NV; ++j) pool_cell(sums[j], out + j * F32x4::kLanes, winners + j * F32x4::kLanes);
  }
}

bool pools_in_registers(const Conv2dPoolShape& s) {
  return s.pool_kernel == 2 && s.conv.out_channels % F32x4::kLanes == 0;
}

void forward_by_cells(const Conv2dPoolShape& s, const float* in, const float* panels, const float* bias, float* out,
                      std::uint8_t* winners) {
  const Conv2dShape& conv = s.conv;
  const std::ptrdiff_t pixel = conv.in_channels, in_row = conv.width * pixel;
  const std::ptrdiff_t out_row = std::ptrdiff_t{s.out_width()} * conv.out_channels;
  for_each_panel(conv.out_channels, [&](auto panel, int column) {
    if constexpr (panel.kColumns >= F32x4::kLanes) {
      constexpr int kVectors = decltype(panel)::kVectors;
      CellRow job{.in_row = in_row,
                  .below = conv.stride * in_row,
                  .right = conv.stride * pixel,
                  .next_cell = s.pool_stride * conv.stride * pixel,
                  .run = conv.kernel * conv.in_channels,
                  .kernel = conv.kernel,
                  .weights = panels + s.window_size() * column,
                  .bias = bias + column,
                  .cells = s.out_width(),
                  .channels = conv.out_channels};
      const auto row = job.run == 3 && conv.kernel == 3 ? cell_row<kVectors, 3> : cell_row<kVectors, 0>;
      for (int y = 0; y < s.out_height(); ++y) {
        job.in = in + y * s.pool_stride * conv.stride * in_row;
        job.out = out + y * out_row + column;
        job.winners = winners + y * out_row + column;
        row(job);
      }
    }
  });
}

void forward_by_strips(const Conv2dPoolShape& s, const float* in, const float* panels, const float* bias, float* out,
                       std::uint8_t* winners, float* strip) {
  const Conv2dShape& conv = s.conv;
  const int window_row = conv.kernel * conv.in_channels, columns = strip_columns(s);
  const std::ptrdiff_t in_row = std::ptrdiff_t{conv.width} * conv.in_channels;
  const std::ptrdiff_t out_row = std::ptrdiff_t{s.out_width()} * conv.out_channels;
  const SingleChannelTaps taps(conv);
  const RightMatrix b = packed_matrix(panels, s.window_size());
  for_each_panel(conv.out_channels, [&](auto panel, int column) {
    TileJob job{.a_row = std::ptrdiff_t{conv.stride} * conv.in_channels,
                .a_segment = in_row,
                .b = panel_begin(b, column),
                .b_step = panel.kColumns,
                .b_segment = std::ptrdiff_t{window_row} * panel.kColumns,
                .k = window_row,
                .segments = conv.kernel,
                .start = Start::bias,
                .bias = bias + column,
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

std::int64_t conv2d_pool_forward_size(const Conv2dPoolShape& shape) {
  return uses_winograd(shape) ? winograd_weights_size(shape.conv) : shape.conv.weights_size();
}

void conv2d_pool_pack_forward(const Conv2dPoolShape& shape, const float* weights, int part, int parts, float* forward) {
  if (uses_winograd(shape)) {
    winograd_transform_weights(shape.conv, weights, part, parts, forward);
  } else if (part == 0) {
    conv2d_pack_forward(shape.conv, weights, forward);
  }
}

void conv2d_pool_forward(const Conv2dPoolShape& shape, int images, const float* in, const float* packed,
                         const float* bias, float* out, std::uint8_t* winners, std::byte* scratch) {
  const Conv2dPoolScratch memory(shape, images, scratch);
  Conv2dPoolShape inner = shape;
  inner.conv = without_padding(shape.conv);
  const bool winograd = uses_winograd(shape), by_cells = pools_in_registers(shape);
  for (int n = 0; n < images; ++n) {
    const float* image = padded(shape.conv, in, memory.images);
    if (winograd) {
      winograd_pool_forward(inner, image, packed, bias, out, winners, memory.winograd);
    } else if (by_cells) {
      forward_by_cells(inner, image, packed, bias, out, winners);
    } else {
      forward_by_strips(inner, image, packed, bias, out, winners, memory.strip);
    }
    in += shape.conv.in_size();
    out += shape.out_size();
    winners += shape.out_size();
  }
}

}  // namespace descent::kernels
