// SPDX-License-Identifier: MIT
// local_model: f, ∇f, ∇²f at a point and the eigen-decomposition of the Hessian by the closed form for 2x2 matrices
// (Eigen::SelfAdjointEigenSolver::computeDirect): additions, products and square roots only, so that every platform
// gives the same bits. An eigenvector is defined up to its sign; here its component of larger magnitude (the first one
// on a tie) is positive. A Hessian that is not finite has eigenvalues and eigenvectors NaN.
#include <Eigen/Eigenvalues>
#include <cmath>
#include <limits>

#include "engine/core/check.h"
#include "engine/surfaces/surface.h"

namespace descent::surfaces {

LocalModel local_model(const core::Objective& objective, Point point) {
  DESCENT_ASSERT(objective.dim() == 2 && objective.has_hessian());
  LocalModel model;
  model.value = objective.evaluate_hessian(point, model.gradient, model.hessian);

  const Eigen::Map<const Eigen::Matrix2d> hessian(model.hessian.data());  // symmetric: the storage order is the same
  if (!hessian.allFinite()) {
    constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
    model.eigenvalues.fill(kNaN);
    model.eigenvectors.fill(kNaN);
    return model;
  }
  Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> solver;
  solver.computeDirect(hessian);
  for (Eigen::Index k = 0; k < 2; ++k) {
    Eigen::Vector2d v = solver.eigenvectors().col(k);
    const double larger = std::abs(v[0]) >= std::abs(v[1]) ? v[0] : v[1];
    if (larger < 0) v = -v;
    const auto at = static_cast<std::size_t>(k);
    model.eigenvalues[at] = solver.eigenvalues()[k];
    model.eigenvectors[2 * at] = v[0];
    model.eigenvectors[2 * at + 1] = v[1];
  }
  return model;
}

}  // namespace descent::surfaces
