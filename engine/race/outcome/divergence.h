// SPDX-License-Identifier: MIT
// Finds why a run on a surface diverged, in numbers. Where a stability bound is known (2/λmax for gradient descent,
// 2(1+β)/λmax for heavy ball, see optim::stability_bound) it is evaluated along the path: a rate above the bound on a
// stretch that reaches the end is the reason, and the bound is reported at the step where that stretch began. A run
// that steps over an edge of where f is defined (log, sqrt, …) has left f's domain.
#pragma once

#include <span>
#include <string_view>

#include "engine/race/outcome/divergence_report.h"
#include "engine/surfaces/surface.h"

namespace descent::race {

struct DivergedRun {
  const surfaces::Surface* surface = nullptr;
  std::string_view optimizer;
  std::span<const double> hyperparameters;
  std::span<const double> points;          // (n + 1, 2), all finite
  std::span<const double> losses;          // (n + 1)
  std::span<const double> learning_rates;  // (n + 1): the rate each point was left with, the failing step's last
  Breakdown breakdown = Breakdown::none;
  surfaces::Point failed{};  // where the failing step led
};

// far_limit() says how far from the origin a run may go: 1e6 times the domain's largest coordinate (at least 1).
[[nodiscard]] double far_limit(const surfaces::Domain& domain);

[[nodiscard]] DivergenceReport explain_divergence(const DivergedRun& run);

}  // namespace descent::race
