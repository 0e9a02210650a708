// SPDX-License-Identifier: MIT
// Reflections are H = I − τ v vᵀ with v = (1, tail). Those that act from the left go over rows, a few columns at a time
// whose sums stay in registers, so nothing is added in an order of the compiler's choice.
#include "engine/inspect/matrices/svd.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <type_traits>
#include <utility>

#include "engine/core/check.h"
#include "engine/inspect/matrices/bidiagonal.h"

namespace descent::inspect {
namespace {

constexpr std::size_t kBlockRows = 32;  // rows that are folded into the triangle at a time
// Entries are scaled so that the largest is around 1; a vector of smaller ones is taken for 0.
constexpr double kNegligible = 0x1p-450;

// Chooses H so that H (alpha, x)ᵀ = (beta, 0)ᵀ: alpha becomes beta, x the tail of v. Returns τ, 0 for H = I.
double reflector(double& alpha, double* x, std::size_t count) {
  double largest = 0, squares = 0;
  for (std::size_t i = 0; i < count; ++i) {
    largest = std::max(largest, std::abs(x[i]));
    squares += x[i] * x[i];
  }
  if (largest < kNegligible) {
    std::fill(x, x + count, 0.0);
    return 0;
  }
  const double beta = -std::copysign(std::sqrt(alpha * alpha + squares), alpha);
  const double tau = (beta - alpha) / beta, scale = 1 / (alpha - beta);
  for (std::size_t i = 0; i < count; ++i) x[i] *= scale;
  alpha = beta;
  return tau;
}

// H from the left, on the row `top` and `count` rows below each other from `rows` on, columns [first, last).
void reflect_left(double tau, const double* tail, std::size_t count, double* top, double* rows, std::size_t stride,
                  std::size_t first, std::size_t last) {
  if (tau == 0) return;
  std::size_t column = first;
  const auto strip = [&](auto width) {
    constexpr std::size_t kWidth = decltype(width)::value;
    double sums[kWidth];
    for (std::size_t j = 0; j < kWidth; ++j) sums[j] = top[column + j];
    const double* from = rows + column;
    for (std::size_t i = 0; i < count; ++i, from += stride)
      for (std::size_t j = 0; j < kWidth; ++j) sums[j] += tail[i] * from[j];
    for (std::size_t j = 0; j < kWidth; ++j) top[column + j] -= sums[j] *= tau;
    double* to = rows + column;
    for (std::size_t i = 0; i < count; ++i, to += stride)
      for (std::size_t j = 0; j < kWidth; ++j) to[j] -= tail[i] * sums[j];
    column += kWidth;
  };
  while (column + 8 <= last) strip(std::integral_constant<std::size_t, 8>{});
  while (column < last) strip(std::integral_constant<std::size_t, 1>{});
}

// H from the right, on (1 + count) entries of each of `rows` rows.
void reflect_right(double tau, const double* tail, std::size_t count, double* rows, std::size_t number,
                   std::size_t stride) {
  if (tau == 0) return;
  for (std::size_t i = 0; i < number; ++i) {
    double* row = rows + i * stride + 1;
    double sums[4] = {row[-1], 0, 0, 0};
    std::size_t j = 0;
    for (; j + 4 <= count; j += 4)
      for (std::size_t l = 0; l < 4; ++l) sums[l] += row[j + l] * tail[j + l];
    for (; j < count; ++j) sums[0] += row[j] * tail[j];
    const double sum = tau * ((sums[0] + sums[1]) + (sums[2] + sums[3]));
    row[-1] -= sum;
    for (j = 0; j < count; ++j) row[j] -= sum * tail[j];
  }
}

// Distance of the rows of a matrix of n columns: an odd number of cache lines, so that a strip of columns does not fall
// into a few sets of the cache when n is a power of two.
std::size_t stride_of(std::size_t n) {
  return ((n + 7) / 8 | 1) * 8;
}

// (n, n) transposed, without the gaps between rows.
std::vector<double> transposed(const std::vector<double>& matrix, std::size_t n) {
  std::vector<double> result;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) result.push_back(matrix[j * stride_of(n) + i]);
  return result;
}

// The decomposition of a tall matrix, step by step.
class Decomposition {
 public:
  // matrix: (rows, columns) at distances of stride_of(columns), rows >= columns, the largest entry around 1.
  Decomposition(std::vector<double> matrix, std::size_t rows, std::size_t columns)
      : matrix_(std::move(matrix)),
        rows_(rows),
        n_(columns),
        stride_(stride_of(columns)),
        tail_(std::max(n_, kBlockRows)) {
    if (rows_ > n_) make_triangle();
    square_ = std::vector<double>(matrix_.begin(), matrix_.begin() + static_cast<std::ptrdiff_t>(n_ * stride_));
    if (rows_ > n_)
      for (std::size_t i = 0; i < n_; ++i) std::fill_n(&square_[i * stride_], i, 0.0);
    make_bidiagonal();
  }

  // Sorted values in `sigma`. u: (rows, n), v: (n, n), each only where it is wanted.
  bool finish(Svd& result, bool want_u, bool want_v) {
    std::vector<double> left, right;
    if (want_u || want_v) make_vectors(left, right);
    const auto rows_of = [](std::vector<double>& matrix, bool wanted) { return wanted ? matrix.data() : nullptr; };
    if (!diagonalize(diagonal_, above_, rows_of(left, want_u), rows_of(right, want_v))) return false;
    std::vector<std::size_t> order(n_);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return std::abs(diagonal_[a]) > std::abs(diagonal_[b]); });
    for (const std::size_t k : order) result.sigma.push_back(std::abs(diagonal_[k]));
    if (want_u) {
      result.u.assign(rows_ * stride_, 0);
      for (std::size_t k = 0; k < n_; ++k)
        for (std::size_t i = 0; i < n_; ++i) result.u[i * stride_ + k] = left[order[k] * n_ + i];
      if (rows_ > n_) apply_triangle(result.u);
      for (std::size_t i = 0; i < rows_; ++i) std::copy_n(&result.u[i * stride_], n_, &result.u[i * n_]);
      result.u.resize(rows_ * n_);
    }
    if (want_v) {
      // A negative value turns its right vector round.
      result.v.resize(n_ * n_);
      for (std::size_t k = 0; k < n_; ++k)
        for (std::size_t i = 0; i < n_; ++i)
          result.v[i * n_ + k] = std::copysign(1.0, diagonal_[order[k]]) * right[order[k] * n_ + i];
    }
    return true;
  }

 private:
  // The first n rows become a triangle, which then takes in the rest. Tails stay where their zeros would be.
  void make_triangle() {
    for (std::size_t k = 0; k + 1 < n_; ++k) fold(k, k + 1, n_);
    for (std::size_t first = n_; first < rows_; first += kBlockRows)
      for (std::size_t k = 0; k < n_; ++k) fold(k, first, std::min(first + kBlockRows, rows_));
  }

  // Column k of rows [first, last) goes into the triangle's row k.
  void fold(std::size_t k, std::size_t first, std::size_t last) {
    double* rows = &matrix_[first * stride_];
    double* top = &matrix_[k * stride_];
    const std::size_t count = gather(rows + k, last - first);
    triangle_taus_.push_back(reflector(top[k], tail_.data(), count));
    for (std::size_t i = 0; i < count; ++i) rows[i * stride_ + k] = tail_[i];
    reflect_left(triangle_taus_.back(), tail_.data(), count, top, rows, stride_, k + 1, n_);
  }

  std::size_t gather(const double* column, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) tail_[i] = column[i * stride_];
    return count;
  }

  // The reflections of make_triangle() on u (rows, n), the last one first.
  void apply_triangle(std::vector<double>& u) {
    const auto unfold = [&](std::size_t k, std::size_t first, std::size_t last) {
      const std::size_t count = gather(&matrix_[first * stride_ + k], last - first);
      reflect_left(triangle_taus_.back(), tail_.data(), count, &u[k * stride_], &u[first * stride_], stride_, 0, n_);
      triangle_taus_.pop_back();
    };
    const std::size_t blocks = (rows_ - n_ + kBlockRows - 1) / kBlockRows;
    for (std::size_t b = blocks; b-- > 0;) {
      const std::size_t first = n_ + b * kBlockRows;
      for (std::size_t k = n_; k-- > 0;) unfold(k, first, std::min(first + kBlockRows, rows_));
    }
    for (std::size_t k = n_ - 1; k-- > 0;) unfold(k, k + 1, n_);
  }

  // square_ becomes bidiagonal; tails of the left reflections stay below the diagonal, of the right ones in the rows.
  void make_bidiagonal() {
    for (std::size_t k = 0; k < n_; ++k) {
      double* row = &square_[k * stride_];
      double* below = row + stride_;
      const std::size_t under = gather_square(k);
      left_taus_.push_back(reflector(row[k], tail_.data(), under));
      for (std::size_t i = 0; i < under; ++i) below[i * stride_ + k] = tail_[i];
      reflect_left(left_taus_.back(), tail_.data(), under, row, below, stride_, k + 1, n_);
      diagonal_.push_back(row[k]);
      if (under == 0) break;
      right_taus_.push_back(reflector(row[k + 1], row + k + 2, under - 1));
      reflect_right(right_taus_.back(), row + k + 2, under - 1, below + k + 1, under, stride_);
      above_.push_back(row[k + 1]);
    }
  }

  std::size_t gather_square(std::size_t k) {
    return k + 1 < n_ ? gather(&square_[(k + 1) * stride_ + k], n_ - k - 1) : 0;
  }

  // left, right: the transposed products of the reflections of make_bidiagonal().
  void make_vectors(std::vector<double>& left, std::vector<double>& right) {
    left.assign(n_ * stride_, 0);
    for (std::size_t i = 0; i < n_; ++i) left[i * stride_ + i] = 1;
    right = left;
    for (std::size_t k = n_ - 1; k-- > 0;) {
      const std::size_t under = gather_square(k);
      reflect_left(left_taus_[k], tail_.data(), under, &left[k * stride_], &left[(k + 1) * stride_], stride_, k, n_);
      reflect_left(right_taus_[k], &square_[k * stride_] + k + 2, under - 1, &right[(k + 1) * stride_],
                   right.data() + (k + 2) * stride_, stride_, k + 1, n_);
    }
    left = transposed(left, n_);
    right = transposed(right, n_);
  }

  std::vector<double> matrix_;  // (rows, n), as all within this class at distances of stride_
  std::size_t rows_, n_, stride_;
  std::vector<double> square_;  // (n, n)
  std::vector<double> tail_;
  std::vector<double> triangle_taus_, left_taus_, right_taus_;
  std::vector<double> diagonal_, above_;
};

Svd decompose(std::span<const double> matrix, int rows, int columns, bool left, bool right) {
  DESCENT_ASSERT(rows >= 1 && columns >= 1);
  const auto m = static_cast<std::size_t>(std::max(rows, columns));
  const auto n = static_cast<std::size_t>(std::min(rows, columns));
  DESCENT_ASSERT(matrix.size() == m * n);
  const bool wide = rows < columns;
  Svd result{.rows = rows, .columns = columns, .count = static_cast<int>(n)};
  double largest = 0;
  bool finite = true;
  for (const double x : matrix) {
    finite = finite && std::isfinite(x);
    largest = std::max(largest, std::abs(x));
  }
  int exponent = 0;
  if (finite) {
    std::frexp(largest, &exponent);
    // The scale is taken in two factors: the power of two that a tiny number needs is too large for a double.
    const double half = std::ldexp(1.0, -exponent / 2), rest = std::ldexp(1.0, -exponent + exponent / 2);
    const auto width = static_cast<std::size_t>(columns), stride = stride_of(n);
    std::vector<double> tall(m * stride);
    for (std::size_t i = 0; i < m; ++i)
      for (std::size_t j = 0; j < n; ++j)
        tall[i * stride + j] = (wide ? matrix[j * width + i] : matrix[i * width + j]) * half * rest;
    finite = Decomposition(std::move(tall), m, n).finish(result, wide ? right : left, wide ? left : right);
  }
  if (!finite) {
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    result.sigma.assign(n, kNan);
    result.u.assign(left || right ? m * n : 0, kNan);
    result.v.assign(left || right ? n * n : 0, kNan);
  }
  for (double& sigma : result.sigma) sigma = std::ldexp(sigma, exponent);
  if (wide) std::swap(result.u, result.v);
  if (!right) result.v.clear();
  return result;
}

}  // namespace

std::vector<double> singular_values(std::span<const double> matrix, int rows, int columns) {
  return decompose(matrix, rows, columns, false, false).sigma;
}

Svd svd(std::span<const double> matrix, int rows, int columns, Vectors wanted) {
  return decompose(matrix, rows, columns, true, wanted == Vectors::both);
}

}  // namespace descent::inspect
