// SPDX-License-Identifier: MIT
// One step of a method that uses the Hessian; see second_order.h. The eigen-decomposition is the closed form for 2x2
// matrices, so that every platform gives the same bits.
#include "engine/optim/second_order.h"

#include <Eigen/Eigenvalues>
#include <cmath>

#include "engine/core/check.h"

namespace descent::optim {

void SecondOrder::reset(std::size_t n) {
  DESCENT_ASSERT(n == 2);
}

void SecondOrder::prepare(const StepContext& context) {
  DESCENT_ASSERT(context.objective != nullptr && context.objective->has_hessian());
}

StepReport SecondOrder::update(std::span<double> params, std::span<const double> grads, std::size_t begin,
                               std::size_t end, const StepContext& context) {
  DESCENT_ASSERT(params.size() == 2 && grads.size() == 2 && begin == 0 && end == 2);
  QuadraticModel model;
  Eigen::Vector2d exact;
  model.value = context.objective->evaluate_hessian(params, {exact.data(), 2}, {model.hessian.data(), 4});
  model.gradient = Eigen::Map<const Eigen::Vector2d>(grads.data());
  StepReport report;
  report.gradient_evaluations = 1;
  if (!model.hessian.allFinite() || !model.gradient.allFinite()) {
    report.stalled = true;
    report.note = model.gradient.allFinite() && std::isfinite(model.value)
                      ? StepNote("There is no Hessian here: the surface has a kink")
                      : StepNote("The gradient or the Hessian is not a finite number here");
    return report;
  }
  Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> eigen;
  eigen.computeDirect(model.hessian);
  model.curvatures = eigen.eigenvalues();
  model.axes = eigen.eigenvectors();
  move(params, model, context, report);
  return report;
}

void NewtonMethod::configure(std::span<const double> values) {
  DESCENT_ASSERT(values.size() == kNewtonParameters.size());
}

StabilityBound newton_stability(std::span<const double> /*values*/, double /*lambda_max*/) {
  return {.known = true,
          .learning_rate = 2,
          .formula = "2 (curvature divided out)",
          .reference = "Nocedal & Wright, Numerical Optimization, 2006, section 3.3",
          .constant = true};
}

QuadraticOptimum newton_optimum(std::span<const double> /*values*/, double /*lambda_min*/, double /*lambda_max*/) {
  return {true, 1, -1, 0, "1: one step to the minimum", "Nocedal & Wright, Numerical Optimization, 2006, section 3.3"};
}

}  // namespace descent::optim
