// SPDX-License-Identifier: MIT
// A RaceConfig is what a race is made with; here are the limits of its numbers, too.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/race/run_settings.h"
#include "engine/surfaces/surface.h"

namespace descent::race {

inline constexpr std::int64_t kDefaultScheduleSteps = 200;
inline constexpr double kMaxNoise = 1e6;
inline constexpr std::int64_t kMaxBudget = 100000000;

// The base of configurations that choose a surface: the choice's fields are fields of their own.
struct OnSurface : surfaces::SurfaceChoice {
  [[nodiscard]] const surfaces::SurfaceChoice& surface_choice() const { return *this; }
  void set_surface(const surfaces::SurfaceChoice& choice) { surfaces::SurfaceChoice::operator=(choice); }
  friend bool operator==(const OnSurface&, const OnSurface&) = default;
};

// Empty parameter lists mean the defaults; an accepted configuration has them filled in. With another surface than a
// formula `expression` is empty and `domain` the default.
struct RaceConfig : OnSurface {
  RaceConfig() { surface = "rosenbrock"; }

  surfaces::Point start{};
  std::vector<RunnerConfig> runners;
  std::uint64_t seed = 1;
  double steps_per_second = 60;  // play speed
  double noise = 0;              // standard deviation of the noise on each gradient component, the same for all runners
  std::int64_t schedule_steps = kDefaultScheduleSteps;
  std::int64_t budget = 0;  // gradient evaluations for each runner; 0: no limit
  bool freeze = true;       // play() freezes runs that are in trouble
  friend bool operator==(const RaceConfig&, const RaceConfig&) = default;
};

inline constexpr int kMaxRunners = 16;
inline constexpr std::int64_t kMaxRaceSteps = 100000;
inline constexpr std::int64_t kMaxDescentSteps = 1000000;
inline constexpr double kMinRaceSpeed = 0.01;  // steps a second
inline constexpr double kMaxRaceSpeed = 100000;
inline constexpr double kMaxStart = 1e6;  // largest start coordinate

}  // namespace descent::race
