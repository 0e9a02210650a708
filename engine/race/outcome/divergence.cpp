// SPDX-License-Identifier: MIT
// Finds out why a run diverged, see divergence.h. The bound is evaluated along the path only when a run has ended, so a
// step costs nothing for it.
#include "engine/race/outcome/divergence.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "engine/optim/optimizer.h"

namespace descent::race {
namespace {

optim::StabilityBound bound_at(const DivergedRun& run, std::size_t k) {
  const surfaces::LocalModel model = surfaces::local_model(*run.surface, {run.points[2 * k], run.points[2 * k + 1]});
  if (!std::isfinite(model.eigenvalues[1])) return {};
  return optim::stability_bound(run.optimizer, run.hyperparameters, model.eigenvalues[1]);
}

bool exceeds(const optim::StabilityBound& bound, double learning_rate) {
  return bound.known && learning_rate > bound.learning_rate;
}

// The beginning of the stretch above the bound that reaches the end, else the first step above it.
RateExcess find_excess(const DivergedRun& run) {
  RateExcess excess;
  const auto at = [&run](std::size_t k, bool lasting, const optim::StabilityBound& bound) {
    return RateExcess{
        static_cast<std::int64_t>(k) + 1, lasting, {run.learning_rates[k], bound.learning_rate, bound.formula}};
  };
  const std::size_t n = run.learning_rates.size();
  for (std::size_t k = n; k-- > 0;) {
    const optim::StabilityBound bound = bound_at(run, k);
    if (!exceeds(bound, run.learning_rates[k])) break;
    excess = at(k, true, bound);
  }
  if (excess.lasting) return excess;
  for (std::size_t k = 0; k < n; ++k) {
    const optim::StabilityBound bound = bound_at(run, k);
    if (exceeds(bound, run.learning_rates[k])) return at(k, false, bound);
  }
  return excess;
}

// f just inside the edge between the last point and the one where it is not a number; NaN where there is no such edge:
// f is defined there, or grows beyond all numbers on the way (e^x − e^y), which is ordinary divergence.
double value_at_edge(const DivergedRun& run) {
  constexpr int kHalvings = 60;
  constexpr double kBeyondNumbers = 1e100;
  const double none = std::nan("");
  if (run.breakdown != Breakdown::value || !std::isnan(run.surface->evaluate(run.failed, {}))) return none;
  double value = run.losses.back();
  surfaces::Point inside{run.points[run.points.size() - 2], run.points.back()}, outside = run.failed;
  for (int i = 0; i < kHalvings; ++i) {
    const surfaces::Point middle{0.5 * (inside[0] + outside[0]), 0.5 * (inside[1] + outside[1])};
    const double there = run.surface->evaluate(middle, {});
    if (std::isfinite(there)) value = there;
    (std::isfinite(there) ? inside : outside) = middle;
  }
  return std::abs(value) < kBeyondNumbers ? value : none;
}

// Whether the run fell all the way, and f goes on falling beyond: where the failing step led or, where that is not a
// number, twice as far out as the last point.
bool fell(const DivergedRun& run) {
  if (!(run.losses.back() < run.losses.front())) return false;
  surfaces::Point beyond = run.failed;
  if (run.breakdown == Breakdown::point)
    beyond = {2 * run.points[run.points.size() - 2], 2 * run.points[run.points.size() - 1]};
  return run.surface->evaluate(beyond, {}) < run.losses.back();
}

}  // namespace

double far_limit(const surfaces::Domain& domain) {
  double extent = 1;
  for (const double edge : {domain.x0, domain.x1, domain.y0, domain.y1}) extent = std::max(extent, std::abs(edge));
  return 1e6 * extent;
}

DivergenceReport explain_divergence(const DivergedRun& run) {
  DivergenceReport report;
  report.breakdown = run.breakdown;
  report.step = static_cast<std::int64_t>(run.learning_rates.size());
  report.learning_rate = run.learning_rates.back();
  report.failed = run.failed;
  report.last_loss = run.losses.back();
  report.far_limit = far_limit(run.surface->info().domain);
  const auto lowest = std::min_element(run.losses.begin(), run.losses.end());
  report.since_step = (lowest - run.losses.begin()) + 1;
  const double edge = value_at_edge(run);
  report.left_domain = !std::isnan(edge);
  report.bottomless = report.left_domain ? edge < run.losses.back() : fell(run);
  if (report.bottomless) return report;
  report.excess = find_excess(run);
  if (report.excess.step > 0) report.since_step = report.excess.step;
  return report;
}

}  // namespace descent::race
