// SPDX-License-Identifier: MIT
#include "engine/words/race_words.h"

#include <cstdint>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"

namespace descent::words {

std::string outcome(const race::RaceSnapshot& race, race::Naming naming) {
  if (race.first < 0) {
    if (!race.over || !race.finish.known()) return {};
    return race.runners.size() == 1 ? "The run has ended before it arrived at the lowest minimum."
                                    : "The race is over: no run has arrived at the lowest minimum.";
  }
  const auto first = static_cast<std::size_t>(race.first);
  const std::int64_t step = race.runners[first].arrival.step;
  std::string names = race::runner_name(race, first, naming).full();
  bool several = false;
  for (std::size_t i = first + 1; i < race.runners.size(); ++i) {
    if (race.runners[i].arrival.step != step) continue;
    names += " and " + race::runner_name(race, i, naming).full();
    several = true;
  }
  const std::string after = step == 1 ? "1 step" : core::fill("{} steps", core::grouped(step));
  if (race.runners.size() == 1) return core::fill("{} arrives after {}.", names, after);
  return several ? core::fill("{} arrive first, after {}.", names, after)
                 : core::fill("{} arrives first, after {}.", names, after);
}

std::string missing_minimum(const race::RaceSnapshot& race) {
  if (!race.finish.bottomless) return {};
  return race.minima.empty() ? "This surface has no minimum: it falls for ever."
                             : "This surface has no lowest point: it falls for ever.";
}

}  // namespace descent::words
