// SPDX-License-Identifier: MIT
// Writes what the scripting interface answers, as text: the catalogs (they do not change while the program runs), the
// status of the race and of the network, and the race's table as CSV. Numbers that are not finite become null.
#pragma once

#include <string>

#include "engine/race/race.h"
#include "engine/training/trainer.h"

namespace descent::script {

// [{name, title, formula, reference, lesson, kinks, domain: [x0, x1, y0, y1], start, minima: [{point, value}],
// parameters}]
[[nodiscard]] std::string surfaces_json();
// [{name, title, formula, reference, summary, needs, parameters: [{name, default, min, max, log, integer, doc, …}]}]
[[nodiscard]] std::string optimizers_json();
// [{name, title, formula, reference, summary, parameters}]
[[nodiscard]] std::string schedules_json();
// [{name, title, formula, doc, parameters}]
[[nodiscard]] std::string layers_json();
// [{name, title, generated}], in the order of preference
[[nodiscard]] std::string datasets_json();

[[nodiscard]] std::string race_status_json(const race::RaceSnapshot& snapshot);
[[nodiscard]] std::string network_status_json(const training::TrainerSnapshot& snapshot);

// One line a point: slot, optimizer, step, x, y, loss.
[[nodiscard]] std::string race_csv(const race::RaceSnapshot& snapshot);

}  // namespace descent::script
