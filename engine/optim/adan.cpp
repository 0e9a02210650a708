// SPDX-License-Identifier: MIT
// Adan, Nesterov's momentum without a look-ahead point: with the change of the gradient d = g − g₋ (0 in the first
// step),  m ← β₁ m + (1−β₁) g,  v ← β₂ v + (1−β₂) d,  n ← β₃ n + (1−β₃) (g + β₂ d)²,
// p ← (p − η (m̂ + β₂ v̂) / (√n̂ + ε)) / (1 + ηλ),  each average divided by 1 − βᵗ. The paper writes 1 − β for β and
// starts the averages from the first gradient; its authors' program starts from 0 with the bias corrections used here.
// Reference: Xie et al., "Adan: adaptive Nesterov momentum algorithm for faster optimizing deep models",
// arXiv:2208.06677 (2022), algorithm 1.
#include "engine/optim/elementwise.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters{
    learning_rate_spec(0.001),
    beta1_spec(0.98),
    decay_spec("beta2", 0.92,
               "Memory of the running mean of the gradient's changes, and their weight in the step. Higher looks "
               "further ahead along the bend of the path."),
    decay_spec("beta3", 0.99, "Memory of the running size of the corrected gradients, which scales each coordinate."),
    epsilon_spec(1e-8),
    weight_decay_spec()};

struct Adan : ElementwiseRule {
  static constexpr OptimizerInfo kInfo{
      .name = "adan",
      .title = "Adan",
      .formula = "p ← (p − η (m̂ + β₂v̂) / (√n̂ + ε)) / (1 + ηλ),  v: mean of g − g₋",
      .reference = "Xie et al., arXiv:2208.06677 (2022), algorithm 1",
      .summary =
          "Adam that also averages how the gradient changes and steps against that change: it brakes before a bend "
          "instead of after it.",
      .parameters = kParameters,
      .rate = Rate::length,
  };
  static constexpr std::array<std::string_view, 4> kSlots{"m", "v", "n", "previous_gradient"};

  template <class T>
  struct Kernel {
    T m_step, v_step, beta1, one_minus_beta1, beta2, one_minus_beta2, beta3, one_minus_beta3, n_scale, epsilon, keep;
    bool first;
    void operator()(T& p, T g, T& m, T& v, T& n, T& previous) const {
      const T change = first ? T(0) : g - previous;
      previous = g;
      m = beta1 * m + one_minus_beta1 * g;
      v = beta2 * v + one_minus_beta2 * change;
      const T corrected = g + beta2 * change;
      n = beta3 * n + one_minus_beta3 * corrected * corrected;
      p = (p - (m_step * m + v_step * v) / (std::sqrt(n) * n_scale + epsilon)) * keep;
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    const auto& [learning_rate, beta1, beta2, beta3, epsilon, weight_decay] = values;
    const double t = static_cast<double>(context.t);
    return {static_cast<T>(context.learning_rate / (1 - std::pow(beta1, t))),
            static_cast<T>(context.learning_rate * beta2 / (1 - std::pow(beta2, t))),
            static_cast<T>(beta1),
            static_cast<T>(1 - beta1),
            static_cast<T>(beta2),
            static_cast<T>(1 - beta2),
            static_cast<T>(beta3),
            static_cast<T>(1 - beta3),
            static_cast<T>(1 / std::sqrt(1 - std::pow(beta3, t))),
            static_cast<T>(epsilon),
            static_cast<T>(1 / (1 + context.learning_rate * weight_decay)),
            context.t == 1};
  }

  static double divisor(const std::array<double, kParameters.size()>& values, double t, double g, double /*m*/,
                        double /*v*/, double n, double previous) {
    const auto& [learning_rate, beta1, beta2, beta3, epsilon, weight_decay] = values;
    const double corrected = t == 1 ? g : g + beta2 * (g - previous);
    return std::sqrt((beta3 * n + (1 - beta3) * corrected * corrected) / (1 - std::pow(beta3, t))) + epsilon;
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double /*t*/) {
    const auto& [learning_rate, beta1, beta2, beta3, epsilon, weight_decay] = values;
    return {.gain = (1 - beta1) / (1 + beta1) + 2 * beta2 * (1 - beta2) / (1 + beta2),
            .decoupled_decay = -weight_decay,  // the division by 1 + ηw, seen from a flip of sign
            .formula = "2 / (((1−β₁)/(1+β₁) + 2β₂(1−β₂)/(1+β₂)) λmax(P⁻¹∇²f))",
            .preconditioner = "P = √n̂ + ε"};
  }
};

}  // namespace

CatalogEntry adan() {
  return elementwise_entry<Adan>();
}

}  // namespace descent::optim
