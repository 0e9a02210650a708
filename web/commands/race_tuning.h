// SPDX-License-Identifier: MIT
// Tuning the race: the route of the page's button and of descent.race.tune().
#pragma once

#include <cstdint>
#include <functional>

#include "engine/core/result.h"
#include "web/workers/host.h"

namespace descent::web {

// Finds the best learning rate of each optimizer of the race, under `budget` gradients a run (0: the race's own), and
// applies them; the race's snapshot then reports them (RaceSnapshot::tuning), and SurveyorSnapshot::tuning says how far
// it is. `ticket` names the request for Surveyor::withdraw(). `done` runs on a worker's thread: with the report once
// the snapshot shows it, or with the sentence that says why the rates are as they were.
void tune_race(Host& host, std::int64_t budget, std::int64_t ticket,
               std::function<void(const core::Result<race::TuningReport>&)> done);

}  // namespace descent::web
