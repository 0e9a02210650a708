// SPDX-License-Identifier: MIT
// Yogi:  g = ∇f + λ p,  m ← β₁ m + (1−β₁) g,  v ← v − (1−β₂) sign(v − g²) g²,  p ← p − η m / (√v + ε), m and v from 0,
// without bias corrections. v moves towards g² by a share of g² instead of a share of the distance: when gradients
// become small it falls slowly, so the steps do not jump up as Adam's do. Reference: Zaheer et al., "Adaptive methods
// for nonconvex optimization", NeurIPS 2018, algorithm 2.
#include "engine/optim/adam_family.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters = adam_parameters(0.01, 1e-3);

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
      .rate = Rate::length,
  };
  static constexpr std::array<std::string_view, 2> kSlots{"m", "v"};

  template <class T>
  struct Kernel {
    AdamNumbers<T> n;
    void operator()(T& p, T g, T& m, T& v) const {
      const T decayed = n.decayed(p, g);
      n.average(m, decayed);
      const T square = decayed * decayed;
      const T towards = v > square ? T(-1) : (v < square ? T(1) : T(0));
      v += n.one_minus_beta2 * towards * square;
      p -= n.step * m / n.divisor(v);
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    return {adam_numbers<T>(values, context, false)};
  }

  static double divisor(const std::array<double, kParameters.size()>& values, double /*t*/, double g, double /*m*/,
                        double v) {
    const auto& [learning_rate, beta1, beta2, epsilon, weight_decay] = values;
    const double square = g * g;
    const double towards = v > square ? -1 : (v < square ? 1 : 0);
    return std::sqrt(v + (1 - beta2) * towards * square) + epsilon;
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double /*t*/) {
    return adam_filter(values, "P = √v + ε");
  }
};

}  // namespace

CatalogEntry yogi() {
  return elementwise_entry<Yogi>();
}

}  // namespace descent::optim
