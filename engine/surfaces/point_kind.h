// SPDX-License-Identifier: MIT
// Tells what kind of point a local model describes, and where a step from it would lead. Everything is judged along the
// Hessian's axes vₖ with curvatures λₖ and slopes gₖ = vₖᵀ∇f:
//   flat axis      |λₖ| ≤ 10⁻⁶ max |λ|
//   level axis     |gₖ| ≤ 10⁻³ length · max(|λₖ|, 10⁻⁶ max |λ|): the model's stationary point along vₖ is within a
//                  thousandth of `length`, the size of the surface's domain
//   stationary     both axes are level: minimum, maximum, saddle by the signs of λ; a flat axis beside a curved one
//                  makes a valley or a ridge; both flat (∇f = 0 and H = 0): flat
//   otherwise      valley where the steeper axis curves up, is level to ten times that distance (a hundredth of length:
//                  valleys bend) and is at least 10 times as curved as the other one; ridge where an axis curves down
//                  and is level in the same sense (the crest is underfoot); else slope
// Value and gradient finite, curvature not: kink. Other numbers that are not finite: unknown.
#pragma once

#include <string_view>

#include "engine/surfaces/surface.h"

namespace descent::surfaces {

enum class PointKind { unknown, minimum, maximum, saddle, flat, valley, ridge, slope, kink };

[[nodiscard]] std::string_view to_string(PointKind kind);  // "minimum", …
[[nodiscard]] std::string_view describe(PointKind kind);   // a sentence for the person at the page

// length: the larger side of the domain, > 0.
[[nodiscard]] PointKind point_kind(const LocalModel& model, double length);
[[nodiscard]] double domain_length(const Domain& domain);

// −H⁻¹∇f: to the stationary point of the model, be it a minimum or not. Not finite where H is singular.
[[nodiscard]] Point newton_step(const LocalModel& model);

}  // namespace descent::surfaces
