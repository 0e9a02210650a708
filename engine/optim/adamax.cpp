// SPDX-License-Identifier: MIT
// Adamax: Adam with the infinity norm:  g = ∇f + λ p,  m ← β₁ m + (1−β₁) g,  u ← max(β₂ u, |g| + ε),
// p ← p − η m̂ / u  with  m̂ = m/(1−β₁ᵗ).  (torch.optim.Adamax)
// Reference: Kingma & Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 2.
#include "engine/optim/adam_family.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters = adam_parameters(0.002);

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
      .rate = Rate::length,
  };
  static constexpr std::array<std::string_view, 2> kSlots{"m", "u"};

  template <class T>
  struct Kernel {
    AdamNumbers<T> n;
    void operator()(T& p, T g, T& m, T& u) const {
      const T decayed = n.decayed(p, g);
      n.average(m, decayed);
      const T faded = n.beta2 * u;
      const T size = std::abs(decayed) + n.epsilon;
      u = faded < size ? size : faded;
      p -= n.step * m / u;
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    return {adam_numbers<T>(values, context)};
  }

  static double divisor(const std::array<double, kParameters.size()>& values, double /*t*/, double g, double /*m*/,
                        double u) {
    const auto& [learning_rate, beta1, beta2, epsilon, weight_decay] = values;
    return std::max(beta2 * u, std::abs(g) + epsilon);
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double /*t*/) {
    return adam_filter(values, "P = u");
  }
};

}  // namespace

CatalogEntry adamax() {
  return elementwise_entry<Adamax>();
}

}  // namespace descent::optim
