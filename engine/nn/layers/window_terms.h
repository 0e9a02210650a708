// SPDX-License-Identifier: MIT
// Says which inputs a sliding window reads, and which windows read an input: the geometry behind the local Jacobians of
// convolution and pooling. Both ways ask the same function where a window's row lies, so they cannot disagree.
#pragma once

#include <cstdint>

#include "engine/kernels/conv2d.h"
#include "engine/kernels/pool2d.h"

namespace descent::nn {

// The row of the input that row `k` of the window of output row `output` looks at, outside the input where that is
// padding. Columns are alike.
inline int input_row(const kernels::Conv2dShape& shape, int output, int k) {
  return output * shape.stride + k * shape.dilation - shape.padding;
}
inline int input_row(const kernels::Pool2dShape& shape, int output, int k) {
  return output * shape.stride + k - shape.padding;
}

// fn(ky, kx, pixel) for each pixel of the input that the window of output (y, x) covers, in the order of memory; a
// pixel is row * width + column.
template <class Shape, class Fn>
void for_each_read(const Shape& shape, int y, int x, const Fn& fn) {
  for (int ky = 0; ky < shape.kernel; ++ky) {
    const int row = input_row(shape, y, ky);
    if (row < 0 || row >= shape.height) continue;
    for (int kx = 0; kx < shape.kernel; ++kx) {
      const int column = input_row(shape, x, kx);
      if (column >= 0 && column < shape.width) fn(ky, kx, std::int64_t{row} * shape.width + column);
    }
  }
}

// fn(ky, kx, pixel) for each pixel of the output whose window covers input (row, column), at (ky, kx) of the window.
template <class Shape, class Fn>
void for_each_reader(const Shape& shape, int row, int column, const Fn& fn) {
  const auto each = [&shape](int count, int wanted, const auto& found) {
    for (int output = 0; output < count; ++output)
      for (int k = 0; k < shape.kernel; ++k)
        if (input_row(shape, output, k) == wanted) found(output, k);
  };
  each(shape.out_height(), row, [&](int y, int ky) {
    each(shape.out_width(), column, [&](int x, int kx) { fn(ky, kx, std::int64_t{y} * shape.out_width() + x); });
  });
}

// A unit of a map whose channels lie innermost.
struct Place {
  int y = 0, x = 0, channel = 0;

  Place(std::int64_t unit, int width, int channels)
      : y(static_cast<int>(unit / channels / width)),
        x(static_cast<int>(unit / channels % width)),
        channel(static_cast<int>(unit % channels)) {}
};

}  // namespace descent::nn
