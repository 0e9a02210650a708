// SPDX-License-Identifier: MIT
// AMSGrad: Adam whose divisor never shrinks:  g = ∇f + λ p,  m ← β₁ m + (1−β₁) g,  v ← β₂ v + (1−β₂) g²,  w ← max(w,
// v), p ← p − η m̂ / (√ŵ + ε)  with  m̂ = m/(1−β₁ᵗ), ŵ = w/(1−β₂ᵗ).  (torch.optim.Adam with amsgrad=True) Reference:
// Reddi, Kale & Kumar, "On the convergence of Adam and beyond", ICLR 2018, algorithm 2.
#include "engine/optim/elementwise.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters{learning_rate_spec(0.001), beta1_spec(), beta2_spec(), epsilon_spec(1e-8),
                                 weight_decay_spec()};

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
  };
  static constexpr std::array<std::string_view, 3> kSlots{"m", "v", "v_max"};

  template <class T>
  struct Kernel {
    T step, beta1, one_minus_beta1, beta2, one_minus_beta2, v_scale, epsilon, weight_decay;
    void operator()(T& p, T g, T& m, T& v, T& v_max) const {
      const T decayed = g + weight_decay * p;
      m = beta1 * m + one_minus_beta1 * decayed;
      v = beta2 * v + one_minus_beta2 * decayed * decayed;
      v_max = v_max < v ? v : v_max;
      p -= step * m / (std::sqrt(v_max) * v_scale + epsilon);
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

  static double divisor(const std::array<double, kParameters.size()>& values, double t, double g, double /*m*/,
                        double v, double v_max) {
    const auto& [learning_rate, beta1, beta2, epsilon, weight_decay] = values;
    return std::sqrt(std::max(v_max, beta2 * v + (1 - beta2) * g * g) / (1 - std::pow(beta2, t))) + epsilon;
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double /*t*/) {
    return {.gain = (1 - values[1]) / (1 + values[1]),
            .coupled_decay = values[4],
            .formula = "2 (1 + β₁) / ((1 − β₁) λmax(P⁻¹∇²f))",
            .preconditioner = "P = √ŵ + ε"};
  }
};

}  // namespace

CatalogEntry amsgrad() {
  return elementwise_entry<AmsGrad>();
}

}  // namespace descent::optim
