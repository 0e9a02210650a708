// SPDX-License-Identifier: MIT
// Working memory of the fused convolution, cut from the scratch a caller hands over. Internal to conv2d_pool*.cpp.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "engine/kernels/conv2d_padding.h"
#include "engine/kernels/conv2d_pool.h"
#include "engine/kernels/gemm.h"
#include "engine/kernels/sparse_entry.h"
#include "engine/kernels/winograd.h"

namespace descent::kernels {

// Output columns that the pooling windows of a row reach, gaps between windows included.
[[nodiscard]] inline int strip_columns(const Conv2dPoolShape& s) {
  return (s.out_width() - 1) * s.pool_stride + s.pool_kernel;
}

// The alive cells of one pooled cell's channels that won at one position: entries [begin, begin + count), and the
// element of the image where their window begins.
struct PoolList {
  std::int32_t begin, count, corner;
};

// Small windows are added up whole, kernel rows of `vectors` vectors each, in at most kSumVectors registers; `vectors`
// is 0 where a window is too large for that and goes run by run.
[[nodiscard]] inline int window_row_vectors(const Conv2dShape& s) {
  const int vectors = (s.kernel * s.in_channels + kLanes - 1) / kLanes;
  return s.kernel > 1 && s.kernel * vectors <= kSumVectors ? vectors : 0;
}
// Whole vectors read past the end of the last row of the last window.
[[nodiscard]] inline bool window_overhangs(const Conv2dShape& s) {
  return window_row_vectors(s) * kLanes > s.kernel * s.in_channels;
}
// Distance of a window's rows, where it is added up.
[[nodiscard]] inline int window_row_stride(const Conv2dShape& s) {
  return std::max(window_row_vectors(s) * kLanes, s.kernel * s.in_channels);
}

struct Conv2dPoolScratch {
  float* images = nullptr;         // (batch, padded or as they are) and a vector more
  float* strip = nullptr;          // (pool_kernel, strip_columns, 8)
  float* sums = nullptr;           // (8, kernel, window_row_stride)
  float* winograd = nullptr;       // winograd_scratch_size where that is used
  SparseEntry* entries = nullptr;  // (8, batch * cells) for weights; (cells, out_channels) for data
  SparseEntry* sorted = nullptr;   // (pool_kernel², out_channels)
  PoolList* lists = nullptr;       // (cells, pool_kernel²)
  // A pooled cell's window position looks at the input patch that begins at cell_offsets[cell] +
  // position_offsets[position].
  std::int32_t* cell_offsets = nullptr;      // (cells)
  std::int32_t* position_offsets = nullptr;  // (pool_kernel²)
  std::int64_t bytes = 0;

  Conv2dPoolScratch(const Conv2dPoolShape& s, int batch, std::byte* memory) {
    const std::int64_t positions = s.pool_kernel * s.pool_kernel, cells = s.cells(), channels = s.conv.out_channels;
    const auto cut = [&]<class T>(T*& array, std::int64_t count) {
      array = memory == nullptr ? nullptr : reinterpret_cast<T*>(memory + bytes);
      const std::int64_t size = count * static_cast<std::int64_t>(sizeof(T));
      bytes += (size + kAlignment - 1) / kAlignment * kAlignment;
    };
    cut(images, batch * std::max(s.conv.scratch_size(), window_overhangs(s.conv) ? s.conv.in_size() : 0) + kLanes);
    cut(strip, std::int64_t{s.pool_kernel} * strip_columns(s) * kPanelColumns);
    cut(sums, std::int64_t{kPanelColumns} * s.conv.kernel * window_row_stride(s.conv));
    cut(winograd, uses_winograd(s) ? winograd_scratch_size(s) : 0);
    cut(entries, std::max<std::int64_t>(std::int64_t{kPanelColumns} * batch, channels) * cells);
    cut(sorted, positions * channels);
    cut(lists, cells * positions);
    cut(cell_offsets, cells);
    cut(position_offsets, positions);
  }

  // Fills the tables; inner: the shape over the padded image. Divisions here, not once for every gradient.
  void make_tables(const Conv2dPoolShape& inner) const {
    const int pixel = inner.conv.stride * inner.conv.in_channels, row = inner.conv.width * pixel;
    for (int cell = 0; cell < inner.cells(); ++cell)
      cell_offsets[cell] =
          cell / inner.out_width() * inner.pool_stride * row + cell % inner.out_width() * inner.pool_stride * pixel;
    const int positions = inner.pool_kernel * inner.pool_kernel;
    for (int position = 0; position < positions; ++position)
      position_offsets[position] = position / inner.pool_kernel * row + position % inner.pool_kernel * pixel;
  }

 private:
  static constexpr std::int64_t kAlignment = alignof(std::max_align_t);
};

}  // namespace descent::kernels
