// SPDX-License-Identifier: MIT
// Trust-region Newton: the step minimizes the local quadratic model m(d) = f + gᵀd + dᵀHd/2 within ‖d‖ ≤ Δ, exactly:
// d = −(H + σI)⁻¹ g with the smallest σ ≥ 0 that makes H + σI positive semidefinite and fulfils ‖d‖ ≤ Δ. With
// ρ = (f(p) − f(p + d))/(m(0) − m(d)), the share of the promised decrease that came true:  ρ < 1/4: Δ ← Δ/4;  ρ > 3/4
// at the border: Δ ← 2Δ;  the step is taken where ρ > 1/10, otherwise only Δ changes. Δ is kept as a multiple of the
// learning rate, which is the radius of the first step. References: Nocedal & Wright, "Numerical Optimization", 2nd
// ed., Springer 2006, algorithm 4.1 and theorem 4.1; Moré & Sorensen, "Computing a trust region step", SIAM J. Sci.
// Stat. Comput. 4 (1983), 553–572, for the root in σ and the hard case.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/check.h"
#include "engine/optim/second_order.h"

namespace descent::optim {
namespace {

constexpr double kAccept = 0.1;
constexpr double kRounding = 1e-13;  // decreases below this share of |f| cannot be told from rounding

constexpr core::ParamSpec radius_spec() {
  core::ParamSpec spec = learning_rate_spec(1);
  spec.doc =
      "Radius of the first trust region: how far the quadratic model is believed before anything is known. It adapts "
      "within a few steps.";
  spec.slider_minimum = 0.01;
  spec.slider_maximum = 10;
  return spec;
}

constexpr std::array kParameters{radius_spec()};

constexpr OptimizerInfo kInfo{
    .name = "trust_region",
    .title = "Trust-region Newton",
    .formula = "d = argmin gᵀd + dᵀHd/2 within ‖d‖ ≤ Δ,  p ← p + d if f falls as promised,  Δ adapts",
    .reference = "Nocedal & Wright, Numerical Optimization, 2006, algorithm 4.1; Moré & Sorensen 1983",
    .summary =
        "Newton that trusts its quadratic model only within a radius, which it learns from how well the model "
        "predicted. Never climbs, leaves saddles, and is as fast as Newton near a minimum.",
    .parameters = kParameters,
    .needs = Needs::hessian,
};

struct Subproblem {
  Eigen::Vector2d step;  // along the axes
  bool at_border = false;
};

// The root of ‖d(μ)‖ = radius, d = (−g₀/μ, −g₁/(μ + gap)), where μ = λ₁ + σ: Newton's iteration on 1/‖d‖, which is
// almost straight, kept in the bracket [low, g/radius].
double border_shift(const Eigen::Vector2d& g, double gap, double radius, double low) {
  low = std::max(low, std::abs(g[0]) / radius);
  double high = std::max(low, g.norm() / radius);
  double mu = high;
  for (int i = 0; i < 100; ++i) {
    const double a = g[0] / mu;
    const double b = g[1] / (mu + gap);
    const double norm = std::hypot(a, b);
    (norm > radius ? low : high) = mu;
    const double slope = a * a / mu + b * b / (mu + gap);
    double next = mu + (norm - radius) / radius * norm * norm / slope;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    if (next == mu || high - low <= 1e-16 * high) break;
    mu = next;
  }
  return mu;
}

// g: the gradient along the axes, λ: (2) ascending.
Subproblem minimize_model(const Eigen::Vector2d& g, const Eigen::Vector2d& lambda, double radius) {
  if (lambda[0] > 0) {
    const Eigen::Vector2d newton = -g.cwiseQuotient(lambda);
    if (newton.norm() <= radius) return {newton, false};
  }
  const double gap = lambda[1] - lambda[0];
  if (lambda[0] <= 0 && g[0] == 0) {  // the hard case: either way along the first axis is as good
    const double across = gap > 0 ? -g[1] / gap : 0;
    if (std::abs(across) <= radius && (gap > 0 || g[1] == 0))
      return {{lambda[0] < 0 ? std::sqrt(radius * radius - across * across) : 0, across}, lambda[0] < 0};
  }
  const double mu = border_shift(g, gap, radius, std::max(0.0, lambda[0]));
  return {{-g[0] / mu, -g[1] / (mu + gap)}, true};
}

class TrustRegion final : public SecondOrder {
 public:
  [[nodiscard]] const OptimizerInfo& info() const override { return kInfo; }
  void reset(std::size_t n) override {
    SecondOrder::reset(n);
    size_ = 1;
  }
  void configure(std::span<const double> values) override { DESCENT_ASSERT(values.size() == kParameters.size()); }
  [[nodiscard]] std::vector<StateSpan<double>> state() override { return {{"radius", {&size_, 1}, false}}; }

 private:
  void move(std::span<double> params, const QuadraticModel& model, const StepContext& context,
            StepReport& report) override {
    const double radius = context.learning_rate * size_;
    if (radius == 0) {
      report.note = "The learning rate is 0: nothing moves";
      return;
    }
    const Eigen::Vector2d g = model.axes.transpose() * model.gradient;
    const Subproblem found = minimize_model(g, model.curvatures, radius);
    const double promised = -(g.dot(found.step) + 0.5 * model.curvatures.cwiseProduct(found.step).dot(found.step));
    if (!(promised > 0)) {
      report.stalled = true;
      report.note = "The gradient is zero and no direction curves down: there is no way down from here";
      return;
    }
    const Eigen::Vector2d step = model.axes * found.step;
    const std::array<double, 2> trial{params[0] + step[0], params[1] + step[1]};
    if (trial[0] == params[0] && trial[1] == params[1]) {
      report.stalled = true;
      report.note = "The trust region has shrunk to a point: the quadratic model does not hold here";
      return;
    }
    const double decrease = model.value - context.objective->evaluate(trial, {});
    ++report.gradient_evaluations;
    judge(decrease, promised, kRounding * std::abs(model.value), found.at_border);
    if (accepted_) {
      params[0] = trial[0];
      params[1] = trial[1];
    } else {
      report.note = "The function did not fall as its quadratic model promised: no step, a smaller radius";
    }
  }

  // judge() decides whether the step is taken, and the next radius.
  void judge(double decrease, double promised, double noise, bool at_border) {
    const bool lost_in_rounding = promised <= noise && std::abs(decrease) <= noise;
    const double kept = lost_in_rounding ? 1 : decrease / promised;
    accepted_ = kept > kAccept;
    if (!(kept >= 0.25)) size_ *= 0.25;
    if (kept > 0.75 && at_border) size_ *= 2;
  }

  double size_ = 1;        // radius / learning rate
  bool accepted_ = false;  // of the present step only
};

}  // namespace

CatalogEntry trust_region() {
  return {&kInfo, []() -> std::unique_ptr<Optimizer<double>> { return std::make_unique<TrustRegion>(); }};
}

}  // namespace descent::optim
