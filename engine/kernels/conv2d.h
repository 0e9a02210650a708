// SPDX-License-Identifier: MIT
// Two-dimensional convolution (cross-correlation, as every framework means it) on square kernels:
//   out[y][x][o] = bias[o] + sum over ky, kx, i of in[y s + ky d - p][x s + kx d - p][i] * weights[ky][kx][i][o]
// with stride s, zero padding p and dilation d. Feature maps are (image, height, width, channels), channels innermost;
// weights are (ky, kx, in_channels, out_channels). The float functions run SIMD kernels on weights packed once per step
// (conv2d_pack_*); the double ones are the plain loops of conv2d_reference.h and ignore packed weights.
// Nothing allocates; arrays must not overlap; no alignment is asked for.
#pragma once

#include <cstdint>

namespace descent::kernels {

struct Conv2dShape {
  int height = 0, width = 0, in_channels = 0;  // input
  int out_channels = 0;
  int kernel = 1, stride = 1, padding = 0, dilation = 1;

  // Side of the square that a window reaches over: the kernel's with dilation - 1 pixels between neighbouring taps.
  [[nodiscard]] int span() const { return dilation * (kernel - 1) + 1; }
  [[nodiscard]] int out_height() const { return (height + 2 * padding - span()) / stride + 1; }
  [[nodiscard]] int out_width() const { return (width + 2 * padding - span()) / stride + 1; }
  [[nodiscard]] std::int64_t in_size() const { return std::int64_t{height} * width * in_channels; }
  [[nodiscard]] std::int64_t out_size() const { return std::int64_t{out_height()} * out_width() * out_channels; }
  [[nodiscard]] std::int64_t weights_size() const { return std::int64_t{kernel} * kernel * in_channels * out_channels; }
  // Elements of one zero-padded image, the scratch that the float functions need when padding > 0.
  [[nodiscard]] std::int64_t scratch_size() const {
    return padding == 0 ? 0 : std::int64_t{height + 2 * padding} * (width + 2 * padding) * in_channels;
  }
};

template <class T>
struct Conv2dWeights {
  const T* weights = nullptr;          // (kernel, kernel, in_channels, out_channels)
  const T* bias = nullptr;             // (out_channels)
  const T* forward_panels = nullptr;   // (weights_size), from conv2d_pack_forward
  const T* backward_panels = nullptr;  // (weights_size), from conv2d_pack_backward
};

// forward_panels: (out_channels / 8, kernel * kernel * in_channels, 8); see gemm.h on panels.
void conv2d_pack_forward(const Conv2dShape& shape, const float* weights, float* forward_panels);
// backward_panels: (in_channels / 8, kernel * kernel, out_channels, 8): transposed for the way back.
void conv2d_pack_backward(const Conv2dShape& shape, const float* weights, float* backward_panels);

// in: (images, in_size), out: (images, out_size), scratch: (scratch_size).
void conv2d_forward(const Conv2dShape& shape, int images, const float* in, const Conv2dWeights<float>& weights,
                    float* out, float* scratch);
void conv2d_forward(const Conv2dShape& shape, int images, const double* in, const Conv2dWeights<double>& weights,
                    double* out, double* scratch);

// Overwrites din with d(loss)/d(in). dout: (images, out_size), din: (images, in_size).
void conv2d_backward_data(const Conv2dShape& shape, int images, const float* dout, const Conv2dWeights<float>& weights,
                          float* din, float* scratch);
void conv2d_backward_data(const Conv2dShape& shape, int images, const double* dout,
                          const Conv2dWeights<double>& weights, double* din, double* scratch);

// Adds to dweights (kernel, kernel, in_channels, out_channels) and dbias (out_channels).
void conv2d_backward_weights(const Conv2dShape& shape, int images, const float* in, const float* dout, float* dweights,
                             float* dbias, float* scratch);
void conv2d_backward_weights(const Conv2dShape& shape, int images, const double* in, const double* dout,
                             double* dweights, double* dbias, double* scratch);

}  // namespace descent::kernels
