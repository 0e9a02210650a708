// SPDX-License-Identifier: MIT
// Adam:  g = ∇f + λ p,  m ← β₁ m + (1−β₁) g,  v ← β₂ v + (1−β₂) g²,
// p ← p − η m̂ / (√v̂ + ε)  with  m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).  (torch.optim.Adam)
// Without bias correction m̂ = m and v̂ = v: the averages still remember that they began at 0, v for longer than m, so
// that the first step is (1−β₁)/√(1−β₂) times as long (section 3 of the paper says why the correction is there).
// Reference: Kingma & Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.
#include "engine/optim/elementwise.h"

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
  };
  static constexpr std::array<std::string_view, 2> kSlots{"m", "v"};

  template <class T>
  struct Kernel {
    T step, beta1, one_minus_beta1, beta2, one_minus_beta2, v_scale, epsilon, weight_decay;
    void operator()(T& p, T g, T& m, T& v) const {
      const T decayed = g + weight_decay * p;
      m = beta1 * m + one_minus_beta1 * decayed;
      v = beta2 * v + one_minus_beta2 * decayed * decayed;
      p -= step * m / (std::sqrt(v) * v_scale + epsilon);
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    const auto& [learning_rate, beta1, beta2, epsilon, weight_decay, bias_correction] = values;
    const double t = static_cast<double>(context.t);
    const bool corrected = bias_correction != 0;
    return {static_cast<T>(corrected ? context.learning_rate / (1 - std::pow(beta1, t)) : context.learning_rate),
            static_cast<T>(beta1),
            static_cast<T>(1 - beta1),
            static_cast<T>(beta2),
            static_cast<T>(1 - beta2),
            static_cast<T>(corrected ? 1 / std::sqrt(1 - std::pow(beta2, t)) : 1),
            static_cast<T>(epsilon),
            static_cast<T>(weight_decay)};
  }

  static double divisor(const std::array<double, kParameters.size()>& values, double t, double g, double /*m*/,
                        double v) {
    const auto& [learning_rate, beta1, beta2, epsilon, weight_decay, bias_correction] = values;
    const double average = beta2 * v + (1 - beta2) * g * g;
    return std::sqrt(bias_correction != 0 ? average / (1 - std::pow(beta2, t)) : average) + epsilon;
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double /*t*/) {
    return {.gain = (1 - values[1]) / (1 + values[1]),
            .coupled_decay = values[4],
            .formula = "2 (1 + β₁) / ((1 − β₁) λmax(P⁻¹∇²f))",
            .preconditioner = values[5] != 0 ? "P = √v̂ + ε" : "P = √v + ε"};
  }
};

}  // namespace

CatalogEntry adam() {
  return elementwise_entry<Adam>();
}

}  // namespace descent::optim
