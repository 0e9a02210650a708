// SPDX-License-Identifier: MIT
// Says what the local quadratic model says about a point, in the few words and numbers the view shows.
#pragma once

#include <string>

#include "engine/race/race.h"
#include "engine/surfaces/point_kind.h"

namespace descent::web {

// λmax / λmin by magnitude; infinite when one is zero, NaN when both are: without curvature there is none.
[[nodiscard]] double condition_number(const surfaces::LocalModel& model);

// The point is on the race's surface, whose domain says what is near.
[[nodiscard]] surfaces::PointKind kind_of_point(const race::RaceSnapshot& race, const surfaces::LocalModel& model);

// "minimum", "valley", …; slopes say how they curve: "slope, convex". Where the Hessian is zero:
// "flat, no curvature".
[[nodiscard]] std::string kind_words(surfaces::PointKind kind, const surfaces::LocalModel& model);

}  // namespace descent::web
