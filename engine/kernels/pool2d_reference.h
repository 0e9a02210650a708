// SPDX-License-Identifier: MIT
// Pooling written as its definition (pool2d.h), for any arithmetic type.
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/kernels/pool2d.h"

namespace descent::kernels::reference {

// Calls fn(out_pixel, in_pixel, position) for each output pixel and each window position that lies inside the input, in
// ascending order of both.
template <class Fn>
void for_each_position(const Pool2dShape& s, const Fn& fn) {
  for (int oy = 0; oy < s.out_height(); ++oy)
    for (int ox = 0; ox < s.out_width(); ++ox)
      for (int position = 0; position < s.kernel * s.kernel; ++position) {
        const int iy = oy * s.stride + position / s.kernel - s.padding;
        const int ix = ox * s.stride + position % s.kernel - s.padding;
        if (iy < 0 || iy >= s.height || ix < 0 || ix >= s.width) continue;
        fn(std::int64_t{oy} * s.out_width() + ox, std::int64_t{iy} * s.width + ix, position);
      }
}

template <class T>
void max_pool2d_forward(const Pool2dShape& s, int images, const T* in, T* out, std::uint8_t* winners) {
  constexpr std::uint8_t kNone = 255;
  for (int n = 0; n < images; ++n, in += s.in_size(), out += s.out_size(), winners += s.out_size()) {
    std::fill(winners, winners + s.out_size(), kNone);
    for_each_position(s, [&](std::int64_t out_pixel, std::int64_t in_pixel, int position) {
      for (int c = 0; c < s.channels; ++c) {
        const std::int64_t o = out_pixel * s.channels + c;
        const T value = in[in_pixel * s.channels + c];
        if (winners[o] != kNone && !(value > out[o]) && !(value != value)) continue;
        out[o] = value;
        winners[o] = static_cast<std::uint8_t>(position);
      }
    });
  }
}

template <class T>
void max_pool2d_backward(const Pool2dShape& s, int images, const T* dout, const std::uint8_t* winners, T* din) {
  for (int n = 0; n < images; ++n, din += s.in_size(), dout += s.out_size(), winners += s.out_size()) {
    std::fill(din, din + s.in_size(), T{0});
    for_each_position(s, [&](std::int64_t out_pixel, std::int64_t in_pixel, int position) {
      for (int c = 0; c < s.channels; ++c) {
        const std::int64_t o = out_pixel * s.channels + c;
        if (winners[o] == position) din[in_pixel * s.channels + c] += dout[o];
      }
    });
  }
}

template <class T>
void avg_pool2d_forward(const Pool2dShape& s, int images, const T* in, T* out) {
  const T share = T{1} / static_cast<T>(s.kernel * s.kernel);
  for (int n = 0; n < images; ++n, in += s.in_size(), out += s.out_size()) {
    std::fill(out, out + s.out_size(), T{0});
    for_each_position(s, [&](std::int64_t out_pixel, std::int64_t in_pixel, int) {
      for (int c = 0; c < s.channels; ++c) out[out_pixel * s.channels + c] += share * in[in_pixel * s.channels + c];
    });
  }
}

template <class T>
void avg_pool2d_backward(const Pool2dShape& s, int images, const T* dout, T* din) {
  const T share = T{1} / static_cast<T>(s.kernel * s.kernel);
  for (int n = 0; n < images; ++n, din += s.in_size(), dout += s.out_size()) {
    std::fill(din, din + s.in_size(), T{0});
    for_each_position(s, [&](std::int64_t out_pixel, std::int64_t in_pixel, int) {
      for (int c = 0; c < s.channels; ++c) din[in_pixel * s.channels + c] += share * dout[out_pixel * s.channels + c];
    });
  }
}

}  // namespace descent::kernels::reference
