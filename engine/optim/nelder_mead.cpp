// SPDX-License-Identifier: MIT
// Nelder–Mead's simplex, without any derivative: n + 1 vertices, the first ones p and p + η eᵢ (the learning rate is
// the size of the first simplex). A step reflects the worst vertex in the centre c of the others, x(a) = c + a (c −
// worst): a = 1, further (2) when that is the best so far, half way outside (1/2) or inside (−1/2) when it is not good
// enough, and shrinks the simplex to half around its best vertex when nothing helps. params is always the best vertex.
// Values that are not finite count as infinitely high. References: Nelder & Mead, "A simplex method for function
// minimization", Computer J. 7 (1965), 308–313; the rules for ties are those of Lagarias, Reeds, Wright & Wright,
// "Convergence properties of the Nelder–Mead simplex method in low dimensions", SIAM J. Optim. 9 (1998), 112–147.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/core/check.h"
#include "engine/optim/optimizer.h"
#include "engine/optim/parameters.h"

namespace descent::optim {
namespace {

constexpr core::ParamSpec size_spec() {
  core::ParamSpec spec = learning_rate_spec(0.5);
  spec.doc =
      "Edge of the first simplex: how far around the start it looks. It grows and shrinks by itself from there, so a "
      "change during the run has no effect.";
  spec.slider_minimum = 0.01;
  spec.slider_maximum = 10;
  return spec;
}

constexpr std::array kParameters{size_spec()};

constexpr OptimizerInfo kInfo{
    .name = "nelder_mead",
    .title = "Nelder–Mead",
    .formula = "worst ← c + a (c − worst), a ∈ {1, 2, 1/2, −1/2},  c: centre of the other vertices",
    .reference = "Nelder & Mead, Computer J. 7 (1965) 308; Lagarias et al., SIAM J. Optim. 9 (1998) 112",
    .summary =
        "A triangle that flips, stretches and shrinks its way down, on values alone: the control that shows what "
        "gradients are worth. Shrugs at kinks, slows down in long valleys.",
    .parameters = kParameters,
    .needs = Needs::objective,
};

class NelderMead final : public Optimizer<double> {
 public:
  [[nodiscard]] const OptimizerInfo& info() const override { return kInfo; }
  [[nodiscard]] bool elementwise() const override { return false; }
  void configure(std::span<const double> values) override { DESCENT_ASSERT(values.size() == kParameters.size()); }
  void prepare(const StepContext& context) override { DESCENT_ASSERT(context.objective != nullptr); }

  void reset(std::size_t n) override {
    n_ = n;
    vertices_.assign((n + 1) * n, 0);
    values_.assign(n + 1, 0);
    centre_.assign(n, 0);
    trial_.assign(n, 0);
    second_.assign(n, 0);
    ready_ = 0;
  }

  StepReport update(std::span<double> params, std::span<const double> /*grads*/, std::size_t begin, std::size_t end,
                    const StepContext& context) override {
    DESCENT_ASSERT(params.size() == n_ && begin == 0 && end == n_);
    StepReport report;
    if (context.learning_rate == 0) {
      report.note = "The learning rate is 0: nothing moves";
      return report;
    }
    if (ready_ == 0 || !std::equal(params.begin(), params.end(), vertex(0).begin()))
      begin_simplex(params, context, report);
    if (collapsed()) {
      report.stalled = true;
      report.note = "The simplex has shrunk to a point";
      return report;
    }
    iterate(*context.objective, report);
    std::copy(vertex(0).begin(), vertex(0).end(), params.begin());
    return report;
  }

  [[nodiscard]] std::vector<StateSpan<double>> state() override {
    return {{"vertices", vertices_, true}, {"values", values_, false}, {"ready", {&ready_, 1}, false}};
  }

 private:
  [[nodiscard]] std::span<double> vertex(std::size_t i) { return std::span(vertices_).subspan(i * n_, n_); }

  static double value_at(const core::Objective& objective, std::span<const double> x, StepReport& report) {
    ++report.gradient_evaluations;
    const double value = objective.evaluate(x, {});
    return std::isfinite(value) ? value : std::numeric_limits<double>::infinity();
  }

  void begin_simplex(std::span<const double> params, const StepContext& context, StepReport& report) {
    for (std::size_t i = 0; i <= n_; ++i) {
      std::copy(params.begin(), params.end(), vertex(i).begin());
      if (i > 0) vertex(i)[i - 1] += context.learning_rate;
      values_[i] = value_at(*context.objective, vertex(i), report);
    }
    sort_vertices();
    ready_ = 1;
  }

  // Ascending values; a vertex passes only those that are higher, so that ties keep their order.
  void sort_vertices() {
    for (std::size_t i = 1; i <= n_; ++i)
      for (std::size_t j = i; j > 0 && values_[j] < values_[j - 1]; --j) {
        std::swap(values_[j], values_[j - 1]);
        std::swap_ranges(vertex(j).begin(), vertex(j).end(), vertex(j - 1).begin());
      }
  }

  void replace_worst(std::span<const double> x, double value) {
    std::copy(x.begin(), x.end(), vertex(n_).begin());
    values_[n_] = value;
    sort_vertices();
  }

  // x = c + a (c − worst), and f there.
  double try_point(const core::Objective& objective, double a, std::span<double> x, StepReport& report) {
    for (std::size_t k = 0; k < n_; ++k) x[k] = centre_[k] + a * (centre_[k] - vertex(n_)[k]);
    return value_at(objective, x, report);
  }

  void iterate(const core::Objective& objective, StepReport& report) {
    for (std::size_t k = 0; k < n_; ++k) {
      double sum = 0;
      for (std::size_t i = 0; i < n_; ++i) sum += vertex(i)[k];
      centre_[k] = sum / static_cast<double>(n_);
    }
    const double reflected = try_point(objective, 1, trial_, report);
    if (reflected < values_[0]) {
      const double expanded = try_point(objective, 2, second_, report);
      if (expanded < reflected) return replace_worst(second_, expanded);
      return replace_worst(trial_, reflected);
    }
    if (reflected < values_[n_ - 1]) return replace_worst(trial_, reflected);
    const bool outside = reflected < values_[n_];
    const double contracted = try_point(objective, outside ? 0.5 : -0.5, second_, report);
    if (outside ? contracted <= reflected : contracted < values_[n_]) return replace_worst(second_, contracted);
    shrink(objective, report);
  }

  void shrink(const core::Objective& objective, StepReport& report) {
    for (std::size_t i = 1; i <= n_; ++i) {
      for (std::size_t k = 0; k < n_; ++k) vertex(i)[k] = vertex(0)[k] + 0.5 * (vertex(i)[k] - vertex(0)[k]);
      values_[i] = value_at(objective, vertex(i), report);
    }
    sort_vertices();
    report.note = "Nothing lower around: the simplex shrinks";
  }

  [[nodiscard]] bool collapsed() {
    for (std::size_t i = 1; i <= n_; ++i)
      if (!std::equal(vertex(i).begin(), vertex(i).end(), vertex(0).begin())) return false;
    return true;
  }

  std::size_t n_ = 0;
  std::vector<double> vertices_;                 // (n + 1, n), best first
  std::vector<double> values_;                   // (n + 1) f at the vertices, ascending
  double ready_ = 0;                             // 1 once there is a simplex
  std::vector<double> centre_, trial_, second_;  // (n) each, of the present step only
};

}  // namespace

CatalogEntry nelder_mead() {
  return {&kInfo, []() -> std::unique_ptr<Optimizer<double>> { return std::make_unique<NelderMead>(); }};
}

}  // namespace descent::optim
