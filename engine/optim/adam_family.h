// SPDX-License-Identifier: MIT
// Adam and its relatives share this: five hyper-parameters in one order, what becomes of them in step t,
//     g ← ∇f + λp,  m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²,  η / (1−β₁ᵗ),  √v / √(1−β₂ᵗ) + ε,
// and what averaging the gradients does to the bound on the learning rate: where the gradient changes its sign in every
// step, the mean is (1−β₁)/(1+β₁) of it. Reference: Kingma & Ba, "Adam: a method for stochastic optimization", ICLR
// 2015.
#pragma once

#include <array>
#include <cmath>
#include <span>
#include <string_view>

#include "engine/optim/elementwise.h"

namespace descent::optim {

// learning_rate, beta1, beta2, epsilon, weight_decay
constexpr std::array<core::ParamSpec, 5> adam_parameters(double learning_rate, double epsilon = 1e-8,
                                                         double weight_decay = 0) {
  return {learning_rate_spec(learning_rate), beta1_spec(), beta2_spec(), epsilon_spec(epsilon),
          weight_decay_spec(weight_decay)};
}

// The numbers of a kernel.
template <class T>
struct AdamNumbers {
  T step;  // η / (1−β₁ᵗ)
  T beta1, one_minus_beta1, beta2, one_minus_beta2;
  T scale;  // 1 / √(1−β₂ᵗ)
  T epsilon, weight_decay;

  [[nodiscard]] T decayed(T p, T g) const { return g + weight_decay * p; }
  void average(T& m, T g) const { m = beta1 * m + one_minus_beta1 * g; }
  void average_square(T& v, T g) const { v = beta2 * v + one_minus_beta2 * g * g; }
  [[nodiscard]] T divisor(T v) const { return std::sqrt(v) * scale + epsilon; }
};

// values: those of adam_parameters() first. Not corrected: η and 1 in the place of step and scale.
template <class T>
AdamNumbers<T> adam_numbers(std::span<const double> values, const StepContext& context, bool corrected = true) {
  const double t = static_cast<double>(context.t), beta1 = values[1], beta2 = values[2];
  return {static_cast<T>(corrected ? context.learning_rate / (1 - std::pow(beta1, t)) : context.learning_rate),
          static_cast<T>(beta1),
          static_cast<T>(1 - beta1),
          static_cast<T>(beta2),
          static_cast<T>(1 - beta2),
          static_cast<T>(corrected ? 1 / std::sqrt(1 - std::pow(beta2, t)) : 1),
          static_cast<T>(values[3]),
          static_cast<T>(values[4])};
}

inline FrozenStep adam_filter(std::span<const double> values, std::string_view preconditioner) {
  return {.gain = (1 - values[1]) / (1 + values[1]),
          .coupled_decay = values[4],
          .formula = "2 (1 + β₁) / ((1 − β₁) λmax(P⁻¹∇²f))",
          .preconditioner = preconditioner};
}

}  // namespace descent::optim
