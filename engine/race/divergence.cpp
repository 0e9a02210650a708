// SPDX-License-Identifier: MIT
// Why a run diverged, see divergence.h. The bound is evaluated along the path only when a run has ended, so a step
// costs nothing for it.
#include "engine/race/divergence.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/optim/optimizer.h"

namespace descent::race {
namespace {

optim::StabilityBound bound_at(const DivergedRun& run, std::size_t k) {
  const surfaces::LocalModel model = surfaces::local_model(*run.surface, {run.points[2 * k], run.points[2 * k + 1]});
  if (!std::isfinite(model.eigenvalues[1])) return {};
  return optim::stability_bound(run.optimizer, run.hyperparameters, model.eigenvalues[1]);
}

struct Excess {
  std::int64_t step = 0;  // 1-based; 0 when the rate was never above the bound
  double learning_rate = 0;
  bool lasting = false;  // above the bound from `step` to the end
  optim::StabilityBound bound;
};

bool exceeds(const optim::StabilityBound& bound, double learning_rate) {
  return bound.known && learning_rate > bound.learning_rate;
}

// The beginning of the stretch above the bound that reaches the end, else the first step above it.
Excess find_excess(const DivergedRun& run) {
  Excess excess;
  const std::size_t n = run.learning_rates.size();
  for (std::size_t k = n; k-- > 0;) {
    const optim::StabilityBound bound = bound_at(run, k);
    if (!exceeds(bound, run.learning_rates[k])) break;
    excess = {static_cast<std::int64_t>(k) + 1, run.learning_rates[k], true, bound};
  }
  if (excess.lasting) return excess;
  for (std::size_t k = 0; k < n; ++k) {
    const optim::StabilityBound bound = bound_at(run, k);
    if (exceeds(bound, run.learning_rates[k]))
      return {static_cast<std::int64_t>(k) + 1, run.learning_rates[k], false, bound};
  }
  return excess;
}

std::string point_text(surfaces::Point p) {
  return core::fill("({}, {})", core::short_number(p[0]), core::short_number(p[1]));
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

std::string what_happened(const DivergedRun& run) {
  const std::string where = point_text(run.failed);
  if (run.breakdown == Breakdown::point) return "the step is not a finite number";
  if (run.breakdown == Breakdown::value) return core::fill("the value or gradient at {} is not finite", where);
  const double limit = far_limit(run.surface->info().domain);
  if (run.losses.back() < run.losses.front())
    return core::fill("the loss fell to {} on the way out to {}; the surface has no minimum in that direction",
                      core::short_number(run.losses.back()), where);
  return core::fill("the point {} is more than {} from the origin", where, core::short_number(limit));
}

std::string rate_and_bound(const Excess& excess) {
  const std::string rate = core::short_number(excess.learning_rate);
  const std::string bound = core::short_number(excess.bound.learning_rate);
  const std::string step = core::grouped(excess.step);
  if (excess.lasting)
    return core::fill("learning rate {} is above {} = {} since step {}", rate, excess.bound.formula, bound, step);
  return core::fill("learning rate {} was above {} = {} at step {}", rate, excess.bound.formula, bound, step);
}

}  // namespace

double far_limit(const surfaces::Domain& domain) {
  double extent = 1;
  for (const double edge : {domain.x0, domain.x1, domain.y0, domain.y1}) extent = std::max(extent, std::abs(edge));
  return 1e6 * extent;
}

DivergenceReport explain_divergence(const DivergedRun& run) {
  const std::string step = core::grouped(static_cast<std::int64_t>(run.learning_rates.size()));
  const double edge = value_at_edge(run);
  DivergenceReport report;
  const auto lowest = std::min_element(run.losses.begin(), run.losses.end());
  report.since_step = (lowest - run.losses.begin()) + 1;
  report.left_domain = !std::isnan(edge);
  report.bottomless = report.left_domain
                          ? edge < run.losses.back()
                          : run.breakdown == Breakdown::far_away && run.losses.back() < run.losses.front();
  const std::string left =
      core::fill("left the domain of the formula at step {}: f is not defined at {}", step, point_text(run.failed));
  const std::string rate = core::short_number(run.learning_rates.back());
  if (report.left_domain && report.bottomless) {
    report.sentence =
        core::fill("{}; it falls all the way to that edge, and a smaller rate only gets there later (learning rate {})",
                   left, rate);
    return report;
  }
  const Excess excess = find_excess(run);
  if (excess.step == 0) {
    report.sentence = report.left_domain
                          ? core::fill("{} (learning rate {})", left, rate)
                          : core::fill("diverged at step {}: {} (learning rate {})", step, what_happened(run), rate);
    return report;
  }
  report.sentence = report.left_domain ? core::fill("{}; {}", left, rate_and_bound(excess))
                                       : core::fill("diverged at step {}: {}", step, rate_and_bound(excess));
  report.since_step = excess.step;
  return report;
}

}  // namespace descent::race
