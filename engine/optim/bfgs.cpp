// SPDX-License-Identifier: MIT
// BFGS:  d = −W g,  p ← p + α d with α from a strong Wolfe line search (c₂ = 0.9), and with s = Δp, y = Δg, ρ = 1/(sᵀy)
// W ← (I − ρ s yᵀ) W (I − ρ y sᵀ) + ρ s sᵀ,  the inverse Hessian as all steps so far tell it. W starts as I, and as
// sᵀy/(yᵀy) I when the first pair is known. Pairs with sᵀy not clearly positive are left out, so that W stays positive
// definite. References: Broyden 1970, Fletcher 1970, Goldfarb 1970, Shanno 1970; Nocedal & Wright, "Numerical
// Optimization", 2nd ed., Springer 2006, algorithm 6.1 with (6.17) and (6.20).
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/core/check.h"
#include "engine/optim/line_search_optimizer.h"

namespace descent::optim {
namespace {

constexpr std::array kParameters{first_trial_spec()};

constexpr OptimizerInfo kInfo{
    .name = "bfgs",
    .title = "BFGS",
    .formula = "p ← p − α W g,  W ← (I − ρsyᵀ) W (I − ρysᵀ) + ρssᵀ,  α by line search",
    .reference = "Nocedal & Wright, Numerical Optimization, 2006, algorithm 6.1",
    .summary =
        "Builds the whole inverse Hessian from the gradients it meets: Newton's speed after a few steps, without "
        "second derivatives. Its memory is a matrix, which only small problems can afford.",
    .parameters = kParameters,
    .needs = Needs::objective,
};

class Bfgs final : public LineSearchOptimizer {
 public:
  [[nodiscard]] const OptimizerInfo& info() const override { return kInfo; }
  void configure(std::span<const double> values) override { DESCENT_ASSERT(values.size() == kParameters.size()); }
  [[nodiscard]] std::vector<StateSpan<double>> state() override {
    return {{"inverse_hessian", inverse_, true}, {"pairs", {&pairs_, 1}, false}};
  }

 private:
  void resize(std::size_t n) override {
    n_ = n;
    inverse_.resize(n * n);
    s_.assign(n, 0);
    y_.assign(n, 0);
    wy_.assign(n, 0);
  }

  void forget() override {
    scaled_identity(1);
    pairs_ = 0;
  }

  void scaled_identity(double scale) {
    std::fill(inverse_.begin(), inverse_.end(), 0);
    for (std::size_t i = 0; i < n_; ++i) inverse_[i * n_ + i] = scale;
  }

  // out = W v; v, out: (n).
  void apply_inverse(std::span<const double> v, std::span<double> out) const {
    for (std::size_t i = 0; i < n_; ++i) out[i] = dot(std::span(inverse_).subspan(i * n_, n_), v);
  }

  bool find_direction(std::span<const double> grads, std::span<double> direction) override {
    apply_inverse(grads, direction);
    for (double& d : direction) d = -d;
    return pairs_ > 0;
  }

  [[nodiscard]] Trial first_trial(std::span<const double> grads, double /*slope*/) const override {
    return {.step = pairs_ > 0 ? 1 : unscaled_first_step(grads), .c2 = 0.9};
  }

  void remember(std::span<const double> params, std::span<const double> grads, std::span<const double> new_params,
                std::span<const double> new_grads, double /*first_order_change*/) override {
    for (std::size_t i = 0; i < n_; ++i) {
      s_[i] = new_params[i] - params[i];
      y_[i] = new_grads[i] - grads[i];
    }
    const double sy = dot(s_, y_);
    const double yy = dot(y_, y_);
    if (!(sy > std::numeric_limits<double>::epsilon() * std::sqrt(dot(s_, s_)) * std::sqrt(yy))) return;
    if (pairs_ == 0) scaled_identity(sy / yy);
    apply_inverse(y_, wy_);
    const double rho = 1 / sy;
    const double ss_weight = rho * (1 + rho * dot(y_, wy_));
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t j = 0; j < n_; ++j)
        inverse_[i * n_ + j] += ss_weight * (s_[i] * s_[j]) - rho * (s_[i] * wy_[j] + wy_[i] * s_[j]);
    pairs_ += 1;
  }

  std::size_t n_ = 0;
  std::vector<double> inverse_;     // (n, n) W, symmetric
  double pairs_ = 0;                // that shaped it; double, as all state
  std::vector<double> s_, y_, wy_;  // (n) each, of the present step only
};

}  // namespace

CatalogEntry bfgs() {
  return {&kInfo, []() -> std::unique_ptr<Optimizer<double>> { return std::make_unique<Bfgs>(); }};
}

}  // namespace descent::optim
