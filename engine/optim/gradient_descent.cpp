// SPDX-License-Identifier: MIT
// Gradient descent:  g = ∇f + λ p,  p ← p − η g.  (torch.optim.SGD without momentum)
// Stable on a quadratic below η = 2/(λmax + λ), λ being the weight decay.
// Reference: Cauchy, "Méthode générale pour la résolution des systèmes d'équations simultanées", C. R. Acad. Sci. 25
// (1847).
#include "engine/optim/elementwise.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters{learning_rate_spec(0.001), weight_decay_spec()};

struct GradientDescent : ElementwiseRule {
  static constexpr OptimizerInfo kInfo{
      .name = "gradient_descent",
      .title = "Gradient descent",
      .formula = "p ← p − η ∇f",
      .reference = "Cauchy, C. R. Acad. Sci. 25 (1847) 536",
      .summary =
          "Steps straight downhill. The yardstick for all others: its step size is limited by the steepest direction, "
          "its progress by the flattest.",
      .parameters = kParameters,
  };
  static constexpr std::array<std::string_view, 0> kSlots{};

  template <class T>
  struct Kernel {
    T rate, weight_decay;
    void operator()(T& p, T g) const { p -= rate * (g + weight_decay * p); }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    const auto& [learning_rate, weight_decay] = values;
    return {static_cast<T>(context.learning_rate), static_cast<T>(weight_decay)};
  }

  static StabilityBound stability(std::span<const double> values, double lambda_max) {
    return {true, 2 / (lambda_max + values[1]), values[1] == 0 ? "2 / λmax" : "2 / (λmax + weight decay)",
            "Goh, Why momentum really works, Distill 2017"};
  }

  static QuadraticOptimum optimum(std::span<const double> values, double lambda_min, double lambda_max) {
    const double low = lambda_min + values[1];
    const double high = lambda_max + values[1];
    return {true,
            2 / (low + high),
            -1,
            (high - low) / (high + low),
            "2 / (λmin + λmax)",
            "Polyak, USSR Comput. Math. Math. Phys. 4 (1964) 1"};
  }
};

}  // namespace

CatalogEntry gradient_descent() {
  return elementwise_entry<GradientDescent>();
}

}  // namespace descent::optim
