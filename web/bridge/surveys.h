// SPDX-License-Identifier: MIT
// Tuning for the page's panels: the same route as descent.race.tune().
#pragma once

#include <cstdint>

#include "web/state/host.h"

namespace descent::web::bridge {

// Finds the best learning rate of each optimizer of the race under the race's own budget and applies them; the race's
// snapshot then reports them (RaceSnapshot::tuning). ExplorerSnapshot::tuning says how far it is. Refusals appear as a
// toast.
void tune_race(Host& host);
// Ends it without a word; the rates stay as they are.
void cancel_tuning(Host& host);

}  // namespace descent::web::bridge
