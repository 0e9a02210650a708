// SPDX-License-Identifier: MIT
// Adagrad:  g = ∇f + λ p,  s ← s + g²,  p ← p − η g / (√(s₀ + s) + ε).  s₀ is the initial accumulator; the state holds
// s without it, so that it may be changed while running. (torch.optim.Adagrad with lr_decay 0: schedules live outside)
// Reference: Duchi, Hazan & Singer, "Adaptive subgradient methods for online learning and stochastic optimization",
// JMLR 12 (2011), 2121–2159.
#include "engine/optim/elementwise.h"

namespace descent::optim {
namespace {

constexpr core::ParamSpec kInitialAccumulator{
    .name = "initial_accumulator",
    .default_value = 0,
    .minimum = 0,
    .maximum = 1e6,
    .doc =
        "What the sum of squared gradients starts from. Above 0 it holds back the first steps, which are large "
        "otherwise.",
    .slider_minimum = 0,
    .slider_maximum = 10,
};

constexpr std::array kParameters{learning_rate_spec(0.01), kInitialAccumulator, epsilon_spec(1e-10),
                                 weight_decay_spec()};

struct Adagrad : ElementwiseRule {
  static constexpr OptimizerInfo kInfo{
      .name = "adagrad",
      .title = "Adagrad",
      .formula = "s ← s + g²,  p ← p − η g / (√s + ε)",
      .reference = "Duchi, Hazan & Singer, JMLR 12 (2011) 2121",
      .summary =
          "Each coordinate divides by the length of all its past gradients: rare directions keep large steps. The "
          "steps only ever shrink, so it slows down on long runs.",
      .parameters = kParameters,
      .rate = Rate::length,
  };
  static constexpr std::array<std::string_view, 1> kSlots{"sum_of_squares"};

  template <class T>
  struct Kernel {
    T rate, initial_accumulator, epsilon, weight_decay;
    void operator()(T& p, T g, T& s) const {
      const T decayed = g + weight_decay * p;
      s += decayed * decayed;
      p -= rate * decayed / (std::sqrt(initial_accumulator + s) + epsilon);
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    const auto& [learning_rate, initial_accumulator, epsilon, weight_decay] = values;
    return {static_cast<T>(context.learning_rate), static_cast<T>(initial_accumulator), static_cast<T>(epsilon),
            static_cast<T>(weight_decay)};
  }

  static double divisor(const std::array<double, kParameters.size()>& values, double /*t*/, double g, double s) {
    const auto& [learning_rate, initial_accumulator, epsilon, weight_decay] = values;
    return std::sqrt(initial_accumulator + s + g * g) + epsilon;
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double /*t*/) {
    return {.coupled_decay = values[3], .formula = "2 / λmax(P⁻¹∇²f)", .preconditioner = "P = √s + ε"};
  }
};

}  // namespace

CatalogEntry adagrad() {
  return elementwise_entry<Adagrad>();
}

}  // namespace descent::optim
