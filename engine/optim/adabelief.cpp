// SPDX-License-Identifier: MIT
// AdaBelief:  g = ∇f + λ p,  m ← β₁ m + (1−β₁) g,  s ← β₂ s + (1−β₂) (g − m)² + ε,
// p ← p − η m̂ / (√ŝ + ε)  with  m̂ = m/(1−β₁ᵗ), ŝ = s/(1−β₂ᵗ). The divisor measures how far the gradient is from its
// prediction m, not how large it is. Reference: Zhuang et al., "AdaBelief optimizer: adapting stepsizes by the belief
// in observed gradients", NeurIPS 2020, algorithm 2.
#include "engine/optim/adam_family.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters = adam_parameters(0.001);

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
      .rate = Rate::length,
  };
  static constexpr std::array<std::string_view, 2> kSlots{"m", "s"};

  template <class T>
  struct Kernel {
    AdamNumbers<T> n;
    void operator()(T& p, T g, T& m, T& s) const {
      const T decayed = n.decayed(p, g);
      n.average(m, decayed);
      n.average_square(s, decayed - m);
      s += n.epsilon;
      p -= n.step * m / n.divisor(s);
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    return {adam_numbers<T>(values, context)};
  }

  static double divisor(const std::array<double, kParameters.size()>& values, double t, double g, double m, double s) {
    const auto& [learning_rate, beta1, beta2, epsilon, weight_decay] = values;
    const double surprise = beta1 * (g - m);  // g − m after its update
    return std::sqrt((beta2 * s + (1 - beta2) * surprise * surprise + epsilon) / (1 - std::pow(beta2, t))) + epsilon;
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double /*t*/) {
    return adam_filter(values, "P = √ŝ + ε");
  }
};

}  // namespace

CatalogEntry adabelief() {
  return elementwise_entry<AdaBelief>();
}

}  // namespace descent::optim
