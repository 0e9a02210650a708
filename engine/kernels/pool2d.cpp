// SPDX-License-Identifier: MIT
// Single-precision pooling. One output pixel at a time, four channels in a register; the window is clipped to the image
// once a pixel. The winner's position is kept as a float lane beside the largest value (positions are small integers,
// exact in float) and turned into bytes at the end. The channels left over run the same code on one float.
#include "engine/kernels/pool2d.h"

#include <algorithm>
#include <cstddef>

#include "engine/kernels/f32x4.h"

namespace descent::kernels {
namespace {

// Window positions of one output pixel that lie inside the image.
struct Window {
  int top = 0, left = 0;  // input coordinates of position 0, may be negative
  int ky_first = 0, ky_last = 0, kx_first = 0, kx_last = 0;

  Window(const Pool2dShape& s, int y, int x) : top(y * s.stride - s.padding), left(x * s.stride - s.padding) {
    ky_first = std::max(0, -top);
    kx_first = std::max(0, -left);
    ky_last = std::min(s.kernel, s.height - top);
    kx_last = std::min(s.kernel, s.width - left);
  }
};

// fn(position, offset of the input pixel's first channel)
template <class Fn>
DESCENT_INLINE void for_each_tap(const Pool2dShape& s, const Window& w, const Fn& fn) {
  for (int ky = w.ky_first; ky < w.ky_last; ++ky)
    for (int kx = w.kx_first; kx < w.kx_last; ++kx)
      fn(ky * s.kernel + kx, (std::ptrdiff_t{w.top + ky} * s.width + w.left + kx) * s.channels);
}

template <class Fn>
void for_each_output(const Pool2dShape& s, const Fn& fn) {
  std::ptrdiff_t offset = 0;
  for (int y = 0; y < s.out_height(); ++y)
    for (int x = 0; x < s.out_width(); ++x, offset += s.channels) fn(Window(s, y, x), offset);
}

void max_pixel(const Pool2dShape& s, const Window& w, const float* in, float* out, std::uint8_t* winners) {
  const int first_position = w.ky_first * s.kernel + w.kx_first;
  const float* first = in + (std::ptrdiff_t{w.top + w.ky_first} * s.width + w.left + w.kx_first) * s.channels;
  int c = 0;
  for (; c + F32x4::kLanes <= s.channels; c += F32x4::kLanes) {
    F32x4 best = F32x4::load(first + c);
    F32x4 winner = F32x4::splat(static_cast<float>(first_position));
    for_each_tap(s, w, [&](int position, std::ptrdiff_t pixel) {
      const F32x4 value = F32x4::load(in + pixel + c);
      const Mask wins = (value > best) | (value != value);
      best = select(wins, value, best);
      winner = select(wins, F32x4::splat(static_cast<float>(position)), winner);
    });
    best.store(out + c);
    store_bytes(winner, winners + c);
  }
  for (; c < s.channels; ++c) {
    out[c] = first[c];
    winners[c] = static_cast<std::uint8_t>(first_position);
    for_each_tap(s, w, [&](int position, std::ptrdiff_t pixel) {
      const float value = in[pixel + c];
      if (!(value > out[c]) && value == value) return;
      out[c] = value;
      winners[c] = static_cast<std::uint8_t>(position);
    });
  }
}

// din gets dout where this position won; `add` when another window may have written there already.
DESCENT_INLINE void scatter_winner(int channels, int position, bool add, const float* dout, const std::uint8_t* winners,
                                   float* din) {
  const F32x4 wanted = F32x4::splat(static_cast<float>(position));
  int c = 0;
  for (; c + F32x4::kLanes <= channels; c += F32x4::kLanes) {
    const F32x4 gradient = (load_bytes(winners + c) == wanted) & F32x4::load(dout + c);
    (add ? F32x4::load(din + c) + gradient : gradient).store(din + c);
  }
  for (; c < channels; ++c) {
    const float gradient = winners[c] == position ? dout[c] : 0.0F;
    din[c] = add ? din[c] + gradient : gradient;
  }
}

DESCENT_INLINE void add_scaled(int channels, float scale, const float* from, float* to) {
  const F32x4 scales = F32x4::splat(scale);
  int c = 0;
  for (; c + F32x4::kLanes <= channels; c += F32x4::kLanes)
    (F32x4::load(to + c) + scales * F32x4::load(from + c)).store(to + c);
  for (; c < channels; ++c) to[c] += scale * from[c];
}

}  // namespace

void max_pool2d_forward(const Pool2dShape& s, int images, const float* in, float* out, std::uint8_t* winners) {
  for (int n = 0; n < images; ++n, in += s.in_size(), out += s.out_size(), winners += s.out_size())
    for_each_output(
        s, [&](const Window& w, std::ptrdiff_t offset) { max_pixel(s, w, in, out + offset, winners + offset); });
}

void max_pool2d_backward(const Pool2dShape& s, int images, const float* dout, const std::uint8_t* winners, float* din) {
  const bool overlap = s.stride < s.kernel;
  for (int n = 0; n < images; ++n, din += s.in_size(), dout += s.out_size(), winners += s.out_size()) {
    std::fill(din, din + s.in_size(), 0.0F);
    for_each_output(s, [&](const Window& w, std::ptrdiff_t offset) {
      for_each_tap(s, w, [&](int position, std::ptrdiff_t pixel) {
        scatter_winner(s.channels, position, overlap, dout + offset, winners + offset, din + pixel);
      });
    });
  }
}

void avg_pool2d_forward(const Pool2dShape& s, int images, const float* in, float* out) {
  const float share = 1.0F / static_cast<float>(s.kernel * s.kernel);
  for (int n = 0; n < images; ++n, in += s.in_size(), out += s.out_size()) {
    std::fill(out, out + s.out_size(), 0.0F);
    for_each_output(s, [&](const Window& w, std::ptrdiff_t offset) {
      for_each_tap(s, w, [&](int, std::ptrdiff_t pixel) { add_scaled(s.channels, share, in + pixel, out + offset); });
    });
  }
}

void avg_pool2d_backward(const Pool2dShape& s, int images, const float* dout, float* din) {
  const float share = 1.0F / static_cast<float>(s.kernel * s.kernel);
  for (int n = 0; n < images; ++n, din += s.in_size(), dout += s.out_size()) {
    std::fill(din, din + s.in_size(), 0.0F);
    for_each_output(s, [&](const Window& w, std::ptrdiff_t offset) {
      for_each_tap(s, w, [&](int, std::ptrdiff_t pixel) { add_scaled(s.channels, share, dout + offset, din + pixel); });
    });
  }
}

}  // namespace descent::kernels
