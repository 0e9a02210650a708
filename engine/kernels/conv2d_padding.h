// SPDX-License-Identifier: MIT
// Zero padding by copying: the convolution kernels only know images whose windows all lie inside.
#pragma once

#include <algorithm>
#include <cstddef>

#include "engine/kernels/conv2d.h"

namespace descent::kernels {

// The same convolution over the padded image.
[[nodiscard]] inline Conv2dShape without_padding(const Conv2dShape& s) {
  Conv2dShape inner = s;
  inner.height += 2 * s.padding;
  inner.width += 2 * s.padding;
  inner.padding = 0;
  return inner;
}

// `in` itself, or its zero-bordered copy in `scratch`.
inline const float* padded(const Conv2dShape& s, const float* in, float* scratch) {
  if (s.padding == 0) return in;
  const Conv2dShape inner = without_padding(s);
  const std::ptrdiff_t row = std::ptrdiff_t{s.width} * s.in_channels;
  const std::ptrdiff_t inner_row = std::ptrdiff_t{inner.width} * s.in_channels;
  std::fill(scratch, scratch + inner.in_size(), 0.0F);
  float* to = scratch + s.padding * inner_row + std::ptrdiff_t{s.padding} * s.in_channels;
  for (int y = 0; y < s.height; ++y, in += row, to += inner_row) std::copy(in, in + row, to);
  return scratch;
}

// The inverse for gradients: what lies inside the border of `image` goes to `out`.
inline void copy_inside(const Conv2dShape& s, const float* image, float* out) {
  const std::ptrdiff_t row = std::ptrdiff_t{s.width} * s.in_channels;
  const std::ptrdiff_t inner_row = row + 2 * std::ptrdiff_t{s.padding} * s.in_channels;
  const float* from = image + s.padding * inner_row + std::ptrdiff_t{s.padding} * s.in_channels;
  for (int y = 0; y < s.height; ++y, from += inner_row, out += row) std::copy(from, from + row, out);
}

}  // namespace descent::kernels
