// SPDX-License-Identifier: MIT
// The loss at a point of a plane of weights, with its exact slope and curvature in the plane.
#pragma once

#include <array>

#include "engine/inspect/loss/plane.h"
#include "engine/inspect/loss/subset_loss.h"
#include "engine/parallel/thread_pool.h"

namespace descent::inspect {

struct PlanePoint {
  double value = 0;
  std::array<double, 2> gradient{};  // ∂/∂a, ∂/∂b
  std::array<double, 3> hessian{};  // ∂²/∂a², ∂²/∂a∂b, ∂²/∂b²; of the smooth piece (tangent.h); zeros unless asked for
};

// Makes as much as is asked for: one pass for the value, one for value and gradient, three with the Hessian. loss: of
// the plane's network; its weights become the point's.
enum class PlaneWish { value, gradient, hessian };
template <class T>
[[nodiscard]] PlanePoint plane_point(SubsetLoss<T>& loss, const Plane& plane, double a, double b, PlaneWish wish,
                                     parallel::ThreadPool& pool);

}  // namespace descent::inspect
