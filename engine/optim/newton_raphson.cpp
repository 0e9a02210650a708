// SPDX-License-Identifier: MIT
// Newton's iteration for ∇f = 0 as it stands:  p ← p − η H⁻¹ ∇f,  H = ∇²f. It converges to whatever stationary point is
// near: saddles and maxima attract it as much as minima do, since it never asks which way is down. It is here for the
// contrast with the methods that do. Where H is singular to rounding there is no step, and the report says so.
// Reference: Nocedal & Wright, "Numerical Optimization", 2nd ed., Springer 2006, section 3.3 and appendix A.
#include <cmath>
#include <optional>
#include <utility>

#include "engine/optim/second_order.h"

namespace descent::optim {
namespace {

// The share of the two terms whose difference is the last pivot: what is left below it is rounding. A share of the
// largest entry would refuse matrices that are only scaled unevenly, such as diag(1e68, 2).
constexpr double kSingular = 1e-14;

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
    const std::optional<Eigen::Vector2d> step = solve(model.hessian, model.gradient);
    if (!step) {
      report.stalled = true;
      report.note = "The Hessian is singular here: Newton's step does not exist";
      return;
    }
    if (model.curvatures[0] < 0) report.note = "Negative curvature here: the step is towards a saddle or a maximum";
    params[0] -= context.learning_rate * (*step)[0];
    params[1] -= context.learning_rate * (*step)[1];
  }

  // H d = g by elimination with the larger pivot of the first column; empty where H is singular to rounding.
  static std::optional<Eigen::Vector2d> solve(Eigen::Matrix2d h, Eigen::Vector2d g) {
    if (std::abs(h(1, 0)) > std::abs(h(0, 0))) {
      h.row(0).swap(h.row(1));
      std::swap(g[0], g[1]);
    }
    if (h(0, 0) == 0) return {};
    const double factor = h(1, 0) / h(0, 0);
    const double taken = factor * h(0, 1);
    const double pivot = h(1, 1) - taken;
    if (!(std::abs(pivot) > kSingular * (std::abs(h(1, 1)) + std::abs(taken)))) return {};
    const double second = (g[1] - factor * g[0]) / pivot;
    return Eigen::Vector2d{(g[0] - h(0, 1) * second) / h(0, 0), second};
  }
};

}  // namespace

CatalogEntry newton_raphson() {
  return newton_entry<NewtonRaphson>(kInfo);
}

}  // namespace descent::optim
