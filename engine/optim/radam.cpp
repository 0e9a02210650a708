// SPDX-License-Identifier: MIT
// RAdam: Adam that waits until the variance of its divisor is known:  g = ∇f + λ p,  m ← β₁ m + (1−β₁) g,
// v ← β₂ v + (1−β₂) g²,  ρ∞ = 2/(1−β₂) − 1,  ρₜ = ρ∞ − 2tβ₂ᵗ/(1−β₂ᵗ).  Where ρₜ > 5:  p ← p − η rₜ m̂ √(1−β₂ᵗ)/(√v + ε)
// with rₜ² = (ρₜ−4)(ρₜ−2)ρ∞ / ((ρ∞−4)(ρ∞−2)ρₜ);  before that  p ← p − η m̂.  (torch.optim.RAdam as of PyTorch 1.13)
// Reference: Liu et al., "On the variance of the adaptive learning rate and beyond", ICLR 2020, algorithm 2.
#include "engine/optim/adam_family.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters = adam_parameters(0.001);

// rₜ √(1−β₂ᵗ), or 0 while the variance is not known well enough.
double rectification_at(double beta2, double t) {
  const double bias2 = 1 - std::pow(beta2, t);
  const double rho_limit = 2 / (1 - beta2) - 1;
  const double rho = rho_limit - 2 * t * std::pow(beta2, t) / bias2;
  if (!(rho > 5)) return 0;
  return std::sqrt((rho - 4) * (rho - 2) * rho_limit / ((rho_limit - 4) * (rho_limit - 2) * rho) * bias2);
}

struct Radam : ElementwiseRule {
  static constexpr OptimizerInfo kInfo{
      .name = "radam",
      .title = "RAdam",
      .formula = "p ← p − η rₜ m̂ √(1−β₂ᵗ) / (√v + ε);  first steps:  p ← p − η m̂",
      .reference = "Liu et al., ICLR 2020, algorithm 2",
      .summary =
          "Adam with a built-in warm-up: the first steps are plain momentum, and the scaling by gradient size fades in "
          "as its estimate becomes reliable.",
      .parameters = kParameters,
  };
  static constexpr std::array<std::string_view, 2> kSlots{"m", "v"};

  template <class T>
  struct Kernel {
    AdamNumbers<T> n;
    T step;
    bool rectified;
    void operator()(T& p, T g, T& m, T& v) const {
      const T decayed = n.decayed(p, g);
      n.average(m, decayed);
      n.average_square(v, decayed);
      p -= step * m / (rectified ? std::sqrt(v) + n.epsilon : T(1));
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    const double t = static_cast<double>(context.t);
    const double rectification = rectification_at(values[2], t);
    const bool rectified = rectification > 0;
    const double rate = context.learning_rate * (rectified ? rectification : 1);
    return {adam_numbers<T>(values, context), static_cast<T>(rate / (1 - std::pow(values[1], t))), rectified};
  }

  static double divisor(const std::array<double, kParameters.size()>& values, double t, double g, double /*m*/,
                        double v) {
    const auto& [learning_rate, beta1, beta2, epsilon, weight_decay] = values;
    const double rectification = rectification_at(beta2, t);
    return rectification > 0 ? (std::sqrt(beta2 * v + (1 - beta2) * g * g) + epsilon) / rectification : 1;
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double /*t*/) {
    return adam_filter(values, "P = (√v + ε) / (rₜ √(1−β₂ᵗ)), 1 in the first steps");
  }
};

}  // namespace

CatalogEntry radam() {
  return elementwise_entry<Radam>();
}

}  // namespace descent::optim
