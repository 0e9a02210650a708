// SPDX-License-Identifier: MIT
// Element-wise kernels over flat arrays of n elements; each may run in place (out == in, din == dout).
//   relu      out = max(in, 0), NaN stays NaN; din = dout where out > 0, else 0
//   tanh      din = dout (1 - out^2)
//   sigmoid   out = 1 / (1 + e^-in); din = dout out (1 - out)
//   dropout   keep is 0 or 1 per element; out = in * keep * scale, the same for the gradient
//   sum_blocks   out[i] (+)= ((block_0[i] + block_1[i]) + block_2[i]) + …, the fixed-order reduction of shards
// The float versions of relu and sum_blocks are SIMD; tanh and sigmoid call the C library.
#pragma once

#include <cstdint>

namespace descent::kernels {

void relu_forward(std::int64_t n, const float* in, float* out);
void relu_forward(std::int64_t n, const double* in, double* out);
void relu_backward(std::int64_t n, const float* out, const float* dout, float* din);
void relu_backward(std::int64_t n, const double* out, const double* dout, double* din);

void tanh_forward(std::int64_t n, const float* in, float* out);
void tanh_forward(std::int64_t n, const double* in, double* out);
void tanh_backward(std::int64_t n, const float* out, const float* dout, float* din);
void tanh_backward(std::int64_t n, const double* out, const double* dout, double* din);

void sigmoid_forward(std::int64_t n, const float* in, float* out);
void sigmoid_forward(std::int64_t n, const double* in, double* out);
void sigmoid_backward(std::int64_t n, const float* out, const float* dout, float* din);
void sigmoid_backward(std::int64_t n, const double* out, const double* dout, double* din);

// keep[i] = 1 with probability 1 - rate, decided by a hash of (key, i) alone: the same mask on every machine.
void dropout_mask(std::int64_t n, double rate, std::uint64_t key, std::uint8_t* keep);
void dropout_apply(std::int64_t n, const float* in, const std::uint8_t* keep, float scale, float* out);
void dropout_apply(std::int64_t n, const double* in, const std::uint8_t* keep, double scale, double* out);

// blocks: (count, stride), of which the first n elements of each are summed.
void sum_blocks(std::int64_t n, int count, std::int64_t stride, const float* blocks, bool accumulate, float* out);
void sum_blocks(std::int64_t n, int count, std::int64_t stride, const double* blocks, bool accumulate, double* out);

}  // namespace descent::kernels
