// SPDX-License-Identifier: MIT
// Yogi:  g = ∇f + λ p,  m ← β₁ m + (1−β₁) g,  v ← v − (1−β₂) sign(v − g²) g²,  p ← p − η m / (√v + ε), m and v from 0,
// without bias corrections. v moves towards g² by a share of g² instead of a share of the distance: when gradients
// become small it falls slowly, so the steps do not jump up as Adam's do. Reference: Zaheer et al., "Adaptive methods
// for nonconvex optimization", NeurIPS 2018, algorithm 2.
#include "engine/optim/elementwise.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters{learning_rate_spec(0.01), beta1_spec(), beta2_spec(), epsilon_spec(1e-3),
                                 weight_decay_spec()};

struct Yogi : ElementwiseRule {
  static constexpr OptimizerInfo kInfo{
      .name = "yogi",
      .title = "Yogi",
      .formula = "v ← v − (1−β₂) sign(v − g²) g²,  p ← p − η m / (√v + ε)",
      .reference = "Zaheer et al., NeurIPS 2018, algorithm 2",
      .summary =
          "Adam whose divisor shrinks only as fast as the gradients are small: after a steep stretch it stays careful "
          "for long, where Adam soon takes long steps again.",
      .parameters = kParameters,
  };
  static constexpr std::array<std::string_view, 2> kSlots{"m", "v"};

  template <class T>
  struct Kernel {
    T rate, beta1, one_minus_beta1, one_minus_beta2, epsilon, weight_decay;
    void operator()(T& p, T g, T& m, T& v) const {
      const T decayed = g + weight_decay * p;
      m = beta1 * m + one_minus_beta1 * decayed;
      const T square = decayed * decayed;
      const T towards = v > square ? T(-1) : (v < square ? T(1) : T(0));
      v += one_minus_beta2 * towards * square;
      p -= rate * m / (std::sqrt(v) + epsilon);
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    const auto& [learning_rate, beta1, beta2, epsilon, weight_decay] = values;
    return {static_cast<T>(context.learning_rate),
            static_cast<T>(beta1),
            static_cast<T>(1 - beta1),
            static_cast<T>(1 - beta2),
            static_cast<T>(epsilon),
            static_cast<T>(weight_decay)};
  }

  static double divisor(const std::array<double, kParameters.size()>& values, double /*t*/, double g, double /*m*/,
                        double v) {
    const auto& [learning_rate, beta1, beta2, epsilon, weight_decay] = values;
    const double square = g * g;
    const double towards = v > square ? -1 : (v < square ? 1 : 0);
    return std::sqrt(v + (1 - beta2) * towards * square) + epsilon;
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double /*t*/) {
    return {.gain = (1 - values[1]) / (1 + values[1]),
            .coupled_decay = values[4],
            .formula = "2 (1 + β₁) / ((1 − β₁) λmax(P⁻¹∇²f))",
            .preconditioner = "P = √v + ε"};
  }
};

}  // namespace

CatalogEntry yogi() {
  return elementwise_entry<Yogi>();
}

}  // namespace descent::optim
