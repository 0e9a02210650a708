// SPDX-License-Identifier: MIT
// Backward half of the fused convolution: sums over lists of alive pooled cells.
// An alive cell of channel o, whose window won at some output pixel, multiplies its gradient with
//   weights   the input patch of that pixel, (kernel, kernel * in_channels): added up in the row of channel o
//   data      the weights' row of channel o: added to the input patch
// so each is a sum of scaled rows. Tile: 12 vectors (48 numbers) of the sum stay in registers while a list passes; each
// vector of a row is loaded once, multiplied and added. For weights the list holds a channel's cells of all images of
// the call, for data the channels of one cell that won at the same position. The seed network's second convolution has
// 25 cells for 121 outputs, of which a third are alive: 7 % of the dense work. With one input channel the rows are too
// short for vectors; there the gradient is spread over a strip of output rows and the dense tile runs on it.
#include <algorithm>

#include "engine/kernels/conv2d_pool_scratch.h"
#include "engine/kernels/conv2d_single_tile.h"

namespace descent::kernels {
namespace {

constexpr int kSumVectors = 12;

// to[0 … N vectors) (+)= sum over the list of gradient * base[where …).
template <class V, int N>
__attribute__((noinline)) void sum_entries(const PoolEntry* entries, int count, const float* base, bool add,
                                           float* to) {
  V sums[N];
  for (int j = 0; j < N; ++j) sums[j] = add ? V::load(to + j * V::kLanes) : V::zero();
  for (const PoolEntry* end = entries + count; entries != end; ++entries) {
    const V gradient = V::load_splat(&entries->gradient);
    const float* from = base + entries->where;
    for (int j = 0; j < N; ++j) sums[j] = madd(gradient, V::load(from + j * V::kLanes), sums[j]);
  }
  for (int j = 0; j < N; ++j) sums[j].store(to + j * V::kLanes);
}

// The same for `length` numbers.
void sum_run(const PoolEntry* entries, int count, const float* base, bool add, int length, float* to) {
  constexpr int kWide = kSumVectors * F32x4::kLanes, kMiddle = 4 * F32x4::kLanes;
  int i = 0;
  for (; i + kWide <= length; i += kWide) sum_entries<F32x4, kSumVectors>(entries, count, base + i, add, to + i);
  for (; i + kMiddle <= length; i += kMiddle) sum_entries<F32x4, 4>(entries, count, base + i, add, to + i);
  for (; i + F32x4::kLanes <= length; i += F32x4::kLanes) sum_entries<F32x4, 1>(entries, count, base + i, add, to + i);
  for (; i < length; ++i) sum_entries<F32x1, 1>(entries, count, base + i, add, to + i);
}

// Lists of the alive cells of channels [column, column + columns), and their bias gradients.
// where: from the first image's beginning. dout, winners: at the first image.
void list_cells(const Conv2dPoolShape& s, int images, int column, int columns, const float* dout,
                const std::uint8_t* winners, float* dbias, int (&counts)[kPanelColumns],
                const Conv2dPoolScratch& memory) {
  const int positions = s.pool_kernel * s.pool_kernel, cells = s.cells(), channels = s.conv.out_channels;
  PoolEntry* list = memory.entries;
  for (int j = column; j < column + columns; ++j, list += std::ptrdiff_t{cells} * images) {
    int count = 0;
    float bias = 0;
    std::ptrdiff_t at = j;
    for (int n = 0; n < images; ++n) {
      const auto image = static_cast<std::int32_t>(n * s.conv.in_size());
      for (int cell = 0; cell < cells; ++cell, at += channels) {
        const int position = std::min<int>(winners[at], positions);
        const bool alive = position < positions;
        // Written in any case and kept by counting: a branch would be mispredicted every third time.
        list[count] = {image + memory.cell_offsets[cell] + memory.position_offsets[position], dout[at]};
        count += alive ? 1 : 0;
        bias += alive ? dout[at] : 0.0F;
      }
    }
    counts[j - column] = count;
    dbias[j] += bias;
  }
}

// to[k][j] += rows[j][k] for Columns columns j. rows: (Columns, count), to: (count, leading).
template <int Columns>
void add_transposed(std::ptrdiff_t count, std::ptrdiff_t leading, const float* rows, float* to) {
  for (std::ptrdiff_t k = 0; k < count; ++k, to += leading)
    for (int j = 0; j < Columns; ++j) to[j] += rows[j * count + k];
}

// in: (images, in_size) without padding.
void backward_weights_by_lists(const Conv2dPoolShape& s, int images, const float* in, const float* dout,
                               const std::uint8_t* winners, float* dweights, float* dbias,
                               const Conv2dPoolScratch& memory) {
  const int run = s.conv.kernel * s.conv.in_channels, channels = s.conv.out_channels;
  const auto window = static_cast<std::ptrdiff_t>(s.window_size());
  const std::ptrdiff_t capacity = std::ptrdiff_t{s.cells()} * images;
  const std::ptrdiff_t in_row = std::ptrdiff_t{s.conv.width} * s.conv.in_channels;
  for (int column = 0; column < channels; column += kPanelColumns) {
    const int columns = std::min(kPanelColumns, channels - column);
    int counts[kPanelColumns];
    list_cells(s, images, column, columns, dout, winners, dbias, counts, memory);
    for (int j = 0; j < columns; ++j)
      for (int ky = 0; ky < s.conv.kernel; ++ky)
        sum_run(memory.entries + j * capacity, counts[j], in + ky * in_row, false, run,
                memory.sums + j * window + std::ptrdiff_t{ky} * run);
    if (columns == kPanelColumns) {
      add_transposed<kPanelColumns>(window, channels, memory.sums, dweights + column);
    } else {
      for (int j = 0; j < columns; ++j)
        add_transposed<1>(window, channels, memory.sums + j * window, dweights + column + j);
    }
  }
}

// One image with one channel: for each row of cells the panel's gradient goes to a zeroed strip at the winners' places.
void backward_weights_single(const Conv2dPoolShape& s, const float* in, const float* dout, const std::uint8_t* winners,
                             float* dweights, float* dbias, const Conv2dPoolScratch& memory) {
  const SingleChannelTaps taps(s.conv);
  const int strip_width = strip_columns(s), channels = s.conv.out_channels;
  float* strip = memory.strip;
  for_each_panel(channels, [&](auto panel, int column) {
    TileJob job{.a_segment = s.conv.width,
                .b = strip,
                .b_step = panel.kColumns,
                .b_segment = std::ptrdiff_t{strip_width} * panel.kColumns,
                .k = strip_width,
                .segments = s.pool_kernel,
                .start = Start::accumulate,
                .c_row = channels};
    for (int py = 0; py < s.out_height(); ++py) {
      std::fill(strip, strip + std::ptrdiff_t{s.pool_kernel} * strip_width * panel.kColumns, 0.0F);
      for (int px = 0; px < s.out_width(); ++px)
        for (int j = 0; j < panel.kColumns; ++j) {
          const std::ptrdiff_t at = (std::ptrdiff_t{py} * s.out_width() + px) * channels + column + j;
          if (winners[at] == kDeadCell) continue;
          const int pixel = px * s.pool_stride + memory.strip_offsets[winners[at]];
          strip[std::ptrdiff_t{pixel} * panel.kColumns + j] = dout[at];
          dbias[column + j] += dout[at];
        }
      job.a = in + std::ptrdiff_t{py} * s.pool_stride * s.conv.width;
      for_each_tile(taps.count, [&](auto rows, int first) {
        job.c = dweights + std::ptrdiff_t{first} * channels + column;
        run_single_taps(panel, rows, taps, first, job);
      });
    }
  });
}

// din: zeroed, without padding.
void backward_data_image(const Conv2dPoolShape& s, const float* dout, const std::uint8_t* winners, const float* rows,
                         float* din, const Conv2dPoolScratch& memory) {
  PoolEntry* entries = memory.entries;
  const int run = s.conv.kernel * s.conv.in_channels, channels = s.conv.out_channels;
  const int positions = s.pool_kernel * s.pool_kernel;
  const std::ptrdiff_t in_row = std::ptrdiff_t{s.conv.width} * s.conv.in_channels;
  const auto window = static_cast<std::int32_t>(s.window_size());
  for (int cell = 0; cell < s.cells(); ++cell, dout += channels, winners += channels) {
    int counts[kDeadCell + 1];
    std::fill(counts, counts + positions + 1, 0);
    for (int o = 0; o < channels; ++o) {
      const int list = std::min<int>(winners[o], positions);  // the last list holds the dead
      entries[std::ptrdiff_t{list} * channels + counts[list]++] = {o * window, dout[o]};
    }
    for (int position = 0; position < positions; ++position) {
      if (counts[position] == 0) continue;
      float* corner = din + memory.cell_offsets[cell] + memory.position_offsets[position];
      for (int ky = 0; ky < s.conv.kernel; ++ky)
        sum_run(entries + std::ptrdiff_t{position} * channels, counts[position], rows + std::ptrdiff_t{ky} * run, true,
                run, corner + ky * in_row);
    }
  }
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

void conv2d_pool_pack_backward(const Conv2dPoolShape& shape, const float* weights, float* rows) {
  const std::int64_t window = shape.window_size();
  for (int o = 0; o < shape.conv.out_channels; ++o)
    for (std::int64_t k = 0; k < window; ++k) *rows++ = weights[k * shape.conv.out_channels + o];
}

void conv2d_pool_backward_weights(const Conv2dPoolShape& shape, int images, const float* in, const float* dout,
                                  const std::uint8_t* winners, float* dweights, float* dbias, std::byte* scratch) {
  const Conv2dPoolScratch memory(shape, images, scratch);
  const Conv2dPoolShape inner = without_padding(shape);
  memory.make_tables(inner);
  const bool single = is_single_channel(inner.conv);
  if (shape.conv.padding == 0 && !single) {
    backward_weights_by_lists(inner, images, in, dout, winners, dweights, dbias, memory);
    return;
  }
  for (int n = 0; n < images; ++n) {
    const float* image = padded(shape.conv, in + n * shape.conv.in_size(), memory.image);
    const std::int64_t at = n * shape.out_size();
    if (single) {
      backward_weights_single(inner, image, dout + at, winners + at, dweights, dbias, memory);
    } else {
      backward_weights_by_lists(inner, 1, image, dout + at, winners + at, dweights, dbias, memory);
    }
  }
}

void conv2d_pool_backward_data(const Conv2dPoolShape& shape, int images, const float* dout, const std::uint8_t* winners,
                               const float* rows, float* din, std::byte* scratch) {
  const Conv2dPoolScratch memory(shape, images, scratch);
  const Conv2dPoolShape inner = without_padding(shape);
  memory.make_tables(inner);
  for (int n = 0; n < images; ++n, din += shape.conv.in_size()) {
    float* image = shape.conv.padding == 0 ? din : memory.image;
    std::fill(image, image + inner.conv.in_size(), 0.0F);
    const std::int64_t at = n * shape.out_size();
    backward_data_image(inner, dout + at, winners + at, rows, image, memory);
    if (shape.conv.padding > 0) copy_inside(shape.conv, image, din);
  }
}

}  // namespace descent::kernels
