// SPDX-License-Identifier: MIT
// The order of the runs of a race: first those that have arrived (finish.h), by the step at which they did; then the
// others, by their loss; last those that have diverged. A run that falls for ever down a surface without a minimum has
// not gone wrong, and stands among the others. Runs that are level share a place.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/race/race.h"

namespace descent::race {

// Fills in the places of the runs, and which of them arrived first.
void rank(RaceSnapshot& race);

// The indices of the runs by their places; runs that share one in the order of the race.
[[nodiscard]] std::vector<std::size_t> by_place(const RaceSnapshot& race);

}  // namespace descent::race
