// SPDX-License-Identifier: MIT
// Newton's iteration for ∇f = 0 as it stands:  p ← p − η H⁻¹ ∇f,  H = ∇²f. It converges to whatever stationary point is
// near: saddles and maxima attract it as much as minima do, since it never asks which way is down. It is here for the
// contrast with the methods that do. Where H is singular to rounding there is no step, and the report says so.
// Reference: Nocedal & Wright, "Numerical Optimization", 2nd ed., Springer 2006, section 3.3 and appendix A.
#include "engine/optim/second_order.h"

namespace descent::optim {
namespace {

constexpr double kSingular = 1e-14;  // smallest |λ| as a share of the largest

constexpr OptimizerInfo kInfo{
    .name = "newton_raphson",
    .title = "Newton, pure",
    .formula = "p ← p − η (∇²f)⁻¹ ∇f",
    .reference = "Nocedal & Wright, Numerical Optimization, 2006, section 3.3",
    .summary =
        "Solves ∇f = 0 and does not ask which way is down: from the wrong side it runs to a saddle or a hilltop as "
        "fast as to a minimum. Compare it with saddle-free Newton.",
    .parameters = kNewtonParameters,
    .needs = Needs::hessian,
};

class NewtonRaphson final : public NewtonMethod {
 public:
  [[nodiscard]] const OptimizerInfo& info() const override { return kInfo; }

 private:
  void move(std::span<double> params, const QuadraticModel& model, const StepContext& context,
            StepReport& report) override {
    const Eigen::Vector2d sizes = model.curvatures.cwiseAbs();
    if (!(sizes.minCoeff() > kSingular * sizes.maxCoeff())) {
      report.stalled = true;
      report.note = "The Hessian is singular here: Newton's step does not exist";
      return;
    }
    const Eigen::Vector2d step = model.axes * (model.axes.transpose() * model.gradient).cwiseQuotient(model.curvatures);
    if (model.curvatures[0] < 0) report.note = "Negative curvature here: the step is towards a saddle or a maximum";
    params[0] -= context.learning_rate * step[0];
    params[1] -= context.learning_rate * step[1];
  }
};

}  // namespace

CatalogEntry newton_raphson() {
  return newton_entry<NewtonRaphson>(kInfo);
}

}  // namespace descent::optim
