// SPDX-License-Identifier: MIT
// Order of work, for a strip of pooled rows that has at most kStripTiles tiles where a row allows it:
//   1. all patches are transformed: V (16 places, tiles, in_channels)
//   2. for each panel of 8 output channels the 16 products: M (16 places, tiles, 8), rows of V by the panel of weights
//   3. the panel's tiles are transformed back, biased, cut at 0, pooled and written
// Layout: M of a strip (16 KB) and the panel's weights (16 KB for 32 input channels) stay in the first-level cache; V
// is read once for every panel, in long runs, from the second. Vectors run over channels everywhere. Tile of the
// products: 6 or 5 (4 without fused multiply-add) tiles by 8 channels, k = in_channels. A k of 32 is short: one call
// does all 16 places, so that what a call costs is paid once.
//
// The method pays everywhere it fits. Microseconds an image on a 13x13 map, the direct tile -> this, in Chromium with
// relaxed SIMD (AMD EPYC, Zen 4; kernels_bench "method"), rows by input, columns by output channels:
//            4              8             16             32             64
//    4  1.03 -> 0.89   1.25 -> 1.20   2.49 -> 2.11   4.95 -> 3.91   9.85 -> 7.58
//    8  1.90 -> 1.34   2.29 -> 1.78   4.56 -> 3.12   9.12 -> 5.86   18.2 -> 11.3
//   16  3.85 -> 2.28   4.36 -> 2.93   8.70 -> 5.16   17.5 -> 9.70   34.8 -> 18.8
//   32  7.73 -> 4.10   8.53 -> 5.27   17.1 -> 9.37   34.1 -> 17.4   67.5 -> 33.6
//   64  15.5 -> 8.25   17.0 -> 10.2   33.9 -> 17.6   67.5 -> 32.9    135 -> 63.3
// The products take 29.3 of the reference network's 33.6 at the machine's peak and the transforms the rest.
#include "engine/kernels/winograd.h"

#include <algorithm>
#include <cstddef>

#include "engine/kernels/gemm_tile.h"
#include "engine/kernels/pool_cell.h"

namespace descent::kernels {
namespace {

constexpr int kStripTiles = 32;
constexpr int kPatch = 4;

int strip_rows(const Conv2dPoolShape& s) {
  return std::clamp(kStripTiles / s.out_width(), 1, s.out_height());
}

// One 4x4 transform Bᵀ d B of four channels. rows: four pointers to the patch's rows; to: places `place` apart.
DESCENT_INLINE void transform_patch(const float* in, std::ptrdiff_t row, std::ptrdiff_t pixel, float* to,
                                    std::ptrdiff_t place) {
  F32x4 t[kPatch][kPatch];
  for (int x = 0; x < kPatch; ++x) {
    const float* column = in + x * pixel;
    const F32x4 d0 = F32x4::load(column), d1 = F32x4::load(column + row);
    const F32x4 d2 = F32x4::load(column + 2 * row), d3 = F32x4::load(column + 3 * row);
    t[0][x] = d0 - d2;
    t[1][x] = d1 + d2;
    t[2][x] = d2 - d1;
    t[3][x] = d1 - d3;
  }
  for (const auto& line : t) {
    (line[0] - line[2]).store(to);
    (line[1] + line[2]).store(to + place);
    (line[2] - line[1]).store(to + 2 * place);
    (line[1] - line[3]).store(to + 3 * place);
    to += kPatch * place;
  }
}

// Patches of `rows` pooled rows; in: at the first one's input.
__attribute__((noinline)) void transform_patches(const Conv2dPoolShape& s, int rows, const float* in, float* v) {
  const std::ptrdiff_t pixel = s.conv.in_channels, row = s.conv.width * pixel;
  const std::ptrdiff_t place = std::ptrdiff_t{rows} * s.out_width() * pixel;
  for (int y = 0; y < rows; ++y, in += 2 * row)
    for (int x = 0; x < s.out_width(); ++x, v += pixel)
      for (std::ptrdiff_t c = 0; c < pixel; c += F32x4::kLanes)
        transform_patch(in + 2 * x * pixel + c, row, pixel, v + c, place);
}

struct Products {
  const float* v = nullptr;  // at the tile's first row
  const float* weights = nullptr;
  float* m = nullptr;
  std::ptrdiff_t v_place = 0, weights_place = 0, m_place = 0;
  int k = 0;
};

template <class V, int MR, int NV>
__attribute__((noinline)) void multiply_tile(const Products& job) {
  constexpr int kColumns = NV * V::kLanes;
  const float* v = job.v;
  const float* b = job.weights;
  float* m = job.m;
  for (int place = 0; place < kWinogradPlaces; ++place, v += job.v_place, m += job.m_place) {
    V sums[MR][NV];
    for (auto& row : sums)
      for (V& sum : row) sum = V::zero();
    const float* rows[MR];
    for (int i = 0; i < MR; ++i) rows[i] = v + std::ptrdiff_t{i} * job.k;
    for (int k = job.k; k > 0; --k, b += kColumns) {
      V columns[NV];
      for (int j = 0; j < NV; ++j) columns[j] = V::load(b + j * V::kLanes);
      for (int i = 0; i < MR; ++i) {
        const V x = V::load_splat(rows[i]++);
        for (int j = 0; j < NV; ++j) sums[i][j] = madd(x, columns[j], sums[i][j]);
      }
    }
    for (int i = 0; i < MR; ++i)
      for (int j = 0; j < NV; ++j) sums[i][j].store(m + i * kColumns + j * V::kLanes);
  }
}

// Aᵀ m A of four channels: the tile's four outputs. The bias goes in at the one place that reaches all of them.
DESCENT_INLINE void transform_back(const float* m, std::ptrdiff_t place, F32x4 bias, F32x4 (&outputs)[4]) {
  F32x4 upper[kPatch], lower[kPatch];
  for (int x = 0; x < kPatch; ++x) {
    const float* column = m + x * place;
    const F32x4 m0 = F32x4::load(column), m2 = F32x4::load(column + 8 * place);
    const F32x4 m3 = F32x4::load(column + 12 * place);
    F32x4 m1 = F32x4::load(column + 4 * place);
    if (x == 1) m1 = m1 + bias;
    upper[x] = m0 + m1 + m2;
    lower[x] = m1 - m2 - m3;
  }
  outputs[0] = upper[0] + upper[1] + upper[2];
  outputs[1] = upper[1] - upper[2] - upper[3];
  outputs[2] = lower[0] + lower[1] + lower[2];
  outputs[3] = lower[1] - lower[2] - lower[3];
}

template <class P>
__attribute__((noinline)) void pool_panel(P /*panel*/, int tiles, const float* m, const float* bias,
                                          std::ptrdiff_t channels, float* out, std::uint8_t* winners) {
  const std::ptrdiff_t place = std::ptrdiff_t{tiles} * P::kColumns;
  for (int t = 0; t < tiles; ++t, m += P::kColumns, out += channels, winners += channels)
    for (int c = 0; c < P::kColumns; c += F32x4::kLanes) {
      F32x4 outputs[4];
      transform_back(m + c, place, F32x4::load(bias + c), outputs);
      pool_cell(outputs, out + c, winners + c);
    }
}

void strip_forward(const Conv2dPoolShape& s, int rows, const float* in, const float* transformed, const float* bias,
                   float* out, std::uint8_t* winners, float* v, float* m) {
  const int tiles = rows * s.out_width(), inputs = s.conv.in_channels;
  transform_patches(s, rows, in, v);
  for_each_panel(s.conv.out_channels, [&](auto panel, int column) {
    if constexpr (panel.kColumns >= F32x4::kLanes) {
      Products job{.weights = transformed + std::ptrdiff_t{kWinogradPlaces} * inputs * column,
                   .v_place = std::ptrdiff_t{tiles} * inputs,
                   .m_place = std::ptrdiff_t{tiles} * panel.kColumns,
                   .k = inputs};
      for_each_tile(tiles, [&](auto tile, int first) {
        job.v = v + std::ptrdiff_t{first} * inputs;
        job.m = m + std::ptrdiff_t{first} * panel.kColumns;
        multiply_tile<F32x4, decltype(tile)::kRows, decltype(panel)::kVectors>(job);
      });
      pool_panel(panel, tiles, m, bias + column, s.conv.out_channels, out + column, winners + column);
    }
  });
}

// G g Gᵀ of four output channels. g: taps `tap` apart.
DESCENT_INLINE void transform_taps(const float* g, std::ptrdiff_t tap, float* to, std::ptrdiff_t place) {
  const F32x4 half = F32x4::splat(0.5F);
  F32x4 t[kPatch][3];
  for (int x = 0; x < 3; ++x) {
    const F32x4 g0 = F32x4::load(g + x * tap), g1 = F32x4::load(g + (3 + x) * tap), g2 = F32x4::load(g + (6 + x) * tap);
    t[0][x] = g0;
    t[1][x] = half * (g0 + g1 + g2);
    t[2][x] = half * (g0 - g1 + g2);
    t[3][x] = g2;
  }
  for (const auto& line : t) {
    line[0].store(to);
    (half * (line[0] + line[1] + line[2])).store(to + place);
    (half * (line[0] - line[1] + line[2])).store(to + 2 * place);
    line[2].store(to + 3 * place);
    to += kPatch * place;
  }
}

}  // namespace

bool winograd_fits(const Conv2dPoolShape& s) {
  return s.conv.kernel == 3 && s.conv.stride == 1 && s.pool_kernel == 2 && s.pool_stride == 2 &&
         s.conv.in_channels % F32x4::kLanes == 0 && s.conv.out_channels % F32x4::kLanes == 0;
}

void winograd_transform_weights(const Conv2dShape& s, const float* weights, int part, int parts, float* transformed) {
  const std::ptrdiff_t inputs = s.in_channels, channels = s.out_channels;
  for_each_panel(s.out_channels, [&](auto panel, int column) {
    if constexpr (panel.kColumns >= F32x4::kLanes) {
      if (column / kPanelColumns % parts != part) return;
      float* to = transformed + kWinogradPlaces * inputs * column;
      for (std::ptrdiff_t i = 0; i < inputs; ++i)
        for (int c = 0; c < panel.kColumns; c += F32x4::kLanes)
          transform_taps(weights + i * channels + column + c, inputs * channels, to + i * panel.kColumns + c,
                         inputs * panel.kColumns);
    }
  });
}

std::int64_t winograd_scratch_size(const Conv2dPoolShape& s) {
  const std::int64_t tiles = std::int64_t{strip_rows(s)} * s.out_width();
  return kWinogradPlaces * tiles * (s.conv.in_channels + kPanelColumns);
}

void winograd_pool_forward(const Conv2dPoolShape& s, const float* in, const float* transformed, const float* bias,
                           float* out, std::uint8_t* winners, float* scratch) {
  const int most = strip_rows(s);
  float* m = scratch;
  float* v = scratch + std::ptrdiff_t{kWinogradPlaces} * most * s.out_width() * kPanelColumns;
  const std::ptrdiff_t in_row = std::ptrdiff_t{s.conv.width} * s.conv.in_channels;
  const std::ptrdiff_t out_row = std::ptrdiff_t{s.out_width()} * s.conv.out_channels;
  for (int y = 0; y < s.out_height(); y += most) {
    const int rows = std::min(most, s.out_height() - y);
    strip_forward(s, rows, in + 2 * y * in_row, transformed, bias, out + y * out_row, winners + y * out_row, v, m);
  }
}

}  // namespace descent::kernels
