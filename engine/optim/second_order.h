// SPDX-License-Identifier: MIT
// SecondOrder: what the methods that use the Hessian share. A step evaluates f, ∇f and ∇²f at params, refuses numbers
// that are not finite, and hands the Hessian's eigen-decomposition to the method. Two dimensions. The gradient used is
// the caller's, which may carry noise; the Hessian is exact.
#pragma once

#include <Eigen/Core>
#include <array>
#include <memory>
#include <vector>

#include "engine/optim/optimizer.h"
#include "engine/optim/parameters.h"

namespace descent::optim {

// The learning rate of a Newton method: 1 is the full step.
constexpr core::ParamSpec newton_rate_spec() {
  core::ParamSpec spec = learning_rate_spec(1);
  spec.doc =
      "Share of the Newton step that is taken. 1 lands on the minimum of the local quadratic model; smaller is safer "
      "far from a minimum.";
  spec.slider_minimum = 0.01;
  spec.slider_maximum = 2;
  return spec;
}

// The local quadratic model: f(p + d) ≈ value + gᵀd + dᵀHd/2.
struct QuadraticModel {
  double value = 0;
  Eigen::Vector2d gradient;
  Eigen::Matrix2d hessian;
  Eigen::Vector2d curvatures;  // eigenvalues of H, ascending
  Eigen::Matrix2d axes;        // orthonormal eigenvectors as columns
};

class SecondOrder : public Optimizer<double> {
 public:
  void reset(std::size_t n) override;
  [[nodiscard]] bool elementwise() const final { return false; }
  void prepare(const StepContext& context) final;
  StepReport update(std::span<double> params, std::span<const double> grads, std::size_t begin, std::size_t end,
                    const StepContext& context) final;

 protected:
  // One step in place; the model is finite. The evaluation of the model is already in `report`.
  virtual void move(std::span<double> params, const QuadraticModel& model, const StepContext& context,
                    StepReport& report) = 0;
};

// The Newton methods that take a learning rate and nothing else, and remember nothing.
inline constexpr std::array kNewtonParameters{newton_rate_spec()};
class NewtonMethod : public SecondOrder {
 public:
  void configure(std::span<const double> values) final;
  [[nodiscard]] std::vector<StateSpan<double>> state() final { return {}; }
};

// Bound and optimum of methods whose step is η times Newton's: it multiplies the error by (1 − η) in every direction.
[[nodiscard]] StabilityBound newton_stability(std::span<const double> values, double lambda_max);
[[nodiscard]] QuadraticOptimum newton_optimum(std::span<const double> values, double lambda_min, double lambda_max);

template <class Method>
CatalogEntry newton_entry(const OptimizerInfo& info) {
  return {&info, []() -> std::unique_ptr<Optimizer<double>> { return std::make_unique<Method>(); }, nullptr,
          &newton_stability, &newton_optimum};
}

}  // namespace descent::optim
