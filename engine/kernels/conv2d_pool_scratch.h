// SPDX-License-Identifier: MIT
// Working memory of the fused convolution, cut from the scratch a caller hands over. Internal to conv2d_pool*.cpp.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "engine/kernels/conv2d_padding.h"
#include "engine/kernels/conv2d_pool.h"
#include "engine/kernels/gemm.h"

namespace descent::kernels {

// One pooled cell's gradient and what it multiplies.
struct PoolEntry {
  std::int32_t where;  // elements from the base that goes with the list
  float gradient;
};

// Output columns that the pooling windows of a row reach, gaps between windows included.
[[nodiscard]] inline int strip_columns(const Conv2dPoolShape& s) {
  return (s.out_width() - 1) * s.pool_stride + s.pool_kernel;
}

struct Conv2dPoolScratch {
  float* image = nullptr;        // one zero-padded image, conv.scratch_size()
  float* strip = nullptr;        // (pool_kernel, strip_columns, 8)
  float* sums = nullptr;         // (8, window_size)
  PoolEntry* entries = nullptr;  // (8, cells * images) for weights; (pool_kernel² + 1, out_channels) for data
  // A pooled cell's window position looks at the input patch that begins at cell_offsets[cell] +
  // position_offsets[position] and is pixel strip_offsets[position] of the strip under the cell. The dead have position
  // pool_kernel².
  std::int32_t* cell_offsets = nullptr;      // (cells)
  std::int32_t* position_offsets = nullptr;  // (pool_kernel² + 1)
  std::int32_t* strip_offsets = nullptr;     // (pool_kernel² + 1)
  std::int64_t bytes = 0;

  Conv2dPoolScratch(const Conv2dPoolShape& s, int images, std::byte* memory) {
    const auto cut = [&](std::int64_t size) {
      std::byte* begin = memory == nullptr ? nullptr : memory + bytes;
      bytes += (size + kAlignment - 1) / kAlignment * kAlignment;
      return begin;
    };
    const std::int64_t positions = s.pool_kernel * s.pool_kernel;
    const std::int64_t entry_count =
        std::max(std::int64_t{kPanelColumns} * s.cells() * images, (positions + 1) * s.conv.out_channels);
    image = reinterpret_cast<float*>(cut(s.conv.scratch_size() * kFloat));
    strip = reinterpret_cast<float*>(cut(std::int64_t{s.pool_kernel} * strip_columns(s) * kPanelColumns * kFloat));
    sums = reinterpret_cast<float*>(cut(kPanelColumns * s.window_size() * kFloat));
    entries = reinterpret_cast<PoolEntry*>(cut(entry_count * static_cast<std::int64_t>(sizeof(PoolEntry))));
    cell_offsets = reinterpret_cast<std::int32_t*>(cut(s.cells() * kInt));
    position_offsets = reinterpret_cast<std::int32_t*>(cut((positions + 1) * kInt));
    strip_offsets = reinterpret_cast<std::int32_t*>(cut((positions + 1) * kInt));
  }

  // Fills the tables; inner: the shape over the padded image. Divisions here, not once for every gradient.
  void make_tables(const Conv2dPoolShape& inner) const {
    const int pixel = inner.conv.stride * inner.conv.in_channels, row = inner.conv.width * pixel;
    for (int cell = 0; cell < inner.cells(); ++cell)
      cell_offsets[cell] =
          cell / inner.out_width() * inner.pool_stride * row + cell % inner.out_width() * inner.pool_stride * pixel;
    const int positions = inner.pool_kernel * inner.pool_kernel;
    for (int position = 0; position < positions; ++position) {
      const int y = position / inner.pool_kernel, x = position % inner.pool_kernel;
      position_offsets[position] = y * row + x * pixel;
      strip_offsets[position] = y * strip_columns(inner) + x;
    }
    position_offsets[positions] = strip_offsets[positions] = 0;
  }

 private:
  static constexpr std::int64_t kFloat = sizeof(float), kInt = sizeof(std::int32_t);
  static constexpr std::int64_t kAlignment = alignof(std::max_align_t);
};

}  // namespace descent::kernels
