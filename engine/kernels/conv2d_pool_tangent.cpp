// SPDX-License-Identifier: MIT
// Only where a pooled cell is alive does anything change, and there at the position that won: a third of the cells, a
// quarter of the positions. With many taps each such sum is made by itself, channel after channel, so that a channel's
// weights stay in the first-level cache; with few, all channels at every position are as cheap.
#include <algorithm>

#include "engine/kernels/conv2d_pool.h"
#include "engine/kernels/f32x4.h"

namespace descent::kernels {
namespace {

constexpr std::int64_t kFewTaps = 32;

// Four vectors of sums, so that none has to wait for the one before.
struct Sums {
  F32x4 a = F32x4::zero(), b = F32x4::zero(), c = F32x4::zero(), d = F32x4::zero();
  float rest = 0;

  DESCENT_INLINE void add(const float* x, const float* y, int n) {
    constexpr int kLanes = F32x4::kLanes;
    int i = 0;
    for (; i + 4 * kLanes <= n; i += 4 * kLanes) {
      a = madd(F32x4::load(x + i), F32x4::load(y + i), a);
      b = madd(F32x4::load(x + i + kLanes), F32x4::load(y + i + kLanes), b);
      c = madd(F32x4::load(x + i + 2 * kLanes), F32x4::load(y + i + 2 * kLanes), c);
      d = madd(F32x4::load(x + i + 3 * kLanes), F32x4::load(y + i + 3 * kLanes), d);
    }
    for (; i + kLanes <= n; i += kLanes) a = madd(F32x4::load(x + i), F32x4::load(y + i), a);
    for (; i < n; ++i) rest += x[i] * y[i];
  }
  [[nodiscard]] DESCENT_INLINE float total() const {
    float sums[F32x4::kLanes];
    ((a + b) + (c + d)).store(sums);
    return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + rest;
  }
};

// The part of a window that lies inside the image: `rows` rows of `row` numbers.
struct Window {
  std::int64_t image = 0, taps = 0;  // first elements
  int rows = 0, row = 0;
  std::int64_t image_row = 0, taps_row = 0;

  // It belongs to the pooled cell (y, x).
  DESCENT_INLINE Window(const Conv2dPoolShape& s, int y, int x, int position) {
    const Conv2dShape& conv = s.conv;
    const int down = position / s.pool_kernel, right = position - down * s.pool_kernel;
    const int top = (y * s.pool_stride + down) * conv.stride - conv.padding;
    const int left = (x * s.pool_stride + right) * conv.stride - conv.padding;
    const int ky = std::max(0, -top), kx = std::max(0, -left);
    rows = std::max(0, std::min(conv.kernel, conv.height - top) - ky);
    row = std::max(0, std::min(conv.kernel, conv.width - left) - kx) * conv.in_channels;
    image = (std::int64_t{top + ky} * conv.width + left + kx) * conv.in_channels;
    taps = (std::int64_t{ky} * conv.kernel + kx) * conv.in_channels;
    image_row = std::int64_t{conv.width} * conv.in_channels;
    taps_row = std::int64_t{conv.kernel} * conv.in_channels;
  }

  DESCENT_INLINE void add(const float* in, const float* channel, Sums& sums) const {
    for (int r = 0; r < rows; ++r) sums.add(in + image + r * image_row, channel + taps + r * taps_row, row);
  }
  // weights: (taps, channels), at the first of four channels.
  DESCENT_INLINE F32x4 add(const float* in, const float* weights, std::int64_t channels, F32x4 sum) const {
    for (int r = 0; r < rows; ++r)
      for (int k = 0; k < row; ++k)
        sum = madd(F32x4::splat(in[image + r * image_row + k]),
                   F32x4::load(weights + (taps + r * taps_row + k) * channels), sum);
    return sum;
  }
};

// The arrays of one image.
struct Image {
  const float* in = nullptr;
  const float* change = nullptr;
  const std::uint8_t* winners = nullptr;
  float* out = nullptr;
};

void all_positions(const Conv2dPoolShape& s, const Image& image, const float* at, const float* along,
                   const float* bias) {
  constexpr int kLanes = F32x4::kLanes;
  const int channels = s.conv.out_channels, columns = s.out_width();
  std::fill(image.out, image.out + s.out_size(), 0.0F);
  for (int cell = 0; cell < s.cells(); ++cell)
    for (int position = 0; position < s.pool_kernel * s.pool_kernel; ++position) {
      const Window window(s, cell / columns, cell % columns, position);
      for (int o = 0; o < channels; o += kLanes) {
        F32x4 sum = window.add(image.in, along + o, channels, F32x4::load(bias + o));
        if (image.change != nullptr) sum = window.add(image.change, at + o, channels, sum);
        float sums[kLanes];
        sum.store(sums);
        const std::int64_t first = std::int64_t{cell} * channels + o;
        for (int j = 0; j < kLanes; ++j)
          image.out[first + j] = image.winners[first + j] == position ? sums[j] : image.out[first + j];
      }
    }
}

void winners_alone(const Conv2dPoolShape& s, const Image& image, const float* at, const float* along,
                   const float* bias) {
  const int channels = s.conv.out_channels, height = s.out_height(), width = s.out_width();
  for (int o = 0; o < channels; ++o, at += s.window_size(), along += s.window_size()) {
    const std::uint8_t* winner = image.winners + o;
    float* out = image.out + o;
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x, winner += channels, out += channels) {
        *out = 0;
        if (*winner == kDeadCell) continue;
        const Window window(s, y, x, *winner);
        Sums sums;
        window.add(image.in, along, sums);
        if (image.change != nullptr) window.add(image.change, at, sums);
        *out = sums.total() + bias[o];
      }
  }
}

}  // namespace

void conv2d_pool_tangent(const Conv2dPoolShape& shape, int images, const float* in, const float* in_change,
                         const std::uint8_t* winners, const Conv2dPoolWeights& at, const Conv2dPoolWeights& along,
                         const float* bias_along, float* out_change) {
  const bool few = shape.window_size() <= kFewTaps && shape.conv.out_channels % F32x4::kLanes == 0;
  for (std::int64_t n = 0; n < images; ++n) {
    const Image image{in + n * shape.conv.in_size(),
                      in_change == nullptr ? nullptr : in_change + n * shape.conv.in_size(),
                      winners + n * shape.out_size(), out_change + n * shape.out_size()};
    if (few) {
      all_positions(shape, image, at.weights, along.weights, bias_along);
    } else {
      winners_alone(shape, image, at.rows, along.rows, bias_along);
    }
  }
}

}  // namespace descent::kernels
