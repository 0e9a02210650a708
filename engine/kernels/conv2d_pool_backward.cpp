// SPDX-License-Identifier: MIT
// Backward half of the fused convolution: sums over lists of alive pooled cells.
// An alive cell of channel o, whose window won at some output pixel, multiplies its gradient with
//   weights   the input patch of that pixel, (kernel, kernel * in_channels): added up in the row of channel o
//   data      the weights' row of channel o: added to the input patch
// so each is a sum of scaled rows; the tile is that of sparse_sum.h. For weights a list holds a channel's cells of all
// images of the call, for data the channels of one cell that won at the same position. The reference network's
// second convolution has 25 cells for 121 outputs, of which a third are alive: 7 % of the dense work. One load for each
// multiply-add, so for data the loops run over stretches outside: 48 numbers of all channels' rows (12 KB) stay in the
// first-level cache while all lists pass.
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "engine/kernels/conv2d_pool_scratch.h"
#include "engine/kernels/f32x4.h"
#include "engine/kernels/sparse_sum.h"

namespace descent::kernels {
namespace {

// sum_entries for a whole small window: Rows rows of N vectors, `row` apart in `base` and together in `to`.
template <int Rows, int N>
__attribute__((noinline)) void sum_windows(const SparseEntry* entries, int count, const float* base, std::ptrdiff_t row,
                                           float* to) {
  F32x4 sums[Rows][N];
  for (int r = 0; r < Rows; ++r)
    for (int j = 0; j < N; ++j) sums[r][j] = F32x4::load(to + (r * N + j) * kLanes);
  for (const SparseEntry* end = entries + count; entries != end; ++entries) {
    const F32x4 gradient = F32x4::load_splat(&entries->value);
    const float* from = base + entries->where;
    for (int r = 0; r < Rows; ++r, from += row)
      for (int j = 0; j < N; ++j) sums[r][j] = madd(gradient, F32x4::load(from + j * kLanes), sums[r][j]);
  }
  for (int r = 0; r < Rows; ++r)
    for (int j = 0; j < N; ++j) sums[r][j].store(to + (r * N + j) * kLanes);
}

using WindowSum = void (*)(const SparseEntry* entries, int count, const float* base, std::ptrdiff_t row, float* to);

template <int Rows, int N>
constexpr WindowSum window_sum() {
  if constexpr (Rows * N <= kSumVectors) {
    return sum_windows<Rows, N>;
  } else {
    return nullptr;
  }
}
template <int Rows>
constexpr std::array<WindowSum, 6> window_sums() {
  return {window_sum<Rows, 1>(), window_sum<Rows, 2>(), window_sum<Rows, 3>(),
          window_sum<Rows, 4>(), window_sum<Rows, 5>(), window_sum<Rows, 6>()};
}

// The sum over windows for a shape with window_row_vectors() > 0.
WindowSum find_window_sum(const Conv2dShape& s) {
  static constexpr std::array<std::array<WindowSum, 6>, 11> kSums{
      window_sums<2>(), window_sums<3>(), window_sums<4>(),  window_sums<5>(),  window_sums<6>(), window_sums<7>(),
      window_sums<8>(), window_sums<9>(), window_sums<10>(), window_sums<11>(), window_sums<12>()};
  return kSums[static_cast<std::size_t>(s.kernel - 2)][static_cast<std::size_t>(window_row_vectors(s) - 1)];
}

float sum_gradients(const SparseEntry* entries, int count) {
  float sums[4] = {};
  int i = 0;
  for (; i + 4 <= count; i += 4)
    for (int j = 0; j < 4; ++j) sums[j] += entries[i + j].value;
  for (; i < count; ++i) sums[0] += entries[i].value;
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

// fn(j, position) for the alive ones of `columns` neighbouring channels of a cell, at most 8. Dead cells, two of three,
// cost nothing: their bytes are all ones.
template <class Fn>
DESCENT_INLINE void for_each_alive(const std::uint8_t* winners, int columns, const Fn& fn) {
  static_assert(kDeadCell == 0xFF && std::endian::native == std::endian::little);
  constexpr std::uint64_t kHigh = 0x8080808080808080U;
  std::uint64_t word = ~std::uint64_t{0};
  if (columns == kPanelColumns) {
    std::memcpy(&word, winners, kPanelColumns);
  } else {
    std::memcpy(&word, winners, static_cast<std::size_t>(columns));
  }
  const std::uint64_t dead = ~word;  // a byte is 0 exactly where the cell is dead
  for (std::uint64_t bits = (((dead & ~kHigh) + ~kHigh) | dead) & kHigh; bits != 0; bits &= bits - 1) {
    const int shift = std::countr_zero(bits) - 7;
    fn(shift / 8, static_cast<int>(word >> shift & 0xFF));
  }
}

// Lists of the alive cells of `columns` channels, at most 8, over all images; dout, winners: at the first image's first
// of these channels. image_size: distance of the images as they will be read.
void list_cells(const Conv2dPoolShape& s, int images, int columns, std::int64_t image_size, const float* dout,
                const std::uint8_t* winners, const Conv2dPoolScratch& memory, int (&counts)[kPanelColumns]) {
  const int cells = s.cells(), channels = s.conv.out_channels;
  const std::ptrdiff_t capacity = std::ptrdiff_t{cells} * images;
  std::fill(counts, counts + kPanelColumns, 0);
  for (int n = 0; n < images; ++n)
    for (int cell = 0; cell < cells; ++cell, dout += channels, winners += channels) {
      const std::int32_t corner = static_cast<std::int32_t>(n * image_size) + memory.cell_offsets[cell];
      for_each_alive(winners, columns, [&](int j, int position) {
        memory.entries[j * capacity + counts[j]++] = {corner + memory.position_offsets[position], dout[j]};
      });
    }
}

// to[j][i] = from[i][j] for a 4x4 block; rows `from_row` and `to_row` apart.
DESCENT_INLINE void transpose_block(const float* from, std::ptrdiff_t from_row, float* to, std::ptrdiff_t to_row) {
  F32x4 block[4];
  for (int i = 0; i < 4; ++i) block[i] = F32x4::load(from + i * from_row);
  transpose(block);
  for (int i = 0; i < 4; ++i) block[i].store(to + i * to_row);
}

// to[k][j] += rows[j][k]. rows: (columns, count), `row` apart; to: (count, columns), `leading` apart.
void add_transposed(int columns, std::ptrdiff_t count, const float* rows, std::ptrdiff_t row, float* to,
                    std::ptrdiff_t leading) {
  int j = 0;
  for (; j + kLanes <= columns; j += kLanes) {
    std::ptrdiff_t k = 0;
    for (; k + kLanes <= count; k += kLanes) {
      F32x4 block[4];
      for (int i = 0; i < 4; ++i) block[i] = F32x4::load(rows + (j + i) * row + k);
      transpose(block);
      for (int i = 0; i < 4; ++i) {
        float* at = to + (k + i) * leading + j;
        (F32x4::load(at) + block[i]).store(at);
      }
    }
    for (; k < count; ++k)
      for (int i = 0; i < kLanes; ++i) to[k * leading + j + i] += rows[(j + i) * row + k];
  }
  for (; j < columns; ++j)
    for (std::ptrdiff_t k = 0; k < count; ++k) to[k * leading + j] += rows[j * row + k];
}

// sums (kernel, window_row_stride) of a channel += the list's.
void add_windows(const Conv2dShape& s, const SparseEntry* list, int count, const float* image, float* sums) {
  const std::ptrdiff_t in_row = std::ptrdiff_t{s.width} * s.in_channels;
  if (window_row_vectors(s) > 0) {
    find_window_sum(s)(list, count, image, in_row, sums);
    return;
  }
  const int run = s.kernel * s.in_channels;
  for (int ky = 0; ky < s.kernel; ++ky)
    for_each_stretch(
        run, [&](SparseSum sum, int first) { sum(list, count, image + ky * in_row + first, sums + ky * run + first); });
}

// The images with their zero borders, and with room to read past the end where whole vectors do; and their distance.
struct ReadableImages {
  const float* images = nullptr;
  std::int64_t size = 0;

  ReadableImages(const Conv2dShape& s, int count, const float* in, const Conv2dPoolScratch& memory)
      : images(in), size(s.in_size()) {
    if (s.padding == 0 && !window_overhangs(s)) return;
    images = memory.images;
    if (s.padding == 0) {
      std::copy(in, in + count * size, memory.images);
      return;
    }
    size = s.scratch_size();
    for (int n = 0; n < count; ++n) padded(s, in + n * s.in_size(), memory.images + n * size);
  }
};

// din: zeroed, without padding. For each list its entries, the windows' corners, and how many there are.
int list_positions(const Conv2dPoolShape& s, const float* dout, const std::uint8_t* winners,
                   const Conv2dPoolScratch& memory) {
  const int channels = s.conv.out_channels, positions = s.pool_kernel * s.pool_kernel;
  const auto window = static_cast<std::int32_t>(s.window_size());
  int lists = 0, entries = 0;
  for (int cell = 0; cell < s.cells(); ++cell, dout += channels, winners += channels) {
    int counts[kDeadCell];
    std::fill(counts, counts + positions, 0);
    for (int column = 0; column < channels; column += kPanelColumns)
      for_each_alive(winners + column, std::min(kPanelColumns, channels - column), [&](int j, int position) {
        const int o = column + j;
        memory.sorted[std::ptrdiff_t{position} * channels + counts[position]++] = {o * window, dout[o]};
      });
    for (int position = 0; position < positions; ++position) {
      const int count = counts[position];
      if (count == 0) continue;
      const SparseEntry* from = memory.sorted + std::ptrdiff_t{position} * channels;
      std::copy(from, from + count, memory.entries + entries);
      memory.lists[lists++] = {entries, count, memory.cell_offsets[cell] + memory.position_offsets[position]};
      entries += count;
    }
  }
  return lists;
}

void backward_data_image(const Conv2dPoolShape& s, const float* dout, const std::uint8_t* winners, const float* rows,
                         float* din, const Conv2dPoolScratch& memory) {
  const int run = s.conv.kernel * s.conv.in_channels;
  const std::ptrdiff_t in_row = std::ptrdiff_t{s.conv.width} * s.conv.in_channels;
  const PoolList* end = memory.lists + list_positions(s, dout, winners, memory);
  for (int ky = 0; ky < s.conv.kernel; ++ky)
    for_each_stretch(run, [&](SparseSum sum, int first) {
      const float* base = rows + std::ptrdiff_t{ky} * run + first;
      float* to = din + ky * in_row + first;
      for (const PoolList* list = memory.lists; list != end; ++list)
        sum(memory.entries + list->begin, list->count, base, to + list->corner);
    });
}

Conv2dPoolShape without_padding(const Conv2dPoolShape& shape) {
  Conv2dPoolShape inner = shape;
  inner.conv = without_padding(shape.conv);
  return inner;
}

}  // namespace

std::int64_t conv2d_pool_scratch_bytes(const Conv2dPoolShape& shape, int images) {
  return Conv2dPoolScratch(shape, images, nullptr).bytes;
}

void conv2d_pool_pack_backward(const Conv2dPoolShape& shape, const float* weights, int part, int parts, float* rows) {
  const auto window = static_cast<std::ptrdiff_t>(shape.window_size());
  const int channels = shape.conv.out_channels;
  for (int o = kLanes * part; o < channels; o += kLanes * parts) {
    const int count = std::min(kLanes, channels - o);
    std::ptrdiff_t k = 0;
    if (count == kLanes)
      for (; k + kLanes <= window; k += kLanes)
        transpose_block(weights + k * channels + o, channels, rows + o * window + k, window);
    for (; k < window; ++k)
      for (int j = 0; j < count; ++j) rows[(o + j) * window + k] = weights[k * channels + o + j];
  }
}

void conv2d_pool_backward_weights(const Conv2dPoolShape& shape, int images, const float* in, const float* dout,
                                  const std::uint8_t* winners, float* dweights, float* dbias, std::byte* scratch) {
  const Conv2dPoolScratch memory(shape, images, scratch);
  const Conv2dPoolShape inner = without_padding(shape);
  memory.make_tables(inner);
  const int run = shape.conv.kernel * shape.conv.in_channels, channels = shape.conv.out_channels;
  const std::ptrdiff_t row_stride = window_row_stride(shape.conv), window_stride = shape.conv.kernel * row_stride;
  const ReadableImages readable(shape.conv, images, in, memory);
  const std::ptrdiff_t capacity = std::ptrdiff_t{shape.cells()} * images;
  for (int column = 0; column < channels; column += kPanelColumns) {
    const int columns = std::min(kPanelColumns, channels - column);
    int counts[kPanelColumns];
    list_cells(inner, images, columns, readable.size, dout + column, winners + column, memory, counts);
    std::fill(memory.sums, memory.sums + columns * window_stride, 0.0F);
    for (int j = 0; j < columns; ++j) {
      const SparseEntry* list = memory.entries + j * capacity;
      dbias[column + j] += sum_gradients(list, counts[j]);
      add_windows(inner.conv, list, counts[j], readable.images, memory.sums + j * window_stride);
    }
    for (int ky = 0; ky < shape.conv.kernel; ++ky)
      add_transposed(columns, run, memory.sums + ky * row_stride, window_stride,
                     dweights + std::ptrdiff_t{ky} * run * channels + column, channels);
  }
}

void conv2d_pool_backward_data(const Conv2dPoolShape& shape, int images, const float* dout, const std::uint8_t* winners,
                               const float* rows, float* din, std::byte* scratch) {
  const Conv2dPoolScratch memory(shape, images, scratch);
  const Conv2dPoolShape inner = without_padding(shape);
  memory.make_tables(inner);
  for (int n = 0; n < images; ++n, din += shape.conv.in_size()) {
    float* image = shape.conv.padding == 0 ? din : memory.images;
    std::fill(image, image + inner.conv.in_size(), 0.0F);
    const std::int64_t at = n * shape.out_size();
    backward_data_image(inner, dout + at, winners + at, rows, image, memory);
    if (shape.conv.padding > 0) copy_inside(shape.conv, image, din);
  }
}

}  // namespace descent::kernels
