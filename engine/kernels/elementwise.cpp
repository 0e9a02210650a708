// SPDX-License-Identifier: MIT
// Element-wise kernels: four floats at a time where it is arithmetic, the C library where it is a special function. The
// double versions are the same definitions, one element at a time.
#include "engine/kernels/elementwise.h"

#include <algorithm>
#include <cmath>

#include "engine/kernels/f32x4.h"

namespace descent::kernels {
namespace {

// Calls vector(i) for every four elements and one(i) for each of the rest.
template <class VectorFn, class ScalarFn>
DESCENT_INLINE void for_each_four(std::int64_t n, const VectorFn& vector, const ScalarFn& one) {
  std::int64_t i = 0;
  for (; i + F32x4::kLanes <= n; i += F32x4::kLanes) vector(i);
  for (; i < n; ++i) one(i);
}

template <class T>
void tanh_forward_any(std::int64_t n, const T* in, T* out) {
  for (std::int64_t i = 0; i < n; ++i) out[i] = std::tanh(in[i]);
}

template <class T>
void tanh_backward_any(std::int64_t n, const T* out, const T* dout, T* din) {
  for (std::int64_t i = 0; i < n; ++i) din[i] = dout[i] * (T{1} - out[i] * out[i]);
}

template <class T>
void sigmoid_forward_any(std::int64_t n, const T* in, T* out) {
  for (std::int64_t i = 0; i < n; ++i) out[i] = T{1} / (T{1} + std::exp(-in[i]));
}

template <class T>
void sigmoid_backward_any(std::int64_t n, const T* out, const T* dout, T* din) {
  for (std::int64_t i = 0; i < n; ++i) din[i] = dout[i] * out[i] * (T{1} - out[i]);
}

// The finalizer of SplitMix64: every bit of the result depends on every bit of x.
std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

}  // namespace

void relu_forward(std::int64_t n, const float* in, float* out) {
  const F32x4 zero = F32x4::zero();
  for_each_four(
      n,
      [&](std::int64_t i) {
        const F32x4 x = F32x4::load(in + i);
        select(x < zero, zero, x).store(out + i);
      },
      [&](std::int64_t i) { out[i] = in[i] < 0.0F ? 0.0F : in[i]; });
}

void relu_forward(std::int64_t n, const double* in, double* out) {
  for (std::int64_t i = 0; i < n; ++i) out[i] = in[i] < 0.0 ? 0.0 : in[i];
}

void relu_backward(std::int64_t n, const float* out, const float* dout, float* din) {
  const F32x4 zero = F32x4::zero();
  for_each_four(
      n, [&](std::int64_t i) { ((F32x4::load(out + i) > zero) & F32x4::load(dout + i)).store(din + i); },
      [&](std::int64_t i) { din[i] = out[i] > 0.0F ? dout[i] : 0.0F; });
}

void relu_backward(std::int64_t n, const double* out, const double* dout, double* din) {
  for (std::int64_t i = 0; i < n; ++i) din[i] = out[i] > 0.0 ? dout[i] : 0.0;
}

void tanh_forward(std::int64_t n, const float* in, float* out) {
  tanh_forward_any(n, in, out);
}
void tanh_forward(std::int64_t n, const double* in, double* out) {
  tanh_forward_any(n, in, out);
}
void tanh_backward(std::int64_t n, const float* out, const float* dout, float* din) {
  tanh_backward_any(n, out, dout, din);
}
void tanh_backward(std::int64_t n, const double* out, const double* dout, double* din) {
  tanh_backward_any(n, out, dout, din);
}

void sigmoid_forward(std::int64_t n, const float* in, float* out) {
  sigmoid_forward_any(n, in, out);
}
void sigmoid_forward(std::int64_t n, const double* in, double* out) {
  sigmoid_forward_any(n, in, out);
}
void sigmoid_backward(std::int64_t n, const float* out, const float* dout, float* din) {
  sigmoid_backward_any(n, out, dout, din);
}
void sigmoid_backward(std::int64_t n, const double* out, const double* dout, double* din) {
  sigmoid_backward_any(n, out, dout, din);
}

void dropout_mask(std::int64_t n, double rate, std::uint64_t key, std::uint8_t* keep) {
  const auto threshold = static_cast<std::uint64_t>(rate * 0x1.0p32);  // drop where 32 random bits are below it
  const std::uint64_t base = mix(key);  // keys that differ by little must not give shifted copies of one mask
  for (std::int64_t i = 0; i < n; ++i) {
    const std::uint64_t bits = mix(base + static_cast<std::uint64_t>(i) * 0x9E3779B97F4A7C15ULL) >> 32;
    keep[i] = bits >= threshold ? 1 : 0;
  }
}

void dropout_apply(std::int64_t n, const float* in, const std::uint8_t* keep, float scale, float* out) {
  for (std::int64_t i = 0; i < n; ++i) out[i] = keep[i] != 0 ? in[i] * scale : 0.0F;
}

void dropout_apply(std::int64_t n, const double* in, const std::uint8_t* keep, double scale, double* out) {
  for (std::int64_t i = 0; i < n; ++i) out[i] = keep[i] != 0 ? in[i] * scale : 0.0;
}

void sum_blocks(std::int64_t n, int count, std::int64_t stride, const float* blocks, bool accumulate, float* out) {
  for_each_four(
      n,
      [&](std::int64_t i) {
        F32x4 sum = F32x4::load(blocks + i);
        for (int b = 1; b < count; ++b) sum = sum + F32x4::load(blocks + b * stride + i);
        (accumulate ? F32x4::load(out + i) + sum : sum).store(out + i);
      },
      [&](std::int64_t i) {
        float sum = blocks[i];
        for (int b = 1; b < count; ++b) sum += blocks[b * stride + i];
        out[i] = accumulate ? out[i] + sum : sum;
      });
}

void sum_blocks(std::int64_t n, int count, std::int64_t stride, const double* blocks, bool accumulate, double* out) {
  for (std::int64_t i = 0; i < n; ++i) {
    double sum = blocks[i];
    for (int b = 1; b < count; ++b) sum += blocks[b * stride + i];
    out[i] = accumulate ? out[i] + sum : sum;
  }
}

}  // namespace descent::kernels
