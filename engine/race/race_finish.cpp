// SPDX-License-Identifier: MIT
// Who has arrived, when the race is over, and what a run circles round: see finish.h and race.h.
#include <algorithm>

#include "engine/race/doctor/run_record.h"
#include "engine/race/race_impl.h"

namespace descent::race {
namespace {

constexpr double kAround = 0.02;  // of the extent: points so close to a minimum are at it

double distance(surfaces::Point a, surfaces::Point b) {
  return norm({a[0] - b[0], a[1] - b[1]});
}

}  // namespace

std::int64_t RaceEntry::arrival(const FinishLine& finish) {
  const std::span<const double> losses = runner.recorded_losses();
  if (searched_generation != generations.identity() || searched > losses.size()) {
    searched = 0;
    finished = -1;
    searched_generation = generations.identity();
  }
  for (; searched < losses.size() && finished < 0; ++searched)
    if (finish.reached(losses[searched])) finished = static_cast<std::int64_t>(searched);
  return finished <= runner.steps() ? finished : -1;
}

bool Race::Impl::over() {
  return !entries.empty() && std::all_of(entries.begin(), entries.end(), [this](RaceEntry& entry) {
    return !entry.runner.can_step() || entry.arrival(finish) >= 0;
  });
}

void Race::Impl::play_on() {
  const bool before = over();
  play_step();
  playing = can_step() && (before || !over());
}

Diagnosis Race::Impl::examine_run(RaceEntry& entry, const surfaces::LocalModel& head) const {
  Diagnosis found = examine(*surface, scale, entry.runner, head);
  if (found.kind == DiagnosisKind::oscillating) look_around(entry, found);
  return found;
}

void Race::Impl::look_around(RaceEntry& entry, Diagnosis& found) const {
  const auto* turning = std::get_if<Turning>(&found.facts);
  if (turning != nullptr && turning->growing) return;
  const Record record(entry.runner);
  const std::int64_t last = record.steps(), window = turning != nullptr ? kTurns : kCircle;
  const std::int64_t from = last - window + 1;
  surfaces::Point centre{};
  for (std::int64_t k = from; k <= last; ++k)
    for (std::size_t i = 0; i < 2; ++i) centre[i] += record.at(k)[i] / static_cast<double>(window);
  const auto stays_at = [&](surfaces::Point place) {
    for (std::int64_t k = from; k <= last; ++k)
      if (distance(record.at(k), place) > kAround * scale.extent) return false;
    return true;
  };
  // Listed minima first: Newton's method finds none at a kink.
  const auto& listed = minima.minima;
  const auto near = std::find_if(listed.begin(), listed.end(),
                                 [&](const surfaces::Minimum& minimum) { return stays_at(minimum.point); });
  std::optional<surfaces::Minimum> minimum;
  if (near != listed.end())
    minimum = *near;
  else if (stays_at(centre))
    minimum = surfaces::polish_minimum(*surface, centre);
  if (!minimum || !stays_at(minimum->point)) return;
  found.around.known = true;
  found.around.above = record.mean_loss(from, window) - minimum->value;
  if (!finish.known()) return;
  const bool best = finish.reached(minimum->value);
  found.around.above_best = best ? 0 : minimum->value - finish.lowest;
  found.at_goal = best && entry.arrival(finish) >= 0;
}

}  // namespace descent::race
