// SPDX-License-Identifier: MIT
// RMSprop:  g = ∇f + λ p,  v ← α v + (1−α) g²,  b ← μ b + g / (√v + ε),  p ← p − η b.  (torch.optim.RMSprop, not
// centered; α is the hyper-parameter `decay`) Reference: Tieleman & Hinton, "Lecture 6.5 — RMSProp", Neural Networks
// for Machine Learning, Coursera 2012.
#include "engine/optim/elementwise.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters{
    learning_rate_spec(0.01),
    decay_spec("decay", 0.99,
               "Memory of the running mean of squared gradients (PyTorch calls it alpha). Lower reacts faster."),
    momentum_spec(0), epsilon_spec(1e-8), weight_decay_spec()};

struct RmsProp : ElementwiseRule {
  static constexpr OptimizerInfo kInfo{
      .name = "rmsprop",
      .title = "RMSprop",
      .formula = "v ← α v + (1−α) g²,  p ← p − η g / (√v + ε)",
      .reference = "Tieleman & Hinton, Neural Networks for Machine Learning, lecture 6.5, 2012",
      .summary =
          "Divides each coordinate's step by the recent size of its gradients: steep and flat directions move at the "
          "same pace. Without a decaying learning rate it ends in a jitter of the step's size.",
      .parameters = kParameters,
      .rate = Rate::length,
  };
  static constexpr std::array<std::string_view, 2> kSlots{"v", "velocity"};

  template <class T>
  struct Kernel {
    T rate, decay, one_minus_decay, momentum, epsilon, weight_decay;
    void operator()(T& p, T g, T& v, T& b) const {
      const T decayed = g + weight_decay * p;
      v = decay * v + one_minus_decay * decayed * decayed;
      b = momentum * b + decayed / (std::sqrt(v) + epsilon);
      p -= rate * b;
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    const auto& [learning_rate, decay, momentum, epsilon, weight_decay] = values;
    return {static_cast<T>(context.learning_rate),
            static_cast<T>(decay),
            static_cast<T>(1 - decay),
            static_cast<T>(momentum),
            static_cast<T>(epsilon),
            static_cast<T>(weight_decay)};
  }

  static double divisor(const std::array<double, kParameters.size()>& values, double /*t*/, double g, double v,
                        double /*velocity*/) {
    const auto& [learning_rate, decay, momentum, epsilon, weight_decay] = values;
    return std::sqrt(decay * v + (1 - decay) * g * g) + epsilon;
  }

  static FrozenStep filter(const std::array<double, kParameters.size()>& values, double /*t*/) {
    return {.gain = 1 / (1 + values[2]),
            .coupled_decay = values[4],
            .formula = values[2] == 0 ? "2 / λmax(P⁻¹∇²f)" : "2 (1 + β) / λmax(P⁻¹∇²f)",
            .preconditioner = "P = √v + ε"};
  }
};

}  // namespace

CatalogEntry rmsprop() {
  return elementwise_entry<RmsProp>();
}

}  // namespace descent::optim
