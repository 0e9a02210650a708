// SPDX-License-Identifier: MIT
// Nesterov's momentum in PyTorch's form:  g = ∇f + λ p,  v ← μ v + g,  p ← p − η (g + μ v).
// On a quadratic of curvature h one step maps (p, ηv) linearly with determinant μ(1 − ηh) and trace 1 + μ − ηh(1 + μ);
// by Jury's conditions it is stable iff 0 < ηh < (2 + 2μ)/(1 + 2μ). The bound follows with h = λmax + λ, λ being the
// weight decay. Reference: Nesterov, "A method of solving a convex programming problem with convergence rate O(1/k²)",
// Soviet Math. Dokl. 27 (1983), 372–376; this form: Sutskever et al., ICML 2013; stability: Jury, "Theory and
// Application of the z-Transform Method", Wiley 1964.
#include "engine/optim/elementwise.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters{learning_rate_spec(0.001), momentum_spec(0.9), weight_decay_spec()};

struct Nesterov : ElementwiseRule {
  static constexpr OptimizerInfo kInfo{
      .name = "nesterov",
      .title = "Nesterov momentum",
      .formula = "v ← μ v + ∇f,  p ← p − η (∇f + μ v)",
      .reference = "Nesterov, Soviet Math. Dokl. 27 (1983) 372; Sutskever et al., ICML 2013",
      .summary =
          "Momentum that looks ahead: the gradient corrects the velocity before it is used. Swings less than the heavy "
          "ball, at a tighter bound on the step size.",
      .parameters = kParameters,
  };
  static constexpr std::array<std::string_view, 1> kSlots{"velocity"};

  template <class T>
  struct Kernel {
    T rate, momentum, weight_decay;
    void operator()(T& p, T g, T& v) const {
      const T decayed = g + weight_decay * p;
      v = momentum * v + decayed;
      p -= rate * (decayed + momentum * v);
    }
  };

  template <class T>
  static Kernel<T> plan(const std::array<double, kParameters.size()>& values, const StepContext& context,
                        std::span<T> /*scalars*/) {
    const auto& [learning_rate, momentum, weight_decay] = values;
    return {static_cast<T>(context.learning_rate), static_cast<T>(momentum), static_cast<T>(weight_decay)};
  }

  static StabilityBound stability(std::span<const double> values, double lambda_max) {
    const double mu = values[1];
    return {true, (2 + 2 * mu) / ((1 + 2 * mu) * (lambda_max + values[2])),
            values[2] == 0 ? "(2 + 2β) / ((1 + 2β) λmax)" : "(2 + 2β) / ((1 + 2β) (λmax + weight decay))",
            "Characteristic polynomial z² − (1 + β − ηλ(1+β)) z + β (1 − ηλ), first unstable at z = −1"};
  }

  static QuadraticOptimum optimum(std::span<const double> values, double lambda_min, double lambda_max) {
    const double low = lambda_min + values[2];
    const double high = lambda_max + values[2];
    const double root = std::sqrt(3 * high / low + 1);
    return {true,
            4 / (3 * high + low),
            (root - 2) / (root + 2),
            1 - 2 / root,
            "4 / (3λmax + λmin),  β = (√(3κ+1) − 2) / (√(3κ+1) + 2)",
            "Lessard, Recht & Packard, SIAM J. Optim. 26 (2016) 57, section 4.5"};
  }
};

}  // namespace

CatalogEntry nesterov() {
  return elementwise_entry<Nesterov>();
}

}  // namespace descent::optim
