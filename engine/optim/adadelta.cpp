// SPDX-License-Identifier: MIT
// Adadelta:  g = ∇f + λ p,  v ← ρ v + (1−ρ) g²,  d = g √(u + ε) / √(v + ε),  u ← ρ u + (1−ρ) d²,  p ← p − η d
// Its defaults are those of torch.optim.Adadelta.
// Reference: Zeiler, "ADADELTA: an adaptive learning rate method", arXiv:1212.5701 (2012), algorithm 1.
#include "engine/optim/elementwise.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters{
    learning_rate_spec(1),
    decay_spec("rho", 0.9,
               "Memory of both running squares, of gradients and of steps. Higher averages over more steps."),
    epsilon_spec(1e-6), weight_decay_spec()};

struct Adadelta : ElementwiseRule {
  static constexpr OptimizerInfo kInfo{
      .name = "adadelta",
      .title = "Adadelta",
      .formula = "d = g √(u + ε) / √(v + ε),  p ← p − η d",
      .reference = "Zeiler, arXiv:1212.5701 (2012), algorithm 1",
      .summary =
          "Scales by the ratio of past steps to past gradients, so the step has the parameters' own units and the "
          "learning rate may stay at 1. Starts very slowly.",
      .parameters = kParameters,
  };
  static constexpr std::array<std::string_view, 2> kSlots{"v", "u"};

  template <class T>
  struct Kernel {
    T rate, rho, one_minus_rho, epsilon, weight_decay;
    void operator()(T& p, T g, T& v, T& u) const {
      const T decayed = g + weight_decay * p;
      v = rho * v + one_minus_rho * decayed * decayed;
      const T delta = std::sqrt(u + epsilon) / std::sqrt(v + epsilon) * decayed;
      u = rho * u + one_minus_rho * delta * delta;
      p -= rate * delta;
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    const auto& [learning_rate, rho, epsilon, weight_decay] = values;
    return {static_cast<T>(context.learning_rate), static_cast<T>(rho), static_cast<T>(1 - rho),
            static_cast<T>(epsilon), static_cast<T>(weight_decay)};
  }

  static double divisor(const std::array<double, kParameters.size()>& values, double /*t*/, double g, double v,
                        double u) {
    const auto& [learning_rate, rho, epsilon, weight_decay] = values;
    return std::sqrt(rho * v + (1 - rho) * g * g + epsilon) / std::sqrt(u + epsilon);
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double /*t*/) {
    return {.coupled_decay = values[3], .formula = "2 / λmax(P⁻¹∇²f)", .preconditioner = "P = √(v + ε) / √(u + ε)"};
  }
};

}  // namespace

CatalogEntry adadelta() {
  return elementwise_entry<Adadelta>();
}

}  // namespace descent::optim
