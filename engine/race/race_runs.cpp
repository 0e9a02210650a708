// SPDX-License-Identifier: MIT
// The race's runs that are put aside, see Race::hold() and Race::go_to(): what has been left can be had back with every
// step of its record, without computing any of it again.
#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/race/race_impl.h"

namespace descent::race {
namespace {

constexpr std::size_t kMostAside = 4;
constexpr std::size_t kMostBytes = 24000000;  // of all that is put aside: a quarter of what a race may take

std::size_t bytes_of(const RaceRun& run) {
  std::size_t bytes = 0;
  for (const RaceEntry& entry : run.entries)
    bytes += static_cast<std::size_t>(entry.runner.recorded()) * entry.runner.bytes_per_step();
  return bytes;
}

}  // namespace

void Race::hold(std::uint64_t run) {
  if (run == impl_->number) impl_->held = true;
}

core::Status Race::go_to(std::uint64_t run, const RaceConfig& config) {
  Impl& race = *impl_;
  const bool there = race.bring_back(run);
  core::Status status = race.change_to(config);
  if (status.ok() && !there) status = core::Error{"the settings are back; the race from before is not kept any more"};
  return race.refuse(std::move(status));
}

// The steps of the present run are about to be left behind. What nobody holds is a step of a drag, for instance.
void Race::Impl::leave_run() {
  if (recorded() == 0) return;
  if (held) put_aside();
  number = ++runs;
  held = false;
}

// The runners are away from here afterwards: the caller gives the race another run. The oldest make room.
void Race::Impl::put_aside() {
  const std::size_t bytes = bytes_of(*this);
  if (bytes > kMostBytes) return;
  const auto taken = [this] {
    return std::accumulate(aside.begin(), aside.end(), std::size_t{0},
                           [](std::size_t sum, const RaceRun& run) { return sum + bytes_of(run); });
  };
  while (!aside.empty() && (aside.size() >= kMostAside || taken() + bytes > kMostBytes)) aside.erase(aside.begin());
  RaceRun left{.number = number,
               .held = true,
               .config = config,
               .surface = surface,
               .minima = minima,
               .scale = scale,
               .finish = finish};
  left.entries = std::exchange(entries, {});
  left.tuning = tuning;
  left.untuned = untuned;
  aside.push_back(std::move(left));
}

// False when the run is neither the present one nor kept.
bool Race::Impl::bring_back(std::uint64_t run) {
  if (run == number) return true;
  const auto found =
      std::find_if(aside.begin(), aside.end(), [run](const RaceRun& kept) { return kept.number == run; });
  if (found == aside.end()) return false;
  RaceRun back = std::move(*found);
  aside.erase(found);
  put_aside();
  static_cast<RaceRun&>(*this) = std::move(back);
  forget_preview();
  change_speed(config.steps_per_second);
  playing = false;
  ++config_version;
  share_memory();
  return true;
}

// changes_live() says whether the present run can become `wanted` and go on.
bool Race::Impl::changes_live(const RaceConfig& wanted) const {
  const std::size_t count = wanted.runners.size();
  if (count > entries.size()) return false;
  RaceConfig rest = played_like_this(wanted);
  for (std::size_t i = 0; i < count; ++i) static_cast<RunnerSettings&>(rest.runners[i]) = config.runners[i].settings();
  RaceConfig present = config;
  present.runners.resize(count);
  return rest == present;
}

core::Status Race::Impl::change_to(const RaceConfig& wanted) {
  if (wanted == config) return {};
  if (!changes_live(wanted)) return accept(wanted);
  const std::size_t count = wanted.runners.size();
  if (count < entries.size()) {
    entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(count), entries.end());
    config.runners.resize(count);
    tuning = {};
    share_memory();
  }
  for (std::size_t i = 0; i < count; ++i) {
    const RunnerSettings& settings = wanted.runners[i].settings();
    if (settings == config.runners[i].settings()) continue;
    const auto set = [&settings](Runner& run) { return run.change(settings); };
    if (core::Status status = change(static_cast<int>(i), set); !status.ok()) return status;
  }
  change_speed(wanted.steps_per_second);
  change_freezing(wanted.freeze);
  return {};
}

}  // namespace descent::race
