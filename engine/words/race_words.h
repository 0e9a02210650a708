// SPDX-License-Identifier: MIT
// Says of a whole race who arrived first and how it ended, and of its surface that it has no minimum.
#pragma once

#include <string>

#include "engine/race/race.h"
#include "engine/race/runner_names.h"

namespace descent::words {

// "Momentum arrives first, after 45 steps."; once the race is over also that nobody arrived. Empty as long as nothing
// is decided.
[[nodiscard]] std::string outcome(const race::RaceSnapshot& race, race::Naming naming = race::Naming::by_difference);

// Why the run that is first arrived before the next one that has not diverged: how far each went, in how many steps of
// which mean length (steps × mean length = way), and what lies behind the one that decided. Of a run that has not
// arrived those so far. Empty as long as there are no two to compare.
[[nodiscard]] std::string reason(const race::RaceSnapshot& race, race::Naming naming = race::Naming::by_difference);

// "This surface has no minimum: it falls for ever."; empty of a surface that has one, or where nothing is known.
[[nodiscard]] std::string missing_minimum(const race::RaceSnapshot& race);

}  // namespace descent::words
