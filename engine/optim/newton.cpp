// SPDX-License-Identifier: MIT
// Damped Newton:  p ← p − η |H|⁻¹ ∇f,  H = ∇²f by automatic differentiation, η the learning rate (1 = the full step).
// |H| is H if that is positive definite. Otherwise each eigenvalue is replaced by its absolute value, but not less than
// 10⁻⁸ of the largest (and 1 where H = 0): the step still goes downhill, saddles repel, and the report says so.
// References: Nocedal & Wright, "Numerical Optimization", 2nd ed., Springer 2006, section 3.4 (modified Newton);
// Dauphin et al., "Identifying and attacking the saddle point problem", NeurIPS 2014 (|H|). Two dimensions; no state.
#include <Eigen/Cholesky>

#include "engine/optim/second_order.h"

namespace descent::optim {
namespace {

constexpr double kSmallestRelativeCurvature = 1e-8;

constexpr OptimizerInfo kInfo{
    .name = "newton",
    .title = "Newton",
    .formula = "p ← p − η |∇²f|⁻¹ ∇f",
    .reference = "Nocedal & Wright, Numerical Optimization, 2006, section 3.4; Dauphin et al., NeurIPS 2014",
    .summary =
        "Jumps to the minimum of the local quadratic: one step on a bowl of any shape, a handful near any minimum. "
        "Where the Hessian is not positive definite it uses |λ|, so that saddles repel.",
    .parameters = kNewtonParameters,
    .needs = Needs::hessian,
};

class Newton final : public NewtonMethod {
 public:
  [[nodiscard]] const OptimizerInfo& info() const override { return kInfo; }

 private:
  void move(std::span<double> params, const QuadraticModel& model, const StepContext& context,
            StepReport& report) override {
    const double largest = model.curvatures.cwiseAbs().maxCoeff();
    const double floor = largest > 0 ? kSmallestRelativeCurvature * largest : 1;
    Eigen::Vector2d step;
    if (model.curvatures[0] >= floor) {
      step = model.hessian.ldlt().solve(model.gradient);
    } else {
      const Eigen::Vector2d curvatures = model.curvatures.cwiseAbs().cwiseMax(floor);
      step = model.axes * (model.axes.transpose() * model.gradient).cwiseQuotient(curvatures);
      report.note = "The Hessian is not positive definite here: used |λ| in place of λ";
    }
    params[0] -= context.learning_rate * step[0];
    params[1] -= context.learning_rate * step[1];
  }
};

}  // namespace

CatalogEntry newton() {
  return newton_entry<Newton>(kInfo);
}

}  // namespace descent::optim
