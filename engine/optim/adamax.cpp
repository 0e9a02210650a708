// SPDX-License-Identifier: MIT
// Adamax: Adam with the infinity norm:  g = ∇f + λ p,  m ← β₁ m + (1−β₁) g,  u ← max(β₂ u, |g| + ε),
// p ← p − η m̂ / u  with  m̂ = m/(1−β₁ᵗ).  (torch.optim.Adamax)
// Reference: Kingma & Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 2.
#include "engine/optim/elementwise.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters{learning_rate_spec(0.002), beta1_spec(), beta2_spec(), epsilon_spec(1e-8),
                                 weight_decay_spec()};

struct Adamax : ElementwiseRule {
  static constexpr OptimizerInfo kInfo{
      .name = "adamax",
      .title = "Adamax",
      .formula = "u ← max(β₂u, |g| + ε),  p ← p − η m̂ / u",
      .reference = "Kingma & Ba, ICLR 2015, algorithm 2",
      .summary =
          "Adam that divides by the largest recent gradient instead of the mean square. Less sensitive to a burst of "
          "noise after a quiet stretch.",
      .parameters = kParameters,
  };
  static constexpr std::array<std::string_view, 2> kSlots{"m", "u"};

  template <class T>
  struct Kernel {
    T step, beta1, one_minus_beta1, beta2, epsilon, weight_decay;
    void operator()(T& p, T g, T& m, T& u) const {
      const T decayed = g + weight_decay * p;
      m = beta1 * m + one_minus_beta1 * decayed;
      const T faded = beta2 * u;
      const T size = std::abs(decayed) + epsilon;
      u = faded < size ? size : faded;
      p -= step * m / u;
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    const auto& [learning_rate, beta1, beta2, epsilon, weight_decay] = values;
    const double t = static_cast<double>(context.t);
    return {static_cast<T>(context.learning_rate / (1 - std::pow(beta1, t))),
            static_cast<T>(beta1),
            static_cast<T>(1 - beta1),
            static_cast<T>(beta2),
            static_cast<T>(epsilon),
            static_cast<T>(weight_decay)};
  }

  static double divisor(const std::array<double, kParameters.size()>& values, double /*t*/, double g, double /*m*/,
                        double u) {
    const auto& [learning_rate, beta1, beta2, epsilon, weight_decay] = values;
    return std::max(beta2 * u, std::abs(g) + epsilon);
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double /*t*/) {
    return {.gain = (1 - values[1]) / (1 + values[1]),
            .coupled_decay = values[4],
            .formula = "2 (1 + β₁) / ((1 − β₁) λmax(P⁻¹∇²f))",
            .preconditioner = "P = u"};
  }
};

}  // namespace

CatalogEntry adamax() {
  return elementwise_entry<Adamax>();
}

}  // namespace descent::optim
