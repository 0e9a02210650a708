// SPDX-License-Identifier: MIT
// One step of a line search method; see line_search_optimizer.h.
#include "engine/optim/line_search_optimizer.h"

#include <algorithm>
#include <cmath>

#include "engine/core/check.h"

namespace descent::optim {

double unscaled_first_step(std::span<const double> grads) {
  double norm = 0;
  for (const double g : grads) norm += std::abs(g);
  return norm > 1 ? 1 / norm : 1;
}

void LineSearchOptimizer::reset(std::size_t n) {
  search_.reset(n);
  direction_.assign(n, 0);
  resize(n);
  forget();
}

void LineSearchOptimizer::prepare(const StepContext& context) {
  DESCENT_ASSERT(context.objective != nullptr);
}

bool LineSearchOptimizer::search_and_move(std::span<double> params, std::span<const double> grads,
                                          const StepContext& context, StepReport& report) {
  const Trial trial = first_trial(grads, dot(grads, direction_));
  const LineSearchResult found = search_.search(*context.objective, params, grads, direction_,
                                                {.first_step = context.learning_rate * trial.step, .c2 = trial.c2});
  report.gradient_evaluations += found.evaluations;
  if (found.step == 0 || std::equal(params.begin(), params.end(), search_.point().begin())) return false;
  remember(params, grads, search_.point(), search_.gradient(), found.step * found.slope);
  std::copy(search_.point().begin(), search_.point().end(), params.begin());
  if (!found.wolfe) report.note = "The line search found a decrease, but no point where the slope has levelled out";
  return true;
}

StepReport LineSearchOptimizer::update(std::span<double> params, std::span<const double> grads, std::size_t begin,
                                       std::size_t end, const StepContext& context) {
  DESCENT_ASSERT(params.size() == direction_.size() && grads.size() == params.size());
  DESCENT_ASSERT(begin == 0 && end == params.size());
  StepReport report;
  if (context.learning_rate == 0) {
    report.note = "The learning rate is 0: nothing moves";
    return report;
  }
  const bool remembered = find_direction(grads, direction_);
  if (search_and_move(params, grads, context, report)) return report;
  forget();
  if (remembered) {
    find_direction(grads, direction_);
    if (search_and_move(params, grads, context, report)) {
      report.note = "Restarted along the steepest descent";
      return report;
    }
    forget();
  }
  report.stalled = true;
  report.note = std::all_of(grads.begin(), grads.end(), [](double g) { return g == 0; })
                    ? StepNote("The gradient is zero: there is no way down from here")
                    : StepNote("No step along the search direction decreases the function");
  return report;
}

}  // namespace descent::optim
