// SPDX-License-Identifier: MIT
// Nonlinear conjugate gradients, Polak–Ribière+:  d ← −g + β d,  β = max(0, gᵀ(g − g₋)/(g₋ᵀg₋)),  p ← p + α d  with α
// from a strong Wolfe line search (c₂ = 0.1). β = 0 is the method's own restart; it also restarts along −g where d does
// not go downhill. The first trial of a search expects the same first-order change as the last step made. References:
// Polak & Ribière, Rev. Française Informat. Recherche Opérationnelle 3 (1969), 35–43; Nocedal & Wright, "Numerical
// Optimization", 2nd ed., Springer 2006, algorithm 5.4 with (5.44), (5.45) and (3.60).
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/check.h"
#include "engine/optim/line_search_optimizer.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters{first_trial_spec()};

constexpr OptimizerInfo kInfo{
    .name = "conjugate_gradient",
    .title = "Conjugate gradients",
    .formula = "d ← −g + max(0, gᵀ(g − g₋)/(g₋ᵀg₋)) d,  p ← p + α d,  α by line search",
    .reference = "Nocedal & Wright, Numerical Optimization, 2006, algorithm 5.4 with (5.45); Polak & Ribière 1969",
    .summary =
        "Bends each search direction so that it does not undo the last one. Solves a two-dimensional bowl of any "
        "shape in two steps, without second derivatives.",
    .parameters = kParameters,
    .needs = Needs::objective,
};

class ConjugateGradient final : public LineSearchOptimizer {
 public:
  [[nodiscard]] const OptimizerInfo& info() const override { return kInfo; }
  void configure(std::span<const double> values) override { DESCENT_ASSERT(values.size() == kParameters.size()); }
  [[nodiscard]] std::vector<StateSpan<double>> state() override {
    return {{"direction", direction(), true},
            {"previous_gradient", previous_gradient_, true},
            {"previous_change", {&previous_change_, 1}, false}};
  }

 private:
  void resize(std::size_t n) override { previous_gradient_.assign(n, 0); }

  void forget() override {
    std::fill(previous_gradient_.begin(), previous_gradient_.end(), 0);
    std::fill(direction().begin(), direction().end(), 0);
    previous_change_ = 0;
  }

  bool find_direction(std::span<const double> grads, std::span<double> direction) override {
    double beta = 0;
    if (previous_change_ < 0) {
      const double previous = dot(previous_gradient_, previous_gradient_);
      beta = std::max(0.0, (dot(grads, grads) - dot(grads, previous_gradient_)) / previous);
    }
    double slope = 0;
    for (std::size_t i = 0; i < grads.size(); ++i) {
      direction[i] = -grads[i] + beta * direction[i];
      slope += grads[i] * direction[i];
    }
    if (beta > 0 && slope < 0) return true;
    for (std::size_t i = 0; i < grads.size(); ++i) direction[i] = -grads[i];
    return false;
  }

  [[nodiscard]] Trial first_trial(std::span<const double> grads, double slope) const override {
    const double expected = previous_change_ < 0 && slope < 0 ? previous_change_ / slope : 0;
    return {.step = expected > 0 && std::isfinite(expected) ? expected : unscaled_first_step(grads), .c2 = 0.1};
  }

  void remember(std::span<const double> /*params*/, std::span<const double> grads, std::span<const double> /*new*/,
                std::span<const double> /*new_grads*/, double first_order_change) override {
    std::copy(grads.begin(), grads.end(), previous_gradient_.begin());
    previous_change_ = first_order_change;
  }

  std::vector<double> previous_gradient_;  // (n)
  double previous_change_ = 0;             // α φ'(0) of the last step; 0 before the first
};

}  // namespace

CatalogEntry conjugate_gradient() {
  return {&kInfo, []() -> std::unique_ptr<Optimizer<double>> { return std::make_unique<ConjugateGradient>(); }};
}

}  // namespace descent::optim
