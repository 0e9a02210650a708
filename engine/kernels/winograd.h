// SPDX-License-Identifier: MIT
// Winograd's minimal filtering F(2x2, 3x3): a 2x2 tile of a 3x3 convolution at stride 1 from 16 multiplications per
// pair of channels instead of 36. With g the weights and d the 4x4 input patch under the tile, of one pair of channels:
//   tile = Aᵀ [ Σ over input channels of (G g Gᵀ) ⊙ (Bᵀ d B) ] A
// so the sum over channels is 16 matrix products, one for each place of the 4x4 transforms.
//   Bᵀ = 1  0 -1  0     G = 1    0    0     Aᵀ = 1  1  1  0
//        0  1  1  0         1/2  1/2  1/2        0  1 -1 -1
//        0 -1  1  0         1/2 -1/2  1/2
//        0  1  0 -1         0    0    1
// Reference: Lavin & Gray, "Fast algorithms for convolutional neural networks", CVPR 2016, section 4.1. The transforms
// add and halve only, but over the whole patch: an output's rounding error is in proportion to the magnitudes in its
// tile's 4x4 patch, not only in its own window, at most about ε (in_channels + 2) Σ (Σ |d|) (Σ |g|); tests hold it.
// Here every tile is a 2x2 pooling window: outputs go through ReLU and max pooling while they are in registers.
#pragma once

#include <cstdint>

#include "engine/kernels/conv2d_pool.h"

namespace descent::kernels {

inline constexpr int kWinogradPlaces = 16;

// winograd_fits() says whether winograd_pool_forward can do this shape. Where it can, it is the faster way: see the
// table in winograd.cpp.
[[nodiscard]] bool winograd_fits(const Conv2dPoolShape& shape);

// uses_winograd() says what shape.forward comes to.
[[nodiscard]] inline bool uses_winograd(const Conv2dPoolShape& shape) {
  return shape.forward != ForwardMethod::direct && winograd_fits(shape);
}

// Elements of the transformed weights.
[[nodiscard]] inline std::int64_t winograd_weights_size(const Conv2dShape& shape) {
  return std::int64_t{kWinogradPlaces} * shape.in_channels * shape.out_channels;
}
// transformed: (out_channels / 8, 16, in_channels, 8), a last panel of 4 where 8 does not divide out_channels. weights:
// (3, 3, in_channels, out_channels). Panels are made in shares: this is share `part` of `parts`.
void winograd_transform_weights(const Conv2dShape& shape, const float* weights, int part, int parts,
                                float* transformed);

// Elements of working memory.
[[nodiscard]] std::int64_t winograd_scratch_size(const Conv2dPoolShape& shape);

// One image. in: (height, width, in_channels) without padding left to do, bias: (out_channels), out, winners: as
// conv2d_pool_forward. Contract: winograd_fits(shape), shape.conv.padding == 0.
void winograd_pool_forward(const Conv2dPoolShape& shape, const float* in, const float* transformed, const float* bias,
                           float* out, std::uint8_t* winners, float* scratch);

}  // namespace descent::kernels
