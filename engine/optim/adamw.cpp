// SPDX-License-Identifier: MIT
// AdamW: Adam with the weight decay taken out of the gradient:  p ← (1 − ηλ) p,  m ← β₁ m + (1−β₁) g,  v ← β₂ v +
// (1−β₂) g², p ← p − η m̂ / (√v̂ + ε)  with  m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ), g = ∇f.  (torch.optim.AdamW) Reference:
// Loshchilov & Hutter, "Decoupled weight decay regularization", ICLR 2019, algorithm 2.
#include "engine/optim/elementwise.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters{learning_rate_spec(0.001), beta1_spec(), beta2_spec(), epsilon_spec(1e-8),
                                 weight_decay_spec(0.01)};

struct AdamW : ElementwiseRule {
  static constexpr OptimizerInfo kInfo{
      .name = "adamw",
      .title = "AdamW",
      .formula = "p ← (1 − ηλ) p − η m̂ / (√v̂ + ε)",
      .reference = "Loshchilov & Hutter, ICLR 2019, algorithm 2",
      .summary =
          "Adam whose weight decay shrinks all weights alike instead of being divided by the size of the gradients. "
          "The usual choice for large networks.",
      .parameters = kParameters,
  };
  static constexpr std::array<std::string_view, 2> kSlots{"m", "v"};

  template <class T>
  struct Kernel {
    T step, keep, beta1, one_minus_beta1, beta2, one_minus_beta2, v_scale, epsilon;
    void operator()(T& p, T g, T& m, T& v) const {
      m = beta1 * m + one_minus_beta1 * g;
      v = beta2 * v + one_minus_beta2 * g * g;
      p = p * keep - step * m / (std::sqrt(v) * v_scale + epsilon);
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    const auto& [learning_rate, beta1, beta2, epsilon, weight_decay] = values;
    const double t = static_cast<double>(context.t);
    return {static_cast<T>(context.learning_rate / (1 - std::pow(beta1, t))),
            static_cast<T>(1 - context.learning_rate * weight_decay),
            static_cast<T>(beta1),
            static_cast<T>(1 - beta1),
            static_cast<T>(beta2),
            static_cast<T>(1 - beta2),
            static_cast<T>(1 / std::sqrt(1 - std::pow(beta2, t))),
            static_cast<T>(epsilon)};
  }

  static double divisor(const std::array<double, kParameters.size()>& values, double t, double g, double /*m*/,
                        double v) {
    const auto& [learning_rate, beta1, beta2, epsilon, weight_decay] = values;
    return std::sqrt((beta2 * v + (1 - beta2) * g * g) / (1 - std::pow(beta2, t))) + epsilon;
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double /*t*/) {
    return {.gain = (1 - values[1]) / (1 + values[1]),
            .decoupled_decay = values[4],
            .formula = "2 (1 + β₁) / ((1 − β₁) λmax(P⁻¹∇²f))",
            .preconditioner = "P = √v̂ + ε"};
  }
};

}  // namespace

CatalogEntry adamw() {
  return elementwise_entry<AdamW>();
}

}  // namespace descent::optim
