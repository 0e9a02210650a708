// SPDX-License-Identifier: MIT
// Singular value decomposition of dense matrices in double: A = U diag(σ) Vᵀ. A tall matrix (a wide one is transposed)
// is first made triangular by Householder reflections, block of rows after block of rows: each block stays in the
// caches while it is folded into the triangle (Demmel, Grigori, Hoemmen & Langou, "Communication-optimal parallel and
// sequential QR and LU factorizations", SIAM J. Sci. Comput. 34, 2012; the detour by the triangle: Chan, "An improved
// algorithm for computing the singular value decomposition", ACM TOMS 8, 1982). Then bidiagonal (Golub & Kahan 1965),
// then diagonal (bidiagonal.h). Backward stable: every value is exact to a few roundings of the largest.
#pragma once

#include <span>
#include <vector>

namespace descent::inspect {

struct Svd {
  int rows = 0, columns = 0;
  int count = 0;              // min(rows, columns)
  std::vector<double> u;      // (rows, count), orthonormal columns
  std::vector<double> sigma;  // (count), descending
  std::vector<double> v;      // (columns, count), orthonormal columns; empty when only the left ones are asked for
};
enum class Vectors { both, left };

// matrix: (rows, columns), row-major, any finite numbers up to the largest. All results are NaN when one is not finite.
[[nodiscard]] std::vector<double> singular_values(std::span<const double> matrix, int rows, int columns);
[[nodiscard]] Svd svd(std::span<const double> matrix, int rows, int columns, Vectors wanted = Vectors::both);

}  // namespace descent::inspect
