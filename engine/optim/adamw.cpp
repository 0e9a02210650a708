// SPDX-License-Identifier: MIT
// AdamW: Adam with the weight decay taken out of the gradient:  p ← (1 − ηλ) p,  m ← β₁ m + (1−β₁) g,  v ← β₂ v +
// (1−β₂) g², p ← p − η m̂ / (√v̂ + ε)  with  m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ), g = ∇f.  (torch.optim.AdamW) Reference:
// Loshchilov & Hutter, "Decoupled weight decay regularization", ICLR 2019, algorithm 2.
#include "engine/optim/adam_family.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters = adam_parameters(0.001, 1e-8, 0.01);

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
      .rate = Rate::length,
  };
  static constexpr std::array<std::string_view, 2> kSlots{"m", "v"};

  template <class T>
  struct Kernel {
    AdamNumbers<T> n;
    T keep;
    void operator()(T& p, T g, T& m, T& v) const {
      n.average(m, g);
      n.average_square(v, g);
      p = p * keep - n.step * m / n.divisor(v);
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    return {adam_numbers<T>(values, context), static_cast<T>(1 - context.learning_rate * values[4])};
  }

  static double divisor(const std::array<double, kParameters.size()>& values, double t, double g, double /*m*/,
                        double v) {
    const auto& [learning_rate, beta1, beta2, epsilon, weight_decay] = values;
    return std::sqrt((beta2 * v + (1 - beta2) * g * g) / (1 - std::pow(beta2, t))) + epsilon;
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double /*t*/) {
    FrozenStep step = adam_filter(values, "P = √v̂ + ε");
    std::swap(step.coupled_decay, step.decoupled_decay);
    return step;
  }
};

}  // namespace

CatalogEntry adamw() {
  return elementwise_entry<AdamW>();
}

}  // namespace descent::optim
