// SPDX-License-Identifier: MIT
// Saddle-free Newton:  p ← p − η (|H| + α I)⁻¹ ∇f,  |H| = Σ |λₖ| vₖvₖᵀ for H = ∇²f, α the damping. Along negative
// curvature the step is as long as Newton's and points the other way, downhill. α bounds the step where the surface is
// flat. Reference: Dauphin et al., "Identifying and attacking the saddle point problem in high-dimensional non-convex
// optimization", NeurIPS 2014, algorithm 1 (here with the exact Hessian in place of a Krylov subspace).
#include <array>

#include "engine/core/check.h"
#include "engine/optim/second_order.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters{
    newton_rate_spec(),
    core::ParamSpec{.name = "damping",
                    .default_value = 0.1,
                    .minimum = 1e-9,
                    .maximum = 1e9,
                    .scale = core::ParamScale::log,
                    .doc = "Added to every |λ|: no step is longer than the gradient divided by it. Larger is safer on "
                           "plateaus and slower along flat valleys.",
                    .slider_minimum = 1e-4,
                    .slider_maximum = 100}};

constexpr OptimizerInfo kInfo{
    .name = "saddle_free_newton",
    .title = "Saddle-free Newton",
    .formula = "p ← p − η (|∇²f| + αI)⁻¹ ∇f",
    .reference = "Dauphin et al., NeurIPS 2014, algorithm 1",
    .summary =
        "Newton with |λ| in place of λ everywhere, damped: it is thrown out of saddles along the direction in which "
        "they fall, as fast as Newton falls into a minimum.",
    .parameters = kParameters,
    .needs = Needs::hessian,
};

class SaddleFreeNewton final : public SecondOrder {
 public:
  [[nodiscard]] const OptimizerInfo& info() const override { return kInfo; }
  void configure(std::span<const double> values) override {
    DESCENT_ASSERT(values.size() == kParameters.size());
    damping_ = values[1];
  }
  [[nodiscard]] std::vector<StateSpan<double>> state() override { return {}; }

 private:
  void move(std::span<double> params, const QuadraticModel& model, const StepContext& context,
            StepReport& report) override {
    const Eigen::Vector2d divisors = model.curvatures.cwiseAbs() + Eigen::Vector2d::Constant(damping_);
    const Eigen::Vector2d step = model.axes * (model.axes.transpose() * model.gradient).cwiseQuotient(divisors);
    if (model.curvatures[0] < 0) report.note = "Negative curvature here: the step goes down along it";
    params[0] -= context.learning_rate * step[0];
    params[1] -= context.learning_rate * step[1];
  }

  double damping_ = kParameters[1].default_value;
};

// In the direction of curvature λ the error is multiplied by 1 − ηλ/(λ + α); the steepest one is lost first.
StabilityBound stability(std::span<const double> values, double lambda_max) {
  return {true, 2 * (1 + values[1] / lambda_max), "2 (1 + α / λmax)", "Linear recurrence on a quadratic"};
}

QuadraticOptimum optimum(std::span<const double> values, double lambda_min, double lambda_max) {
  const double low = lambda_min / (lambda_min + values[1]);
  const double high = lambda_max / (lambda_max + values[1]);
  return {true,
          2 / (low + high),
          -1,
          (high - low) / (high + low),
          "2 / (λmin/(λmin+α) + λmax/(λmax+α))",
          "Linear recurrence on a quadratic"};
}

}  // namespace

CatalogEntry saddle_free_newton() {
  return {&kInfo, []() -> std::unique_ptr<Optimizer<double>> { return std::make_unique<SaddleFreeNewton>(); }, nullptr,
          &stability, &optimum};
}

}  // namespace descent::optim
