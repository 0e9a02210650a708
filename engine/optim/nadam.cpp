// SPDX-License-Identifier: MIT
// NAdam: Adam with Nesterov's look-ahead and a warming momentum μₜ = β₁ (1 − ½·0.96^(tψ)), ψ = momentum_decay:
// g = ∇f + λ p,  m ← β₁ m + (1−β₁) g,  v ← β₂ v + (1−β₂) g²,  Mₜ = Π μ up to t (the scalar state `mu_product`),
// p ← p − η [(1−μₜ) g/(1−Mₜ) + μₜ₊₁ m/(1−Mₜμₜμₜ₊₁)] / (√v̂ + ε).
// This is torch.optim.NAdam up to PyTorch 1.13, to the bit: the look-ahead product has μₜ twice (from 2.0 on, once:
// pytorch/pytorch pull request 92699), and both products are single precision numbers for parameters of any type.
// Reference: Dozat, "Incorporating Nesterov momentum into Adam", ICLR workshop 2016.
#include "engine/optim/elementwise.h"

namespace descent::optim {
namespace {

constexpr core::ParamSpec kMomentumDecay{
    .name = "momentum_decay",
    .default_value = 0.004,
    .minimum = 0,
    .maximum = 10,
    .doc = "How fast the momentum warms up from half of beta1 to beta1. 0 keeps it at half.",
    .slider_minimum = 0,
    .slider_maximum = 0.1,
};

constexpr std::array kParameters{learning_rate_spec(0.002), beta1_spec(),   beta2_spec(),
                                 epsilon_spec(1e-8),        kMomentumDecay, weight_decay_spec()};

struct Nadam : ElementwiseRule {
  static constexpr OptimizerInfo kInfo{
      .name = "nadam",
      .title = "NAdam",
      .formula = "p ← p − η [(1−μₜ)g/(1−Πμ) + μₜ₊₁m/(1−Πμ·μₜμₜ₊₁)] / (√v̂ + ε)",
      .reference = "Dozat, ICLR workshop 2016",
      .summary =
          "Adam with Nesterov's look-ahead: the newest gradient counts at once instead of through the mean. Often a "
          "little faster, with the same feel.",
      .parameters = kParameters,
      .rate = Rate::length,
  };
  static constexpr std::array<std::string_view, 2> kSlots{"m", "v"};
  static constexpr std::array<std::string_view, 1> kScalars{"mu_product"};

  template <class T>
  struct Kernel {
    T gradient_step, mean_step, beta1, one_minus_beta1, beta2, one_minus_beta2, v_scale, epsilon, weight_decay;
    void operator()(T& p, T g, T& m, T& v) const {
      const T decayed = g + weight_decay * p;
      m = beta1 * m + one_minus_beta1 * decayed;
      v = beta2 * v + one_minus_beta2 * decayed * decayed;
      p -= (gradient_step * decayed + mean_step * m) / (std::sqrt(v) * v_scale + epsilon);
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> scalars) {
    const auto& [learning_rate, beta1, beta2, epsilon, momentum_decay, weight_decay] = values;
    const double t = static_cast<double>(context.t);
    const double mu = beta1 * (1 - 0.5 * std::pow(0.96, t * momentum_decay));
    const double mu_next = beta1 * (1 - 0.5 * std::pow(0.96, (t + 1) * momentum_decay));
    const float product = static_cast<float>(scalars[0]) * static_cast<float>(mu);
    const float product_next = product * static_cast<float>(mu) * static_cast<float>(mu_next);
    scalars[0] = product;
    return {static_cast<T>(context.learning_rate * (1 - mu) / (1 - static_cast<double>(product))),
            static_cast<T>(context.learning_rate * mu_next / (1 - static_cast<double>(product_next))),
            static_cast<T>(beta1),
            static_cast<T>(1 - beta1),
            static_cast<T>(beta2),
            static_cast<T>(1 - beta2),
            static_cast<T>(1 / std::sqrt(1 - std::pow(beta2, t))),
            static_cast<T>(epsilon),
            static_cast<T>(weight_decay)};
  }

  static double divisor(const std::array<double, kParameters.size()>& values, double t, double g, double /*m*/,
                        double v) {
    const auto& [learning_rate, beta1, beta2, epsilon, momentum_decay, weight_decay] = values;
    return std::sqrt((beta2 * v + (1 - beta2) * g * g) / (1 - std::pow(beta2, t))) + epsilon;
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double t) {
    const double mu = values[1] * (1 - 0.5 * std::pow(0.96, t * values[4]));
    const double mu_next = values[1] * (1 - 0.5 * std::pow(0.96, (t + 1) * values[4]));
    return {.gain = (1 - mu) + mu_next * (1 - values[1]) / (1 + values[1]),
            .coupled_decay = values[5],
            .formula = "2 / ((1 − μₜ + μₜ₊₁ (1−β₁)/(1+β₁)) λmax(P⁻¹∇²f))",
            .preconditioner = "P = √v̂ + ε"};
  }
};

}  // namespace

CatalogEntry nadam() {
  return elementwise_entry<Nadam>();
}

}  // namespace descent::optim
