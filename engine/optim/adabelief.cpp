// SPDX-License-Identifier: MIT
// AdaBelief:  g = ∇f + λ p,  m ← β₁ m + (1−β₁) g,  s ← β₂ s + (1−β₂) (g − m)² + ε,
// p ← p − η m̂ / (√ŝ + ε)  with  m̂ = m/(1−β₁ᵗ), ŝ = s/(1−β₂ᵗ). The divisor measures how far the gradient is from its
// prediction m, not how large it is. Reference: Zhuang et al., "AdaBelief optimizer: adapting stepsizes by the belief
// in observed gradients", NeurIPS 2020, algorithm 2.
#include "engine/optim/elementwise.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters{learning_rate_spec(0.001), beta1_spec(), beta2_spec(), epsilon_spec(1e-8),
                                 weight_decay_spec()};

struct AdaBelief : ElementwiseRule {
  static constexpr OptimizerInfo kInfo{
      .name = "adabelief",
      .title = "AdaBelief",
      .formula = "s ← β₂s + (1−β₂)(g − m)² + ε,  p ← p − η m̂ / (√ŝ + ε)",
      .reference = "Zhuang et al., NeurIPS 2020, algorithm 2",
      .summary =
          "Adam that divides by the surprise in the gradient instead of its size: long steps where the gradient is as "
          "predicted, also when it is large, short ones where it changes.",
      .parameters = kParameters,
  };
  static constexpr std::array<std::string_view, 2> kSlots{"m", "s"};

  template <class T>
  struct Kernel {
    T step, beta1, one_minus_beta1, beta2, one_minus_beta2, s_scale, epsilon, weight_decay;
    void operator()(T& p, T g, T& m, T& s) const {
      const T decayed = g + weight_decay * p;
      m = beta1 * m + one_minus_beta1 * decayed;
      const T surprise = decayed - m;
      s = beta2 * s + one_minus_beta2 * surprise * surprise + epsilon;
      p -= step * m / (std::sqrt(s) * s_scale + epsilon);
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
            static_cast<T>(1 - beta2),
            static_cast<T>(1 / std::sqrt(1 - std::pow(beta2, t))),
            static_cast<T>(epsilon),
            static_cast<T>(weight_decay)};
  }

  static double divisor(const std::array<double, kParameters.size()>& values, double t, double g, double m, double s) {
    const auto& [learning_rate, beta1, beta2, epsilon, weight_decay] = values;
    const double surprise = beta1 * (g - m);  // g − m after its update
    return std::sqrt((beta2 * s + (1 - beta2) * surprise * surprise + epsilon) / (1 - std::pow(beta2, t))) + epsilon;
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double /*t*/) {
    return {.gain = (1 - values[1]) / (1 + values[1]),
            .coupled_decay = values[4],
            .formula = "2 (1 + β₁) / ((1 − β₁) λmax(P⁻¹∇²f))",
            .preconditioner = "P = √ŝ + ε"};
  }
};

}  // namespace

CatalogEntry adabelief() {
  return elementwise_entry<AdaBelief>();
}

}  // namespace descent::optim
