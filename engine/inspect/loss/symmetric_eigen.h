// SPDX-License-Identifier: MIT
// Eigenvalues and eigenvectors of small dense symmetric matrices in double, by Jacobi's rotations (Golub & Van Loan,
// "Matrix Computations", 4th edition, 8.5): slow beyond a few hundred rows, but each value is exact to a few roundings
// of the largest.
#pragma once

#include <span>
#include <vector>

namespace descent::inspect {

struct SymmetricEigen {
  std::vector<double> values;   // (n), descending
  std::vector<double> vectors;  // (n, n), row k belongs to values[k]; orthonormal
};

// matrix: (n, n), symmetric. All results are NaN when an element is not finite.
[[nodiscard]] SymmetricEigen symmetric_eigen(std::span<const double> matrix, int n);

}  // namespace descent::inspect
