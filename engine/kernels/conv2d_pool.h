// SPDX-License-Identifier: MIT
// Convolution, ReLU and max pooling in one: what conv2d.h, relu and pool2d.h compute one after the other, with less
// arithmetic and hardly any memory traffic. Exact: the same terms are summed, in another order.
//   forward    only the outputs that some pooling window reads are computed, and pooled while they are in registers
//              (2x2 windows) or in the first-level cache; the full feature map never exists. 3x3 kernels with enough
//              channels under 2x2 windows go through Winograd's transform (winograd.h)
//   backward   each pooled cell sends its gradient to the one position that won, a cell cut off by the ReLU to none, so
//              the passes for data and weights touch one position of pool_kernel² at most, and only where it is alive
// winners: the winning window position of each pooled cell, or kDeadCell where the largest value was not above 0.
// Pooling windows must not overlap (pool_stride >= pool_kernel) and have no padding; the dilation is 1. Single
// precision only: double networks run the separate layers, which are the reference. Nothing allocates; arrays must not
// overlap.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/kernels/conv2d.h"

namespace descent::kernels {

inline constexpr std::uint8_t kDeadCell = 255;

enum class ForwardMethod { fastest, direct, winograd };

struct Conv2dPoolShape {
  Conv2dShape conv;
  int pool_kernel = 2, pool_stride = 2;
  ForwardMethod forward = ForwardMethod::fastest;

  [[nodiscard]] int out_height() const { return (conv.out_height() - pool_kernel) / pool_stride + 1; }
  [[nodiscard]] int out_width() const { return (conv.out_width() - pool_kernel) / pool_stride + 1; }
  [[nodiscard]] int cells() const { return out_height() * out_width(); }
  [[nodiscard]] std::int64_t out_size() const { return std::int64_t{cells()} * conv.out_channels; }
  [[nodiscard]] std::int64_t window_size() const {  // taps of one output: k of the matrix product
    return std::int64_t{conv.kernel} * conv.kernel * conv.in_channels;
  }
};

// Bytes of scratch, aligned as max_align_t, for calls of up to `images` images.
[[nodiscard]] std::int64_t conv2d_pool_scratch_bytes(const Conv2dPoolShape& shape, int images);

// Weights are packed once per step, in shares so that threads can split the work: this is share `part` of `parts`.
// forward: conv2d_pool_forward_size elements, panels (gemm.h) or Winograd's transform of them.
// rows: (out_channels, kernel, kernel, in_channels), the weights of each output channel one after the other.
[[nodiscard]] std::int64_t conv2d_pool_forward_size(const Conv2dPoolShape& shape);
void conv2d_pool_pack_forward(const Conv2dPoolShape& shape, const float* weights, int part, int parts, float* forward);
void conv2d_pool_pack_backward(const Conv2dPoolShape& shape, const float* weights, int part, int parts, float* rows);

// in: (images, conv.in_size), packed: from conv2d_pool_pack_forward, bias: (out_channels), out, winners: (images,
// out_size).
void conv2d_pool_forward(const Conv2dPoolShape& shape, int images, const float* in, const float* packed,
                         const float* bias, float* out, std::uint8_t* winners, std::byte* scratch);

// Adds to dweights (kernel, kernel, in_channels, out_channels) and dbias (out_channels).
void conv2d_pool_backward_weights(const Conv2dPoolShape& shape, int images, const float* in, const float* dout,
                                  const std::uint8_t* winners, float* dweights, float* dbias, std::byte* scratch);

// Overwrites din (images, conv.in_size). rows: from conv2d_pool_pack_backward.
void conv2d_pool_backward_data(const Conv2dPoolShape& shape, int images, const float* dout, const std::uint8_t* winners,
                               const float* rows, float* din, std::byte* scratch);

// Weights as they lie, (kernel, kernel, in_channels, out_channels), and as rows, from conv2d_pool_pack_backward.
struct Conv2dPoolWeights {
  const float* weights = nullptr;
  const float* rows = nullptr;
};
// The change of the forward pass' result when weights and bias change along a direction, and `in` by `in_change` (like
// it; nullptr: not at all), while the winners stay: 0 in dead cells. out_change: (images, out_size), overwritten.
void conv2d_pool_tangent(const Conv2dPoolShape& shape, int images, const float* in, const float* in_change,
                         const std::uint8_t* winners, const Conv2dPoolWeights& at, const Conv2dPoolWeights& along,
                         const float* bias_along, float* out_change);

}  // namespace descent::kernels
