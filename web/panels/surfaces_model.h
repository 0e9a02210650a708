// SPDX-License-Identifier: MIT
// What the local quadratic model f + gᵀd + ½ dᵀHd says about a point, in the few words and numbers the view shows.
#pragma once

#include <optional>
#include <string_view>

#include "engine/surfaces/surface.h"

namespace descent::web {

// −H⁻¹g, surface units; empty where H is singular to rounding or anything is not finite.
[[nodiscard]] std::optional<surfaces::Point> newton_step(const surfaces::LocalModel& model);

// λmax / λmin by magnitude; infinite when one is zero.
[[nodiscard]] double condition_number(const surfaces::LocalModel& model);

// Newton's step is shorter than a thousandth of the view: a minimum, saddle or maximum is here.
[[nodiscard]] bool stationary(const surfaces::LocalModel& model, const surfaces::Domain& view);

// "minimum", "saddle point" or "maximum" where Newton's step is shorter than `near` (surface units); elsewhere the
// shape of the slope: "convex slope", "ridge or saddle slope", "concave slope". Empty where the model is not finite.
[[nodiscard]] std::string_view kind_of_point(const surfaces::LocalModel& model, const surfaces::Domain& view);

}  // namespace descent::web
