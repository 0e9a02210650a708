// SPDX-License-Identifier: MIT
// Tuning for the page's panels: the same route as descent.race.tune().
#pragma once

#include <cstdint>

#include "web/host.h"

namespace descent::web::bridge {

// Finds the best learning rate of each optimizer of the race under `budget` gradient evaluations a run (0: the race's
// own) and applies them; the race's snapshot then reports them (RaceSnapshot::tuning). Refusals appear as a toast.
void tune_race(Host& host, std::int64_t budget);

}  // namespace descent::web::bridge
