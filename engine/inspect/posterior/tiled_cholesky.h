// SPDX-License-Identifier: MIT
// TiledCholesky: A = L Lᵀ of a symmetric positive definite matrix of a few thousand rows, in double. Only tiles on and
// below the diagonal are stored, each 64 x 64 numbers in one piece (32 kB: it stays in a first-level cache while it is
// multiplied); L takes A's place. A column of tiles is made from those to its left, so that it can be a slice of work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/core/aligned.h"
#include "engine/parallel/thread_pool.h"

namespace descent::inspect {

class TiledCholesky {
 public:
  static constexpr int kTile = 64;
  // bytes() is what a matrix of so many rows takes.
  [[nodiscard]] static std::uint64_t bytes(std::int64_t size);

  // A is 0 at first; size >= 1.
  explicit TiledCholesky(int size);

  [[nodiscard]] int size() const { return size_; }
  [[nodiscard]] int tiles() const { return tiles_; }  // in the first column
  // Element (row, column) of A, or of L where it is made already; row >= column.
  [[nodiscard]] double& at(int row, int column);
  [[nodiscard]] double at(int row, int column) const { return const_cast<TiledCholesky*>(this)->at(row, column); }

  // The next column of tiles; false when all are done, or when A turns out not to be positive definite. The same bits
  // for any number of threads.
  bool advance(parallel::ThreadPool& pool);
  [[nodiscard]] bool done() const { return column_ == tiles_ && !failed_; }
  [[nodiscard]] bool failed() const { return failed_; }

  // Once it is done. log |A|:
  [[nodiscard]] double log_determinant() const;
  // x becomes L⁻¹ x. x: (size), 0 before element `first`, which saves their work.
  void solve(std::span<double> x, int first = 0) const;
  // x becomes L⁻ᵀ x.
  void solve_transposed(std::span<double> x) const;

 private:
  [[nodiscard]] double* tile(int row, int column);
  [[nodiscard]] const double* tile(int row, int column) const {
    return const_cast<TiledCholesky*>(this)->tile(row, column);
  }
  void subtract_products(int row, int column);
  bool factor_diagonal(int column);
  void divide(int row, int column);

  int size_, tiles_;
  int column_ = 0;  // of tiles, the next one
  bool failed_ = false;
  core::AlignedVector<double> values_;    // (tiles of the lower triangle row by row, kTile, kTile)
  core::AlignedVector<double> diagonal_;  // (kTile, kTile) Lᵀ of the newest tile on the diagonal
};

}  // namespace descent::inspect
