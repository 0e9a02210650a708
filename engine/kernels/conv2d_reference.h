// SPDX-License-Identifier: MIT
// Convolution written as its definition (conv2d.h), one loop an index, for any arithmetic type: what double networks
// run and what the SIMD kernels are tested against. Taps that fall into the padding are skipped.
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/kernels/conv2d.h"

namespace descent::kernels::reference {

// Calls fn(out_index, in_index, tap) for each output pixel and each tap of its window that lies inside the input;
// out_index and in_index count pixels of one image, tap = ky * kernel + kx.
template <class Fn>
void for_each_tap(const Conv2dShape& s, const Fn& fn) {
  for (int oy = 0; oy < s.out_height(); ++oy)
    for (int ox = 0; ox < s.out_width(); ++ox)
      for (int ky = 0; ky < s.kernel; ++ky)
        for (int kx = 0; kx < s.kernel; ++kx) {
          const int iy = oy * s.stride + ky * s.dilation - s.padding;
          const int ix = ox * s.stride + kx * s.dilation - s.padding;
          if (iy < 0 || iy >= s.height || ix < 0 || ix >= s.width) continue;
          fn(std::int64_t{oy} * s.out_width() + ox, std::int64_t{iy} * s.width + ix, ky * s.kernel + kx);
        }
}

template <class T>
void conv2d_forward(const Conv2dShape& s, int images, const T* in, const T* weights, const T* bias, T* out) {
  const std::int64_t tap_size = std::int64_t{s.in_channels} * s.out_channels;
  for (int n = 0; n < images; ++n, in += s.in_size(), out += s.out_size()) {
    for (std::int64_t i = 0; i < s.out_size(); ++i) out[i] = bias[i % s.out_channels];
    for_each_tap(s, [&](std::int64_t out_pixel, std::int64_t in_pixel, int tap) {
      T* to = out + out_pixel * s.out_channels;       // (out_channels)
      const T* from = in + in_pixel * s.in_channels;  // (in_channels)
      const T* matrix = weights + tap * tap_size;     // (in_channels, out_channels)
      for (int i = 0; i < s.in_channels; ++i)
        for (int o = 0; o < s.out_channels; ++o) to[o] += from[i] * matrix[std::int64_t{i} * s.out_channels + o];
    });
  }
}

template <class T>
void conv2d_backward_data(const Conv2dShape& s, int images, const T* dout, const T* weights, T* din) {
  const std::int64_t tap_size = std::int64_t{s.in_channels} * s.out_channels;
  for (int n = 0; n < images; ++n, din += s.in_size(), dout += s.out_size()) {
    std::fill(din, din + s.in_size(), T{0});
    for_each_tap(s, [&](std::int64_t out_pixel, std::int64_t in_pixel, int tap) {
      const T* from = dout + out_pixel * s.out_channels;
      T* to = din + in_pixel * s.in_channels;
      const T* matrix = weights + tap * tap_size;
      for (int i = 0; i < s.in_channels; ++i)
        for (int o = 0; o < s.out_channels; ++o) to[i] += from[o] * matrix[std::int64_t{i} * s.out_channels + o];
    });
  }
}

template <class T>
void conv2d_backward_weights(const Conv2dShape& s, int images, const T* in, const T* dout, T* dweights, T* dbias) {
  const std::int64_t tap_size = std::int64_t{s.in_channels} * s.out_channels;
  for (int n = 0; n < images; ++n, in += s.in_size(), dout += s.out_size()) {
    for (std::int64_t i = 0; i < s.out_size(); ++i) dbias[i % s.out_channels] += dout[i];
    for_each_tap(s, [&](std::int64_t out_pixel, std::int64_t in_pixel, int tap) {
      const T* gradient = dout + out_pixel * s.out_channels;
      const T* from = in + in_pixel * s.in_channels;
      T* matrix = dweights + tap * tap_size;
      for (int i = 0; i < s.in_channels; ++i)
        for (int o = 0; o < s.out_channels; ++o) matrix[std::int64_t{i} * s.out_channels + o] += from[i] * gradient[o];
    });
  }
}

}  // namespace descent::kernels::reference
