// SPDX-License-Identifier: MIT
#include "engine/inspect/loss/symmetric_eigen.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

namespace descent::inspect {
namespace {

constexpr int kMaxSweeps = 60;  // about ten are needed

// Turns rows p and q of a (n, n) matrix.
void turn_rows(std::vector<double>& m, std::size_t n, std::size_t p, std::size_t q, double c, double s) {
  for (std::size_t k = 0; k < n; ++k) {
    const double x = m[p * n + k], y = m[q * n + k];
    m[p * n + k] = c * x - s * y;
    m[q * n + k] = s * x + c * y;
  }
}

}  // namespace

SymmetricEigen symmetric_eigen(std::span<const double> matrix, int count) {
  const auto n = static_cast<std::size_t>(count);
  std::vector<double> a(matrix.begin(), matrix.end()), v(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) v[i * n + i] = 1;
  double total = 0;
  for (const double x : a) total += x * x;
  if (!std::isfinite(total)) {
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    return {std::vector<double>(n, kNan), std::vector<double>(n * n, kNan)};
  }
  for (int sweep = 0; sweep < kMaxSweeps; ++sweep) {
    double outside = 0;
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q) outside += a[p * n + q] * a[p * n + q];
    if (outside <= 1e-32 * total) break;
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q) {
        const double off = a[p * n + q];
        if (off == 0) continue;
        const double tau = (a[q * n + q] - a[p * n + p]) / (2 * off);
        const double t = (tau < 0 ? -1 : 1) / (std::abs(tau) + std::hypot(1.0, tau));
        const double c = 1 / std::sqrt(1 + t * t), s = t * c;
        turn_rows(a, n, p, q, c, s);
        for (std::size_t k = 0; k < n; ++k) {
          const double x = a[k * n + p], y = a[k * n + q];
          a[k * n + p] = c * x - s * y;
          a[k * n + q] = s * x + c * y;
        }
        turn_rows(v, n, p, q, c, s);
      }
  }
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) { return a[x * n + x] > a[y * n + y]; });
  SymmetricEigen result;
  for (const std::size_t k : order) {
    result.values.push_back(a[k * n + k]);
    result.vectors.insert(result.vectors.end(), v.begin() + static_cast<std::ptrdiff_t>(k * n),
                          v.begin() + static_cast<std::ptrdiff_t>(k * n + n));
  }
  return result;
}

}  // namespace descent::inspect
