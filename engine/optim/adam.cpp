// SPDX-License-Identifier: MIT
// Adam:  g = ∇f + λ p,  m ← β₁ m + (1−β₁) g,  v ← β₂ v + (1−β₂) g²,
// p ← p − η m̂ / (√v̂ + ε)  with  m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).  (torch.optim.Adam)
// Without bias correction m̂ = m and v̂ = v: the averages still remember that they began at 0, v for longer than m, so
// that the first step is (1−β₁)/√(1−β₂) times as long (section 3 of the paper says why the correction is there).
// Reference: Kingma & Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.
#include "engine/optim/adam_family.h"

namespace descent::optim {
namespace {

constexpr core::ParamSpec kBiasCorrection{
    .name = "bias_correction",
    .default_value = 1,
    .minimum = 0,
    .maximum = 1,
    .doc =
        "Whether both averages are corrected for having started at 0. Without it the first steps are several times "
        "too long; on as in the paper.",
    .kind = core::ParamKind::integer,
};

constexpr std::array kParameters{learning_rate_spec(0.001), beta1_spec(),        beta2_spec(),
                                 epsilon_spec(1e-8),        weight_decay_spec(), kBiasCorrection};

struct Adam : ElementwiseRule {
  static constexpr OptimizerInfo kInfo{
      .name = "adam",
      .title = "Adam",
      .formula = "m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²,  p ← p − η m̂ / (√v̂ + ε)",
      .reference = "Kingma & Ba, ICLR 2015, algorithm 1",
      .summary =
          "Momentum, with each coordinate's step divided by the recent size of its gradients. Works untuned on most "
          "networks; near a minimum it circles rather than settles.",
      .parameters = kParameters,
      .rate = Rate::length,
  };
  static constexpr std::array<std::string_view, 2> kSlots{"m", "v"};

  template <class T>
  struct Kernel {
    AdamNumbers<T> n;
    void operator()(T& p, T g, T& m, T& v) const {
      const T decayed = n.decayed(p, g);
      n.average(m, decayed);
      n.average_square(v, decayed);
      p -= n.step * m / n.divisor(v);
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    return {adam_numbers<T>(values, context, values[5] != 0)};
  }

  static double divisor(const std::array<double, kParameters.size()>& values, double t, double g, double /*m*/,
                        double v) {
    const auto& [learning_rate, beta1, beta2, epsilon, weight_decay, bias_correction] = values;
    const double average = beta2 * v + (1 - beta2) * g * g;
    return std::sqrt(bias_correction != 0 ? average / (1 - std::pow(beta2, t)) : average) + epsilon;
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double /*t*/) {
    return adam_filter(values, values[5] != 0 ? "P = √v̂ + ε" : "P = √v + ε");
  }
};

}  // namespace

CatalogEntry adam() {
  return elementwise_entry<Adam>();
}

}  // namespace descent::optim
