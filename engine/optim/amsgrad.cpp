// SPDX-License-Identifier: MIT
// AMSGrad: Adam whose divisor never shrinks:  g = ∇f + λ p,  m ← β₁ m + (1−β₁) g,  v ← β₂ v + (1−β₂) g²,  w ← max(w,
// v), p ← p − η m̂ / (√ŵ + ε)  with  m̂ = m/(1−β₁ᵗ), ŵ = w/(1−β₂ᵗ).  (torch.optim.Adam with amsgrad=True) Reference:
// Reddi, Kale & Kumar, "On the convergence of Adam and beyond", ICLR 2018, algorithm 2.
#include "engine/optim/adam_family.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters = adam_parameters(0.001);

struct AmsGrad : ElementwiseRule {
  static constexpr OptimizerInfo kInfo{
      .name = "amsgrad",
      .title = "AMSGrad",
      .formula = "w ← max(w, v),  p ← p − η m̂ / (√ŵ + ε)",
      .reference = "Reddi, Kale & Kumar, ICLR 2018, algorithm 2",
      .summary =
          "Adam that remembers the largest gradients for ever, so that a step never grows again. Converges where Adam "
          "may cycle; slower when the slope eases.",
      .parameters = kParameters,
      .rate = Rate::length,
  };
  static constexpr std::array<std::string_view, 3> kSlots{"m", "v", "v_max"};

  template <class T>
  struct Kernel {
    AdamNumbers<T> n;
    void operator()(T& p, T g, T& m, T& v, T& v_max) const {
      const T decayed = n.decayed(p, g);
      n.average(m, decayed);
      n.average_square(v, decayed);
      v_max = v_max < v ? v : v_max;
      p -= n.step * m / n.divisor(v_max);
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    return {adam_numbers<T>(values, context)};
  }

  static double divisor(const std::array<double, kParameters.size()>& values, double t, double g, double /*m*/,
                        double v, double v_max) {
    const auto& [learning_rate, beta1, beta2, epsilon, weight_decay] = values;
    return std::sqrt(std::max(v_max, beta2 * v + (1 - beta2) * g * g) / (1 - std::pow(beta2, t))) + epsilon;
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double /*t*/) {
    return adam_filter(values, "P = √ŵ + ε");
  }
};

}  // namespace

CatalogEntry amsgrad() {
  return elementwise_entry<AmsGrad>();
}

}  // namespace descent::optim
