// SPDX-License-Identifier: MIT
// Heavy ball:  g = ∇f + λ p,  v ← μ v + g,  p ← p − η v.  (torch.optim.SGD with momentum, dampening 0)
// Stable on a quadratic below η = 2(1 + μ)/(λmax + λ), λ being the weight decay.
// Reference: Polyak, "Some methods of speeding up the convergence of iteration methods", USSR Comput. Math. Math. Phys.
// 4 (1964), 1–17.
#include "engine/optim/elementwise.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters{learning_rate_spec(0.001), momentum_spec(0.9), weight_decay_spec()};

struct Momentum : ElementwiseRule {
  static constexpr OptimizerInfo kInfo{
      .name = "momentum",
      .title = "Momentum",
      .formula = "v ← μ v + ∇f,  p ← p − η v",
      .reference = "Polyak, USSR Comput. Math. Math. Phys. 4 (1964) 1",
      .summary =
          "A ball with mass: velocity builds up along valleys and cancels across them. Tolerates larger step sizes "
          "than plain gradient descent, and overshoots.",
      .parameters = kParameters,
  };
  static constexpr std::array<std::string_view, 1> kSlots{"velocity"};

  template <class T>
  struct Kernel {
    T rate, momentum, weight_decay;
    void operator()(T& p, T g, T& v) const {
      v = momentum * v + (g + weight_decay * p);
      p -= rate * v;
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    const auto& [learning_rate, momentum, weight_decay] = values;
    return {static_cast<T>(context.learning_rate), static_cast<T>(momentum), static_cast<T>(weight_decay)};
  }

  static StabilityBound stability(std::span<const double> values, double lambda_max) {
    return {true, 2 * (1 + values[1]) / (lambda_max + values[2]),
            values[2] == 0 ? "2 (1 + β) / λmax" : "2 (1 + β) / (λmax + weight decay)",
            "Goh, Why momentum really works, Distill 2017"};
  }

  static QuadraticOptimum optimum(std::span<const double> values, double lambda_min, double lambda_max) {
    const double low = std::sqrt(lambda_min + values[2]);
    const double high = std::sqrt(lambda_max + values[2]);
    const double factor = (high - low) / (high + low);
    return {true,
            4 / ((high + low) * (high + low)),
            factor * factor,
            factor,
            "(2 / (√λmax + √λmin))²,  β = ((√λmax − √λmin) / (√λmax + √λmin))²",
            "Polyak, USSR Comput. Math. Math. Phys. 4 (1964) 1"};
  }
};

}  // namespace

CatalogEntry momentum() {
  return elementwise_entry<Momentum>();
}

}  // namespace descent::optim
