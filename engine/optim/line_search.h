// SPDX-License-Identifier: MIT
// Line search for the strong Wolfe conditions along a descent direction d:
//     φ(α) = f(x + αd),   φ(α) ≤ φ(0) + c₁ α φ'(0),   |φ'(α)| ≤ c₂ |φ'(0)|
// Nocedal & Wright, "Numerical Optimization", 2nd ed., Springer 2006, algorithms 3.5 (bracket) and 3.6 (zoom), with the
// safeguarded cubic of (3.59). Where φ(α) and φ(0) agree to rounding, the first condition is tested on the slopes
// instead (approximate Wolfe: Hager & Zhang, SIAM J. Optim. 16 (2005), 170–192), so that a run can settle at a minimum.
// The number of evaluations is bounded; trial points where f is not finite count as too far. No allocation after
// reset().
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/core/objective.h"

namespace descent::optim {

struct LineSearchOptions {
  double first_step = 1;
  double c1 = 1e-4;
  double c2 = 0.9;  // 0.9 for quasi-Newton directions, 0.1 for conjugate gradients
};

struct LineSearchResult {
  double step = 0;      // 0: no step decreases f
  double slope = 0;     // φ'(0)
  int evaluations = 0;  // of f, φ(0) included
  bool wolfe = false;   // both conditions hold; otherwise f decreased, and no more is known
};

// Σ aᵢ bᵢ, in order.
[[nodiscard]] double dot(std::span<const double> a, std::span<const double> b);

class LineSearch {
 public:
  void reset(std::size_t n);

  // x, gradient (∇f at x), direction: (n).
  LineSearchResult search(const core::Objective& objective, std::span<const double> x, std::span<const double> gradient,
                          std::span<const double> direction, const LineSearchOptions& options);

  // x + step·direction and ∇f there, after a search that found a step: (n).
  [[nodiscard]] std::span<const double> point() const { return point_; }
  [[nodiscard]] std::span<const double> gradient() const { return gradient_; }

 private:
  struct Trial {
    double step = 0, value = 0, slope = 0;
  };
  struct Line;

  Trial evaluate(Line& line, double step);
  Trial bracket_and_zoom(Line& line, double first_step, bool& wolfe);
  Trial zoom(Line& line, Trial low, Trial high, bool& wolfe);

  std::vector<double> point_;     // (n) of the last trial
  std::vector<double> gradient_;  // (n) of the last trial
};

}  // namespace descent::optim
