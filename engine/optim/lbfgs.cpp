// SPDX-License-Identifier: MIT
// L-BFGS:  p ← p − α H g,  H the inverse Hessian as the last few pairs s = Δp, y = Δg tell it (two-loop recursion,
// first scaled by sᵀy/yᵀy), α from a strong Wolfe line search (c₂ = 0.9). Pairs with sᵀy not clearly positive are left
// out, so that H stays positive definite. References: Nocedal, "Updating quasi-Newton matrices with limited storage",
// Math. Comp. 35 (1980), 773–782; Nocedal & Wright, "Numerical Optimization", 2nd ed., Springer 2006, algorithms 7.4
// and 7.5, scaling (7.20).
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/core/check.h"
#include "engine/optim/line_search_optimizer.h"

namespace descent::optim {
namespace {

constexpr std::size_t kMaxPairs = 20;

constexpr std::array kParameters{
    first_trial_spec(),
    core::ParamSpec{
        .name = "memory",
        .default_value = 10,
        .minimum = 1,
        .maximum = kMaxPairs,
        .doc =
            "How many past steps shape the picture of the curvature. A few suffice; more helps on problems with many "
            "parameters.",
        .kind = core::ParamKind::integer,
    },
};

constexpr OptimizerInfo kInfo{
    .name = "lbfgs",
    .title = "L-BFGS",
    .formula = "p ← p − α H g,  H ≈ (∇²f)⁻¹ from the last steps,  α by line search",
    .reference = "Nocedal, Math. Comp. 35 (1980) 773; Nocedal & Wright, Numerical Optimization, 2006, algorithm 7.5",
    .summary =
        "Learns the curvature from the steps it takes: nearly Newton's speed with gradients only. The standard for "
        "smooth problems without noise.",
    .parameters = kParameters,
    .needs = Needs::objective,
};

class Lbfgs final : public LineSearchOptimizer {
 public:
  [[nodiscard]] const OptimizerInfo& info() const override { return kInfo; }
  void configure(std::span<const double> values) override {
    DESCENT_ASSERT(values.size() == kParameters.size());
    memory_ = static_cast<std::size_t>(values[1]);
  }
  [[nodiscard]] std::vector<StateSpan<double>> state() override {
    return {{"s", s_, true}, {"y", y_, true}, {"pairs", {&pairs_, 1}, false}, {"newest", {&newest_, 1}, false}};
  }

 private:
  void resize(std::size_t n) override {
    n_ = n;
    s_.assign(kMaxPairs * n, 0);
    y_.assign(kMaxPairs * n, 0);
  }

  void forget() override {
    std::fill(s_.begin(), s_.end(), 0);
    std::fill(y_.begin(), y_.end(), 0);
    pairs_ = newest_ = 0;
  }

  // The pair that is `age` steps old: rows of the ring buffers s_ and y_.
  [[nodiscard]] std::size_t row(std::size_t age) const {
    return (static_cast<std::size_t>(newest_) + kMaxPairs - age) % kMaxPairs;
  }
  [[nodiscard]] std::span<double> s(std::size_t row) { return std::span(s_).subspan(row * n_, n_); }
  [[nodiscard]] std::span<double> y(std::size_t row) { return std::span(y_).subspan(row * n_, n_); }

  bool find_direction(std::span<const double> grads, std::span<double> direction) override {
    const std::size_t used = std::min(memory_, static_cast<std::size_t>(pairs_));
    std::array<double, kMaxPairs> alpha{};
    std::copy(grads.begin(), grads.end(), direction.begin());
    double scale = 1;
    for (std::size_t age = 0; age < used; ++age) {
      const std::span<const double> si = s(row(age));
      const std::span<const double> yi = y(row(age));
      const double sy = dot(si, yi);
      if (age == 0) scale = sy / dot(yi, yi);
      alpha[age] = dot(si, direction) / sy;
      for (std::size_t i = 0; i < n_; ++i) direction[i] -= alpha[age] * yi[i];
    }
    for (double& d : direction) d *= scale;
    for (std::size_t age = used; age-- > 0;) {
      const std::span<const double> si = s(row(age));
      const std::span<const double> yi = y(row(age));
      const double beta = dot(yi, direction) / dot(si, yi);
      for (std::size_t i = 0; i < n_; ++i) direction[i] += (alpha[age] - beta) * si[i];
    }
    for (double& d : direction) d = -d;
    return used > 0;
  }

  [[nodiscard]] Trial first_trial(std::span<const double> grads, double /*slope*/) const override {
    return {.step = pairs_ > 0 ? 1 : unscaled_first_step(grads), .c2 = 0.9};
  }

  void remember(std::span<const double> params, std::span<const double> grads, std::span<const double> new_params,
                std::span<const double> new_grads, double /*first_order_change*/) override {
    const std::size_t next = pairs_ == 0 ? 0 : (static_cast<std::size_t>(newest_) + 1) % kMaxPairs;
    double sy = 0;
    double ss = 0;
    double yy = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      const double si = new_params[i] - params[i];
      const double yi = new_grads[i] - grads[i];
      sy += si * yi;
      ss += si * si;
      yy += yi * yi;
    }
    if (!(sy > std::numeric_limits<double>::epsilon() * std::sqrt(ss) * std::sqrt(yy))) return;
    for (std::size_t i = 0; i < n_; ++i) {
      s(next)[i] = new_params[i] - params[i];
      y(next)[i] = new_grads[i] - grads[i];
    }
    newest_ = static_cast<double>(next);
    pairs_ = std::min(pairs_ + 1, static_cast<double>(kMaxPairs));
  }

  std::size_t n_ = 0;
  std::size_t memory_ = static_cast<std::size_t>(kParameters[1].default_value);
  std::vector<double> s_;  // (kMaxPairs, n) ring of steps
  std::vector<double> y_;  // (kMaxPairs, n) ring of gradient differences
  double pairs_ = 0;       // how many rows are filled; double, as all state
  double newest_ = 0;      // the row written last
};

}  // namespace

CatalogEntry lbfgs() {
  return {&kInfo, []() -> std::unique_ptr<Optimizer<double>> { return std::make_unique<Lbfgs>(); }};
}

}  // namespace descent::optim
