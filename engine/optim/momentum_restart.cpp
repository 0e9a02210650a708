// SPDX-License-Identifier: MIT
// Heavy ball with adaptive restart:  g = ∇f + λ p;  where gᵀv < 0 the last move went uphill and the velocity is
// dropped, v ← 0;  then v ← μ v + g,  p ← p − η v.  This is the gradient scheme of O'Donoghue & Candès, "Adaptive
// restart for accelerated gradient schemes", Found. Comput. Math. 15 (2015), 715–732, equation 13 (restart when
// ∇fᵀ(x − x₋) > 0, and x − x₋ = −η v), there for Nesterov's method. The scalar product is over all parameters, in
// double and in their order: the step is not element-wise.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/aligned.h"
#include "engine/core/check.h"
#include "engine/optim/optimizer.h"
#include "engine/optim/parameters.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters{learning_rate_spec(0.001), momentum_spec(0.9), weight_decay_spec()};

constexpr OptimizerInfo kInfo{
    .name = "momentum_restart",
    .title = "Momentum with restart",
    .formula = "v ← 0 where gᵀv < 0;  v ← μ v + g,  p ← p − η v",
    .reference = "O'Donoghue & Candès, Found. Comput. Math. 15 (2015) 715, gradient scheme",
    .summary =
        "A heavy ball that stops as soon as it would roll uphill, and starts again from there. Keeps momentum's speed "
        "along valleys without its swinging.",
    .parameters = kParameters,
};

template <class T>
class MomentumRestart final : public Optimizer<T> {
 public:
  MomentumRestart() { configure(core::default_values(kParameters)); }

  [[nodiscard]] const OptimizerInfo& info() const override { return kInfo; }
  [[nodiscard]] bool elementwise() const override { return false; }
  void reset(std::size_t n) override {
    velocity_.assign(n, T(0));
    restarts_ = 0;
  }
  void configure(std::span<const double> values) override {
    DESCENT_ASSERT(values.size() == kParameters.size());
    momentum_ = static_cast<T>(values[1]);
    weight_decay_ = static_cast<T>(values[2]);
  }
  void prepare(const StepContext& /*context*/) override {}

  StepReport update(std::span<T> params, std::span<const T> grads, std::size_t begin, std::size_t end,
                    const StepContext& context) override {
    DESCENT_ASSERT(params.size() == velocity_.size() && grads.size() == params.size());
    DESCENT_ASSERT(begin == 0 && end == params.size());
    double product = 0;
    for (std::size_t i = begin; i < end; ++i)
      product += static_cast<double>(grads[i] + weight_decay_ * params[i]) * static_cast<double>(velocity_[i]);
    const bool restart = product < 0;
    const T momentum = restart ? T(0) : momentum_;
    const T rate = static_cast<T>(context.learning_rate);
    for (std::size_t i = begin; i < end; ++i) {
      velocity_[i] = momentum * velocity_[i] + (grads[i] + weight_decay_ * params[i]);
      params[i] -= rate * velocity_[i];
    }
    StepReport report;
    if (restart) {
      restarts_ += 1;
      report.note = "Restarted: the velocity pointed uphill";
    }
    return report;
  }

  [[nodiscard]] std::vector<StateSpan<T>> state() override {
    return {{"velocity", velocity_, true}, {"restarts", {&restarts_, 1}, false}};
  }

 private:
  T momentum_ = 0;
  T weight_decay_ = 0;
  core::AlignedVector<T> velocity_;  // (n)
  T restarts_ = 0;                   // so far
};

// A direction that flips its sign in every step points uphill in every step, so its velocity is always dropped: what is
// left is gradient descent, whatever μ.
StabilityBound stability(std::span<const double> values, double lambda_max) {
  return {true, 2 / (lambda_max + values[2]), values[2] == 0 ? "2 / λmax" : "2 / (λmax + weight decay)",
          "Restarts turn every flip of sign into gradient descent; Goh, Distill 2017"};
}

}  // namespace

CatalogEntry momentum_restart() {
  return {&kInfo, []() -> std::unique_ptr<Optimizer<double>> { return std::make_unique<MomentumRestart<double>>(); },
          []() -> std::unique_ptr<Optimizer<float>> { return std::make_unique<MomentumRestart<float>>(); }, &stability};
}

}  // namespace descent::optim
