// SPDX-License-Identifier: MIT
#include "engine/core/objective.h"

#include "engine/core/check.h"

namespace descent::core {

double Objective::evaluate_hessian(std::span<const double> x, std::span<double> gradient,
                                   std::span<double> /*hessian*/) const {
  DESCENT_ASSERT(has_hessian());
  return evaluate(x, gradient);
}

}  // namespace descent::core
