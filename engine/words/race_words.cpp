// SPDX-License-Identifier: MIT
#include "engine/words/race_words.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/optim/families.h"
#include "engine/race/outcome/standings.h"

namespace descent::words {
namespace {

// A run's way to where it arrived, or to where it stands.
struct Way {
  std::int64_t steps = 0;
  double length = 0;

  [[nodiscard]] double step() const { return length / static_cast<double>(steps); }
};

Way way_of(const race::RunnerSnapshot& runner) {
  Way way;
  way.steps = runner.arrival.arrived() ? runner.arrival.step : static_cast<std::int64_t>(runner.losses.size()) - 1;
  for (std::size_t k = 0; k < static_cast<std::size_t>(way.steps); ++k)
    way.length += std::hypot(runner.points[2 * k + 2] - runner.points[2 * k],
                             runner.points[2 * k + 3] - runner.points[2 * k + 1]);
  return way;
}

// A run that came in later than the first, or is still on its way.
bool is_behind(const race::RunnerSnapshot& runner, const race::RunnerSnapshot& first) {
  return runner.status != race::RunStatus::diverged && runner.arrival.step != first.arrival.step &&
         runner.losses.size() > 1;
}

constexpr double kDecides = 1.1;  // a ratio below it decides nothing

}  // namespace

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

std::string reason(const race::RaceSnapshot& race, race::Naming naming) {
  if (race.first < 0) return {};
  const auto winner = static_cast<std::size_t>(race.first);
  const race::RunnerSnapshot& first = race.runners[winner];
  std::size_t behind = winner;
  for (const std::size_t i : race::by_place(race)) {
    if (i == winner || !is_behind(race.runners[i], first)) continue;
    behind = i;
    break;
  }
  if (behind == winner || first.arrival.step < 1) return {};
  const race::RunnerSnapshot& second = race.runners[behind];
  const Way a = way_of(first), b = way_of(second);
  if (!(a.length > 0 && b.length > 0)) return {};
  const auto told = [](const Way& way) {
    return core::fill("{} in {} of {} on average", core::display_number(way.length, 3),
                      core::counted(static_cast<std::uint64_t>(way.steps), "step"),
                      core::display_number(way.step(), 3));
  };
  const std::string one = race::runner_name(race, winner, naming).full();
  const std::string other = race::runner_name(race, behind, naming).full();
  // The winner comes last, so that "it" is the winner.
  const std::string numbers = second.arrival.arrived()
                                  ? core::fill("{} went {}; {} went {}.", other, told(b), one, told(a))
                                  : core::fill("{} has gone {} so far; {} went {}.", other, told(b), one, told(a));
  const double faster = a.step() / b.step(), shorter = b.length / a.length;
  if (std::max(faster, shorter) < kDecides) return numbers;
  if (shorter > faster) return core::fill("{} Its way is the shorter one.", numbers);
  if (first.config.optimizer == second.config.optimizer)
    return first.learning_rate > second.learning_rate ? core::fill("{} Its learning rate is the higher one.", numbers)
                                                      : numbers;
  const std::string_view reach = optim::reach_of(optim::family_of(first.config.optimizer));
  return reach.empty() ? numbers : core::fill("{} {}", numbers, reach);
}

std::string missing_minimum(const race::RaceSnapshot& race) {
  if (!race.finish.bottomless) return {};
  return race.minima.empty() ? "This surface has no minimum: it falls for ever."
                             : "This surface has no lowest point: it falls for ever.";
}

}  // namespace descent::words
