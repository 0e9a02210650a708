// SPDX-License-Identifier: MIT
// L against its definition around the tiles' sizes, the solves against A, and matrices that have no factor.
#include "engine/inspect/posterior/tiled_cholesky.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "engine/core/rng.h"
#include "tests/support/close.h"

using namespace descent;
using inspect::TiledCholesky;
using testing::close;

namespace {

// B Bᵀ + 1/2 I of random B (n, n).
std::vector<double> random_matrix(int n) {
  core::Rng rng(17);
  const auto size = static_cast<std::size_t>(n);
  std::vector<double> b(size * size), a(size * size);
  for (double& x : b) x = rng.normal();
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j < size; ++j) {
      double sum = i == j ? 0.5 : 0;
      for (std::size_t k = 0; k < size; ++k) sum += b[i * size + k] * b[j * size + k];
      a[i * size + j] = sum;
    }
  return a;
}

TiledCholesky factor_of(const std::vector<double>& a, int n, int threads) {
  TiledCholesky factor(n);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j <= i; ++j) factor.at(i, j) = a[static_cast<std::size_t>(i * n + j)];
  parallel::ThreadPool pool(threads);
  while (factor.advance(pool)) CHECK(!factor.done());
  return factor;
}

}  // namespace

TEST_CASE("the factor times its transpose is the matrix, and solves with it are inverse to it") {
  for (const int n : {1, 2, 63, 64, 65, 130, 200}) {
    CAPTURE(n);
    const std::vector<double> a = random_matrix(n);
    const TiledCholesky factor = factor_of(a, n, 2);
    REQUIRE(factor.done());
    double worst = 0, log_determinant = 0;
    for (int i = 0; i < n; ++i) {
      log_determinant += 2 * std::log(factor.at(i, i));
      for (int j = 0; j <= i; ++j) {
        double sum = 0;
        for (int k = 0; k <= j; ++k) sum += factor.at(i, k) * factor.at(j, k);
        worst = std::max(worst, std::abs(sum - a[static_cast<std::size_t>(i * n + j)]));
      }
    }
    CHECK(worst < 1e-11 * n);
    CHECK(close(factor.log_determinant(), log_determinant, 1e-14, 0));

    const int first = n / 3;
    std::vector<double> x(static_cast<std::size_t>(n));
    for (int i = first; i < n; ++i) x[static_cast<std::size_t>(i)] = std::sin(i + 1.0);
    const std::vector<double> right = x;
    factor.solve(x, first);
    std::vector<double> whole = right;
    factor.solve(whole);
    CHECK(close(std::span<const double>(x), std::span<const double>(whole), 1e-12, 1e-14));
    factor.solve_transposed(x);
    worst = 0;
    for (int i = 0; i < n; ++i) {
      double sum = 0;
      for (int j = 0; j < n; ++j) sum += a[static_cast<std::size_t>(i * n + j)] * x[static_cast<std::size_t>(j)];
      worst = std::max(worst, std::abs(sum - right[static_cast<std::size_t>(i)]));
    }
    CHECK(worst < 1e-10 * n);
  }
}

TEST_CASE("threads make no difference to a bit of the factor") {
  const int n = 200;
  const std::vector<double> a = random_matrix(n);
  const TiledCholesky one = factor_of(a, n, 1), three = factor_of(a, n, 3);
  bool same = true;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j <= i; ++j) same = same && one.at(i, j) == three.at(i, j);
  CHECK(same);
}

TEST_CASE("what is not positive definite has no factor") {
  const int n = 130;
  for (const double bad : {-1.0, 0.0, std::numeric_limits<double>::quiet_NaN()}) {
    std::vector<double> a = random_matrix(n);
    a[static_cast<std::size_t>(100 * n + 100)] = bad;
    const TiledCholesky factor = factor_of(a, n, 1);
    CHECK(factor.failed());
    CHECK(!factor.done());
  }
}

TEST_CASE("only the lower triangle takes memory") {
  CHECK(TiledCholesky::bytes(64) == 64 * 64 * 8);
  CHECK(TiledCholesky::bytes(65) == 3 * 64 * 64 * 8);
  CHECK(TiledCholesky::bytes(1290) == 21 * 22 / 2 * 64 * 64 * 8);
}
