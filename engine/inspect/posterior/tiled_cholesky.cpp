// SPDX-License-Identifier: MIT
// The loops over a row of a tile are innermost and go by contiguous numbers of both sides, which is why the right sides
// are transposed first: then they become vectors without a sum changing its order.
#include "engine/inspect/posterior/tiled_cholesky.h"

#include <algorithm>
#include <cmath>

#include "engine/core/check.h"

namespace descent::inspect {
namespace {

constexpr std::size_t kSide = TiledCholesky::kTile;
constexpr std::size_t kNumbers = kSide * kSide;

void transpose(const double* from, double* to) {
  for (std::size_t i = 0; i < kSide; ++i)
    for (std::size_t j = 0; j < kSide; ++j) to[j * kSide + i] = from[i * kSide + j];
}

// c −= a b, all (kSide, kSide).
void subtract_product(const double* a, const double* b, double* c) {
  for (std::size_t i = 0; i < kSide; ++i, a += kSide, c += kSide)
    for (std::size_t k = 0; k < kSide; k += 4) {
      const double a0 = a[k], a1 = a[k + 1], a2 = a[k + 2], a3 = a[k + 3];
      const double* b0 = b + k * kSide;
      const double *b1 = b0 + kSide, *b2 = b1 + kSide, *b3 = b2 + kSide;
      for (std::size_t j = 0; j < kSide; ++j) c[j] -= (a0 * b0[j] + a1 * b1[j]) + (a2 * b2[j] + a3 * b3[j]);
    }
}

}  // namespace

std::uint64_t TiledCholesky::bytes(std::int64_t size) {
  const std::int64_t tiles = (size + kTile - 1) / kTile;
  return static_cast<std::uint64_t>(tiles * (tiles + 1) / 2) * kNumbers * sizeof(double);
}

TiledCholesky::TiledCholesky(int size)
    : size_(size),
      tiles_((size + kTile - 1) / kTile),
      values_(static_cast<std::size_t>(bytes(size) / sizeof(double))),
      diagonal_(kNumbers) {
  DESCENT_ASSERT(size >= 1);
  // Rows that fill the last tile are those of the identity.
  for (int row = size; row < tiles_ * kTile; ++row) at(row, row) = 1;
}

double* TiledCholesky::tile(int row, int column) {
  const auto r = static_cast<std::size_t>(row), c = static_cast<std::size_t>(column);
  return values_.data() + (r * (r + 1) / 2 + c) * kNumbers;
}

double& TiledCholesky::at(int row, int column) {
  return tile(row / kTile, column / kTile)[(row % kTile) * kTile + column % kTile];
}

bool TiledCholesky::advance(parallel::ThreadPool& pool) {
  if (failed_ || column_ == tiles_) return false;
  subtract_products(column_, column_);
  failed_ = !factor_diagonal(column_);
  if (failed_) return false;
  transpose(tile(column_, column_), diagonal_.data());
  pool.run(tiles_ - 1 - column_, [&](int task, int) {
    const int row = column_ + 1 + task;
    subtract_products(row, column_);
    divide(row, column_);
  });
  return ++column_ < tiles_;
}

void TiledCholesky::subtract_products(int row, int column) {
  alignas(core::kCacheLine) double right[kNumbers];
  for (int k = 0; k < column; ++k) {
    transpose(tile(column, k), right);
    subtract_product(tile(row, k), right, tile(row, column));
  }
}

bool TiledCholesky::factor_diagonal(int column) {
  double* l = tile(column, column);
  for (std::size_t j = 0; j < kSide; ++j) {
    for (std::size_t i = j; i < kSide; ++i) {
      double sum = l[i * kSide + j];
      for (std::size_t k = 0; k < j; ++k) sum -= l[i * kSide + k] * l[j * kSide + k];
      if (i > j) {
        l[i * kSide + j] = sum / l[j * kSide + j];
      } else {
        if (!(sum > 0) || !std::isfinite(sum)) return false;
        l[j * kSide + j] = std::sqrt(sum);
      }
    }
    std::fill(l + j * kSide + j + 1, l + (j + 1) * kSide, 0.0);
  }
  return true;
}

// The tile becomes X with X Lᵀ = what it was, L the tile on the diagonal.
void TiledCholesky::divide(int row, int column) {
  double* x = tile(row, column);
  for (std::size_t i = 0; i < kSide; ++i, x += kSide)
    for (std::size_t j = 0; j < kSide; ++j) {
      const double* l = diagonal_.data() + j * kSide;
      const double value = x[j] / l[j];
      x[j] = value;
      for (std::size_t k = j + 1; k < kSide; ++k) x[k] -= value * l[k];
    }
}

double TiledCholesky::log_determinant() const {
  double sum = 0;
  for (int i = 0; i < size_; ++i) sum += 2 * std::log(at(i, i));
  return sum;
}

void TiledCholesky::solve(std::span<double> x, int first) const {
  DESCENT_ASSERT(static_cast<int>(x.size()) == size_);
  for (int i = first; i < size_; ++i) {
    // Four sums, as one that waits for itself takes four times as long.
    double sums[4] = {x[static_cast<std::size_t>(i)], 0, 0, 0};
    for (int column = first / kTile; column <= i / kTile; ++column) {
      const double* l = tile(i / kTile, column) + (i % kTile) * kTile;
      const double* from = x.data() + column * kTile;
      const int count = std::min(kTile, i - column * kTile);
      int k = 0;
      for (; k + 4 <= count; k += 4)
        for (int lane = 0; lane < 4; ++lane) sums[lane] -= l[k + lane] * from[k + lane];
      for (; k < count; ++k) sums[0] -= l[k] * from[k];
    }
    x[static_cast<std::size_t>(i)] = ((sums[0] + sums[1]) + (sums[2] + sums[3])) / at(i, i);
  }
}

void TiledCholesky::solve_transposed(std::span<double> x) const {
  DESCENT_ASSERT(static_cast<int>(x.size()) == size_);
  for (int i = size_ - 1; i >= 0; --i) {
    const double value = x[static_cast<std::size_t>(i)] / at(i, i);
    x[static_cast<std::size_t>(i)] = value;
    for (int column = 0; column <= i / kTile; ++column) {
      const double* l = tile(i / kTile, column) + (i % kTile) * kTile;
      double* to = x.data() + column * kTile;
      const int count = std::min(kTile, i - column * kTile);
      for (int k = 0; k < count; ++k) to[k] -= value * l[k];
    }
  }
}

}  // namespace descent::inspect
