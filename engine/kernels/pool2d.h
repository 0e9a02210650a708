// SPDX-License-Identifier: MIT
// Max and average pooling over square windows, (image, height, width, channels) with channels innermost.
// Max pooling records for each output the window position (ky * kernel + kx, one byte) that won: the first of equals,
// as PyTorch does; NaN wins over everything. Padding never wins; the caller keeps padding <= kernel / 2, so no window
// is empty. Average pooling divides by kernel * kernel with padding counted as zeros (PyTorch's count_include_pad). The
// float functions are SIMD over channels, the double ones the plain loops of pool2d_reference.h. Nothing allocates.
#pragma once

#include <cstdint>

namespace descent::kernels {

inline constexpr int kMaxPoolKernel = 15;  // window positions fit into one byte

struct Pool2dShape {
  int height = 0, width = 0, channels = 0;  // input
  int kernel = 2, stride = 2, padding = 0;

  [[nodiscard]] int out_height() const { return (height + 2 * padding - kernel) / stride + 1; }
  [[nodiscard]] int out_width() const { return (width + 2 * padding - kernel) / stride + 1; }
  [[nodiscard]] std::int64_t in_size() const { return std::int64_t{height} * width * channels; }
  [[nodiscard]] std::int64_t out_size() const { return std::int64_t{out_height()} * out_width() * channels; }
};

// in: (images, in_size), out: (images, out_size), winners: (images, out_size).
void max_pool2d_forward(const Pool2dShape& shape, int images, const float* in, float* out, std::uint8_t* winners);
void max_pool2d_forward(const Pool2dShape& shape, int images, const double* in, double* out, std::uint8_t* winners);

// Overwrites din: each output's gradient goes to the input that won.
void max_pool2d_backward(const Pool2dShape& shape, int images, const float* dout, const std::uint8_t* winners,
                         float* din);
void max_pool2d_backward(const Pool2dShape& shape, int images, const double* dout, const std::uint8_t* winners,
                         double* din);

void avg_pool2d_forward(const Pool2dShape& shape, int images, const float* in, float* out);
void avg_pool2d_forward(const Pool2dShape& shape, int images, const double* in, double* out);

// Overwrites din: each output's gradient is shared equally among its window.
void avg_pool2d_backward(const Pool2dShape& shape, int images, const float* dout, float* din);
void avg_pool2d_backward(const Pool2dShape& shape, int images, const double* dout, double* din);

}  // namespace descent::kernels
