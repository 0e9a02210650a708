// SPDX-License-Identifier: MIT
// The convolution of an image with one channel at stride 1, with any dilation: the window is a handful of single
// numbers, k is only kernel * kernel, and what costs is moving the outputs. Internal to the convolution; images without
// padding.
#pragma once

#include "engine/kernels/conv2d.h"

namespace descent::kernels {

// The largest window these kernels know; others take the general way.
inline constexpr int kMaxSingleTaps = 25;

[[nodiscard]] inline bool is_single_channel(const Conv2dShape& s) {
  return s.in_channels == 1 && s.stride == 1 && s.kernel * s.kernel <= kMaxSingleTaps;
}

// in: (height, width), out: (out_height, out_width, out_channels). Contract: is_single_channel(shape), padding 0.
void single_channel_forward(const Conv2dShape& shape, const float* in, const Conv2dWeights<float>& weights, float* out);
// Adds to dweights (kernel * kernel, out_channels).
void single_channel_backward_weights(const Conv2dShape& shape, const float* in, const float* dout, float* dweights);

}  // namespace descent::kernels
