// SPDX-License-Identifier: MIT
// One step within what is left of a budget of evaluations. Methods that ask the objective themselves (line searches,
// Nelder-Mead, Newton's) do not know beforehand what a step costs: where it would cost more than is left, its result is
// the lowest point among those for which there was room.
#pragma once

#include <cstdint>
#include <span>

#include "engine/optim/optimizer.h"
#include "engine/race/conditions.h"
#include "engine/surfaces/surface.h"

namespace descent::race {

// point: where the step begins and, after it, its result; gradient: (2), there. left: evaluations that the step may
// cost, the one of its result, which is the caller's, included: at least 1, or kNoBudget. A step that was cut short has
// not stalled.
[[nodiscard]] optim::StepReport step_within(optim::Optimizer<double>& optimizer, surfaces::Point& point,
                                            std::span<const double> gradient, const optim::StepContext& context,
                                            std::int64_t left);

}  // namespace descent::race
