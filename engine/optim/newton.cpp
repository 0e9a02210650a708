// SPDX-License-Identifier: MIT
// Damped Newton:  p ← p − η |H|⁻¹ ∇f,  H = ∇²f by automatic differentiation, η the learning rate (1 = the full step).
// Where H is positive definite |H| is H. Elsewhere each eigenvalue is replaced by its absolute value, but not less than
// 10⁻⁸ of the largest (and 1 where H = 0): the step still goes downhill, saddles repel, and the report says so.
// References: Nocedal & Wright, "Numerical Optimization", 2nd ed., Springer 2006, section 3.4 (modified Newton);
// Dauphin et al., "Identifying and attacking the saddle point problem", NeurIPS 2014 (|H|). Two dimensions; no state.
#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <array>

#include "engine/core/check.h"
#include "engine/optim/optimizer.h"
#include "engine/optim/parameters.h"

namespace descent::optim {
namespace {

constexpr double kSmallestRelativeCurvature = 1e-8;

constexpr core::ParamSpec rate_spec() {
  core::ParamSpec spec = learning_rate_spec(1);
  spec.doc =
      "Share of the Newton step that is taken. 1 lands on the minimum of the local quadratic model; smaller is safer "
      "far "
      "from a minimum.";
  spec.slider_minimum = 0.01;
  spec.slider_maximum = 2;
  return spec;
}

constexpr std::array kParameters{rate_spec()};

constexpr OptimizerInfo kInfo{
    .name = "newton",
    .title = "Newton",
    .formula = "p ← p − η |∇²f|⁻¹ ∇f",
    .reference = "Nocedal & Wright, Numerical Optimization, 2006, section 3.4; Dauphin et al., NeurIPS 2014",
    .summary =
        "Jumps to the minimum of the local quadratic: one step on a bowl of any shape, a handful near any minimum. "
        "Where the Hessian is not positive definite it uses |λ|, so that saddles repel.",
    .parameters = kParameters,
    .needs = Needs::hessian,
};

class Newton final : public Optimizer<double> {
 public:
  [[nodiscard]] const OptimizerInfo& info() const override { return kInfo; }
  void reset(std::size_t n) override { DESCENT_ASSERT(n == 2); }
  void configure(std::span<const double> values) override { DESCENT_ASSERT(values.size() == kParameters.size()); }
  [[nodiscard]] bool elementwise() const override { return false; }
  void prepare(const StepContext& context) override {
    DESCENT_ASSERT(context.objective != nullptr && context.objective->has_hessian());
  }
  [[nodiscard]] std::vector<StateSpan<double>> state() override { return {}; }

  StepReport update(std::span<double> params, std::span<const double> grads, std::size_t begin, std::size_t end,
                    const StepContext& context) override {
    DESCENT_ASSERT(params.size() == 2 && grads.size() == 2 && begin == 0 && end == 2);
    std::array<double, 2> gradient{};
    Eigen::Matrix2d hessian;
    context.objective->evaluate_hessian(params, gradient, {hessian.data(), 4});
    StepReport report;
    report.gradient_evaluations = 1;
    const Eigen::Map<const Eigen::Vector2d> g(grads.data());
    if (!hessian.allFinite() || !g.allFinite()) {
      report.stalled = true;
      report.note = "The gradient or the Hessian is not a finite number here";
      return report;
    }
    bool positive_definite = true;
    const Eigen::Vector2d step = newton_step(hessian, g, positive_definite);
    if (!positive_definite) report.note = "The Hessian is not positive definite here: used |λ| in place of λ";
    params[0] -= context.learning_rate * step[0];
    params[1] -= context.learning_rate * step[1];
    return report;
  }

 private:
  static Eigen::Vector2d newton_step(const Eigen::Matrix2d& hessian, const Eigen::Vector2d& g,
                                     bool& positive_definite) {
    Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> eigen;
    eigen.computeDirect(hessian);
    const double largest = eigen.eigenvalues().cwiseAbs().maxCoeff();
    const double floor = largest > 0 ? kSmallestRelativeCurvature * largest : 1;
    positive_definite = eigen.eigenvalues()[0] >= floor;
    if (positive_definite) return hessian.ldlt().solve(g);
    const Eigen::Vector2d curvatures = eigen.eigenvalues().cwiseAbs().cwiseMax(floor);
    return eigen.eigenvectors() * (eigen.eigenvectors().transpose() * g).cwiseQuotient(curvatures);
  }
};

// On a quadratic with positive curvature the error is multiplied by (1 − η) in every direction.
StabilityBound stability(std::span<const double> /*values*/, double /*lambda_max*/) {
  return {true, 2, "2 (the curvature is divided out)", "Nocedal & Wright, Numerical Optimization, 2006, section 3.3"};
}

}  // namespace

CatalogEntry newton() {
  return {&kInfo, []() -> std::unique_ptr<Optimizer<double>> { return std::make_unique<Newton>(); }, nullptr,
          &stability};
}

}  // namespace descent::optim
