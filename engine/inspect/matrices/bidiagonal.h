// SPDX-License-Identifier: MIT
// Singular values (and vectors) of an upper bidiagonal matrix by the implicit QR iteration, in double: shifted sweeps
// of Golub & Kahan, "Calculating the singular values and pseudo-inverse of a matrix", SIAM J. Numer. Anal. B 2, 1965,
// and the sweeps without shift, the criteria and the choice of direction of Demmel & Kahan, "Accurate singular values
// of bidiagonal matrices", SIAM J. Sci. Stat. Comput. 11, 1990, so that tiny values come out with small relative error.
#pragma once

#include <span>

namespace descent::inspect {

// B = L diag(values) Rᵀ. diagonal: (n), comes out as the values, neither sorted nor of one sign; above: (n − 1), comes
// out as zeros. Both finite, the largest around 1: the caller scales. left, right: (n, n), whose rows are turned along
// (what were Uᵀ and Vᵀ are then Lᵀ Uᵀ and Rᵀ Vᵀ), or nullptr. False when it has not converged after many times the
// sweeps that it ever takes.
[[nodiscard]] bool diagonalize(std::span<double> diagonal, std::span<double> above, double* left, double* right);

}  // namespace descent::inspect
