// SPDX-License-Identifier: MIT
// stability_bound: the largest stable learning rate on the local quadratic. For linear methods it is the catalog's
// closed form in λmax. For methods that divide the gradient by a diagonal P of their own, the step is the linear
// method's in the coordinates y = P^½ p, whose Hessian is P^−½ H P^−½ (Cohen et al., "Adaptive gradient methods at the
// edge of stability", arXiv:2207.14484 (2022), section 2). A mode of curvature λ flips its sign for ever where
//     −1 = 1 − ηw − ηλG,   that is   η = 2 / (w + λG)
// with w the decoupled weight decay and G the filter's gain at sign flips: 1 for the gradient itself, 1/(1+μ) for a
// velocity v ← μv + g, (1−β)/(1+β) for a running mean; this is 38/λ for Adam with β₁ = 0.9. It is exact for P held
// fixed. P changes with the gradients, so that a run may cross the bound for a while, and may be driven back below it.
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/check.h"
#include "engine/optim/optimizer.h"

namespace descent::optim {
namespace {

constexpr std::string_view kFrozenReference =
    "Cohen et al., Adaptive gradient methods at the edge of stability, arXiv:2207.14484 (2022)";

// Ascending eigenvalues of the symmetric matrix (a, b; b, c).
std::array<double, 2> eigenvalues(double a, double b, double c) {
  const double mean = 0.5 * (a + c);
  const double radius = std::hypot(0.5 * (a - c), b);
  return {mean - radius, mean + radius};
}

StabilityBound frozen_bound(const FrozenStep& step, std::span<const double> hessian) {
  const auto& [d0, d1] = step.divisors;
  if (!(d0 > 0 && d1 > 0)) return {};
  const double lambda = eigenvalues((hessian[0] + step.coupled_decay) / d0, hessian[1] / std::sqrt(d0 * d1),
                                    (hessian[3] + step.coupled_decay) / d1)[1];
  if (!(lambda > 0) || !std::isfinite(lambda)) return {};
  const double rate = step.decoupled_decay + lambda * step.gain;
  return {.known = true,
          .learning_rate = rate > 0 ? 2 / rate : std::numeric_limits<double>::infinity(),
          .formula = step.formula,
          .reference = kFrozenReference,
          .preconditioner = step.preconditioner,
          .approximate = true,
          .optimum = {}};
}

}  // namespace

StabilityBound stability_bound(std::string_view optimizer, std::span<const double> hyperparameters, double lambda_max) {
  const CatalogEntry* entry = find_optimizer(optimizer);
  if (entry == nullptr || entry->stability == nullptr) return {};
  if (!(lambda_max > 0) || !std::isfinite(lambda_max)) return {};
  if (hyperparameters.empty()) return entry->stability(core::default_values(entry->info->parameters), lambda_max);
  if (!core::check_params(optimizer, entry->info->parameters, hyperparameters).ok()) return {};
  return entry->stability(hyperparameters, lambda_max);
}

StabilityBound stability_bound(std::string_view optimizer, std::span<const double> hyperparameters,
                               std::span<const double> hessian, const RunState<double>& run) {
  DESCENT_ASSERT(hessian.size() == 4);
  const CatalogEntry* entry = find_optimizer(optimizer);
  if (entry == nullptr) return {};
  const std::vector<double> values = hyperparameters.empty()
                                         ? core::default_values(entry->info->parameters)
                                         : std::vector<double>(hyperparameters.begin(), hyperparameters.end());
  if (!core::check_params(optimizer, entry->info->parameters, values).ok()) return {};
  const auto [low, high] = eigenvalues(hessian[0], hessian[1], hessian[3]);
  StabilityBound bound = stability_bound(optimizer, values, high);
  if (!bound.known && entry->frozen_step != nullptr && run.gradient.size() == 2)
    bound = frozen_bound(entry->frozen_step(values, run), hessian);
  if (entry->optimum != nullptr && low > 0 && std::isfinite(high)) bound.optimum = entry->optimum(values, low, high);
  return bound;
}

}  // namespace descent::optim
