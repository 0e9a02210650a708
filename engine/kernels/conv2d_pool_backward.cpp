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

// The first input element of the window that an output position of a pooled cell looks at.
std::ptrdiff_t patch(const Conv2dPoolShape& s, int cell, int position) {
  const int y = cell / s.out_width() * s.pool_stride + position / s.pool_kernel;
  const int x = cell % s.out_width() * s.pool_stride + position % s.pool_kernel;
  return (std::ptrdiff_t{y} * s.conv.width + x) * s.conv.stride * s.conv.in_channels;
}

// Lists of the alive cells of channels [column, column + columns), and their bias gradients.
// where: from the first image's beginning. dout, winners: at the first image.
void list_cells(const Conv2dPoolShape& s, int images, int column, int columns, const float* dout,
                const std::uint8_t* winners, float* dbias, int (&counts)[kPanelColumns], PoolEntry* entries) {
  const std::ptrdiff_t capacity = std::ptrdiff_t{s.cells()} * images;
  std::fill(counts, counts + kPanelColumns, 0);
  for (int n = 0; n < images; ++n)
    for (int cell = 0; cell < s.cells(); ++cell) {
      const std::ptrdiff_t at = n * s.out_size() + std::ptrdiff_t{cell} * s.conv.out_channels + column;
      const std::ptrdiff_t image = n * s.conv.in_size();
      for (int j = 0; j < columns; ++j) {
        const int position = winners[at + j];
        const bool alive = position != kDeadCell;
        // Written in any case and kept by counting: a branch would be mispredicted every third time.
        entries[j * capacity + counts[j]] = {static_cast<std::int32_t>(image + patch(s, cell, alive ? position : 0)),
                                             dout[at + j]};
        counts[j] += alive ? 1 : 0;
        dbias[column + j] += alive ? dout[at + j] : 0.0F;
      }
    }
}

// in: (images, in_size) without padding.
void backward_weights_by_lists(const Conv2dPoolShape& s, int images, const float* in, const float* dout,
                               const std::uint8_t* winners, float* dweights, float* dbias,
                               const Conv2dPoolScratch& memory) {
  const int run = s.conv.kernel * s.conv.in_channels, channels = s.conv.out_channels;
  const std::ptrdiff_t window = s.window_size(), capacity = std::ptrdiff_t{s.cells()} * images;
  const std::ptrdiff_t in_row = std::ptrdiff_t{s.conv.width} * s.conv.in_channels;
  for (int column = 0; column < channels; column += kPanelColumns) {
    const int columns = std::min(kPanelColumns, channels - column);
    int counts[kPanelColumns];
    list_cells(s, images, column, columns, dout, winners, dbias, counts, memory.entries);
    for (int j = 0; j < columns; ++j)
      for (int ky = 0; ky < s.conv.kernel; ++ky)
        sum_run(memory.entries + j * capacity, counts[j], in + ky * in_row, false, run,
                memory.sums + j * window + std::ptrdiff_t{ky} * run);
    for (std::ptrdiff_t k = 0; k < window; ++k)
      for (int j = 0; j < columns; ++j) dweights[k * channels + column + j] += memory.sums[j * window + k];
  }
}

// One image with one channel: for each row of cells the panel's gradient goes to a zeroed strip at the winners' places.
void backward_weights_single(const Conv2dPoolShape& s, const float* in, const float* dout, const std::uint8_t* winners,
                             float* dweights, float* dbias, float* strip) {
  const SingleChannelTaps taps(s.conv);
  const int strip_width = strip_columns(s), channels = s.conv.out_channels;
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
          const int y = winners[at] / s.pool_kernel, x = px * s.pool_stride + winners[at] % s.pool_kernel;
          strip[(std::ptrdiff_t{y} * strip_width + x) * panel.kColumns + j] = dout[at];
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
                         float* din, PoolEntry* entries) {
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
      float* corner = din + patch(s, cell, position);
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
  const bool single = is_single_channel(inner.conv);
  if (shape.conv.padding == 0 && !single) {
    backward_weights_by_lists(inner, images, in, dout, winners, dweights, dbias, memory);
    return;
  }
  for (int n = 0; n < images; ++n) {
    const float* image = padded(shape.conv, in + n * shape.conv.in_size(), memory.image);
    const std::ptrdiff_t at = n * shape.out_size();
    if (single) {
      backward_weights_single(inner, image, dout + at, winners + at, dweights, dbias, memory.strip);
    } else {
      backward_weights_by_lists(inner, 1, image, dout + at, winners + at, dweights, dbias, memory);
    }
  }
}

void conv2d_pool_backward_data(const Conv2dPoolShape& shape, int images, const float* dout, const std::uint8_t* winners,
                               const float* rows, float* din, std::byte* scratch) {
  const Conv2dPoolScratch memory(shape, images, scratch);
  const Conv2dPoolShape inner = without_padding(shape);
  for (int n = 0; n < images; ++n, din += shape.conv.in_size()) {
    float* image = shape.conv.padding == 0 ? din : memory.image;
    std::fill(image, image + inner.conv.in_size(), 0.0F);
    const std::ptrdiff_t at = n * shape.out_size();
    backward_data_image(inner, dout + at, winners + at, rows, image, memory.entries);
    if (shape.conv.padding > 0) copy_inside(shape.conv, image, din);
  }
}

}  // namespace descent::kernels
