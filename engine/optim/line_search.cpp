// SPDX-License-Identifier: MIT
// Strong Wolfe line search; see line_search.h for the conditions and references.
#include "engine/optim/line_search.h"

#include <algorithm>
#include <cmath>

#include "engine/core/check.h"

namespace descent::optim {

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

namespace {

constexpr int kMaxBracketSteps = 8;
constexpr int kMaxZoomSteps = 40;
constexpr double kExpansion = 3;     // growth of the trial step while f still falls
constexpr double kSafeguard = 0.1;   // a new trial keeps this share of the bracket away from its ends
constexpr double kRounding = 1e-13;  // values whose relative difference is below this are taken as equal

// The minimizer of the cubic through two trials (3.59), or, where their values are equal to rounding, of the parabola
// through their slopes; kept well inside the bracket, and its middle where there is no such point.
double interpolate(double a, double fa, double ga, double b, double fb, double gb, double noise) {
  double guess = a - ga * (b - a) / (gb - ga);
  if (!(std::abs(fa - fb) <= noise)) {
    const double d1 = ga + gb - 3 * (fa - fb) / (a - b);
    const double root = std::sqrt(d1 * d1 - ga * gb);
    const double d2 = b > a ? root : -root;
    guess = b - (b - a) * (gb + d2 - d1) / (gb - ga + 2 * d2);
  }
  if (!std::isfinite(guess)) return 0.5 * (a + b);
  const double margin = kSafeguard * std::abs(b - a);
  return std::clamp(guess, std::min(a, b) + margin, std::max(a, b) - margin);
}

}  // namespace

struct LineSearch::Line {
  const core::Objective& objective;
  std::span<const double> x, direction;
  const LineSearchOptions& options;
  Trial start;
  int evaluations = 1;   // f(x) itself
  double last_step = 0;  // of the trial that point_ and gradient_ hold

  [[nodiscard]] double noise() const { return kRounding * std::abs(start.value); }
  // Decrease enough for the length of the step.
  [[nodiscard]] bool sufficient(const Trial& t) const {
    if (!std::isfinite(t.value) || !std::isfinite(t.slope)) return false;
    if (t.value <= start.value + options.c1 * t.step * start.slope) return true;
    return t.value <= start.value + noise() && t.slope <= (2 * options.c1 - 1) * start.slope;
  }
  // Flat enough to stop.
  [[nodiscard]] bool flat(const Trial& t) const { return std::abs(t.slope) <= -options.c2 * start.slope; }
};

void LineSearch::reset(std::size_t n) {
  point_.assign(n, 0);
  gradient_.assign(n, 0);
}

LineSearch::Trial LineSearch::evaluate(Line& line, double step) {
  for (std::size_t i = 0; i < point_.size(); ++i) point_[i] = line.x[i] + step * line.direction[i];
  ++line.evaluations;
  line.last_step = step;
  const double value = line.objective.evaluate(point_, gradient_);
  return {step, value, dot(gradient_, line.direction)};
}

// Algorithm 3.5: lengthens the step until it brackets an acceptable one.
LineSearch::Trial LineSearch::bracket_and_zoom(Line& line, double first_step, bool& wolfe) {
  Trial previous = line.start;
  double step = first_step;
  for (int i = 0; i < kMaxBracketSteps; ++i) {
    const Trial trial = evaluate(line, step);
    if (!line.sufficient(trial) || trial.value > previous.value + line.noise())
      return zoom(line, previous, trial, wolfe);
    if (line.flat(trial)) {
      wolfe = true;
      return trial;
    }
    if (trial.slope >= 0) return zoom(line, trial, previous, wolfe);
    previous = trial;
    step *= kExpansion;
  }
  return previous;  // still falling: f may have no minimum along this line
}

// Algorithm 3.6: `low` satisfies the first condition with the lowest value so far, and f falls from it towards `high`.
LineSearch::Trial LineSearch::zoom(Line& line, Trial low, Trial high, bool& wolfe) {
  for (int i = 0; i < kMaxZoomSteps; ++i) {
    const double step = interpolate(low.step, low.value, low.slope, high.step, high.value, high.slope, line.noise());
    if (step == low.step || step == high.step) break;  // the bracket has no number left inside
    const Trial trial = evaluate(line, step);
    if (!line.sufficient(trial) || trial.value > low.value + line.noise()) {
      high = trial;
      continue;
    }
    if (line.flat(trial)) {
      wolfe = true;
      return trial;
    }
    if (trial.slope * (high.step - low.step) >= 0) high = low;
    low = trial;
  }
  return low;
}

LineSearchResult LineSearch::search(const core::Objective& objective, std::span<const double> x,
                                    std::span<const double> gradient, std::span<const double> direction,
                                    const LineSearchOptions& options) {
  DESCENT_ASSERT(x.size() == point_.size() && gradient.size() == x.size() && direction.size() == x.size());
  LineSearchResult result;
  result.slope = dot(gradient, direction);
  if (!(result.slope < 0) || !std::isfinite(result.slope) || !(options.first_step > 0)) return result;

  Line line{objective, x, direction, options, {0, objective.evaluate(x, {}), result.slope}};
  if (!std::isfinite(line.start.value)) return result;
  const Trial found = bracket_and_zoom(line, options.first_step, result.wolfe);
  if (found.step > 0 && found.step != line.last_step) evaluate(line, found.step);
  result.step = found.step;
  result.evaluations = line.evaluations;
  return result;
}

}  // namespace descent::optim
