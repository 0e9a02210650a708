// SPDX-License-Identifier: MIT
#include "engine/race/outcome/standings.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace descent::race {
namespace {

// Smaller is better: the class of a run, and what counts within it.
std::pair<int, double> rank_of(const RunnerSnapshot& run) {
  const auto* report = std::get_if<DivergenceReport>(&run.end.reason);
  const double loss = run.losses.empty() ? 0 : run.losses.back();
  if (report != nullptr && !report->bottomless) return {2, loss};
  if (run.arrival.arrived()) return {0, static_cast<double>(run.arrival.step)};
  return {1, loss};
}

}  // namespace

void rank(RaceSnapshot& race) {
  race.first = -1;
  for (RunnerSnapshot& run : race.runners) {
    const auto own = rank_of(run);
    run.place = 1;
    for (const RunnerSnapshot& other : race.runners) run.place += rank_of(other) < own ? 1 : 0;
  }
  for (std::size_t i = race.runners.size(); i-- > 0;) {
    const Arrival& arrival = race.runners[i].arrival;
    const bool earlier =
        race.first < 0 || arrival.step <= race.runners[static_cast<std::size_t>(race.first)].arrival.step;
    if (arrival.arrived() && earlier) race.first = static_cast<int>(i);
  }
}

std::vector<std::size_t> by_place(const RaceSnapshot& race) {
  std::vector<std::size_t> order(race.runners.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&race](std::size_t a, std::size_t b) {
    return std::pair(race.runners[a].place, a) < std::pair(race.runners[b].place, b);
  });
  return order;
}

}  // namespace descent::race
