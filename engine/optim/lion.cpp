// SPDX-License-Identifier: MIT
// Lion:  c = β₁ m + (1−β₁) g,  p ← p − η (sign c + λ p),  m ← β₂ m + (1−β₂) g  with g = ∇f and sign 0 = 0. Every
// coordinate moves by η in every step, whatever the gradient's size: the learning rate is the step. Reference: Chen et
// al., "Symbolic discovery of optimization algorithms", NeurIPS 2023 (arXiv:2302.06675), algorithm 2.
#include "engine/optim/elementwise.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters{
    learning_rate_spec(1e-4),
    decay_spec("beta1", 0.9,
               "Share of the running mean in the direction of the step, the rest is the newest gradient. Lower reacts "
               "faster."),
    decay_spec("beta2", 0.99, "Memory of the running mean of the gradients. Higher smooths more and overshoots more."),
    weight_decay_spec()};

struct Lion : ElementwiseRule {
  static constexpr OptimizerInfo kInfo{
      .name = "lion",
      .title = "Lion",
      .formula = "p ← p − η (sign(β₁m + (1−β₁)g) + λp),  m ← β₂m + (1−β₂)g",
      .reference = "Chen et al., NeurIPS 2023, algorithm 2",
      .summary =
          "Only the signs of an averaged gradient: every coordinate moves by the learning rate, on plateaus and cliffs "
          "alike. Never explodes, and never settles without a decaying rate.",
      .parameters = kParameters,
      .rate = Rate::sign,
  };
  static constexpr std::array<std::string_view, 1> kSlots{"m"};

  template <class T>
  struct Kernel {
    T rate, keep, beta1, one_minus_beta1, beta2, one_minus_beta2;
    void operator()(T& p, T g, T& m) const {
      const T mixed = beta1 * m + one_minus_beta1 * g;
      const T sign = mixed > 0 ? T(1) : (mixed < 0 ? T(-1) : mixed);  // NaN stays NaN, so that a lost run is noticed
      p = p * keep - rate * sign;
      m = beta2 * m + one_minus_beta2 * g;
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    const auto& [learning_rate, beta1, beta2, weight_decay] = values;
    return {static_cast<T>(context.learning_rate),
            static_cast<T>(1 - context.learning_rate * weight_decay),
            static_cast<T>(beta1),
            static_cast<T>(1 - beta1),
            static_cast<T>(beta2),
            static_cast<T>(1 - beta2)};
  }
};

}  // namespace

CatalogEntry lion() {
  return elementwise_entry<Lion>();
}

}  // namespace descent::optim
