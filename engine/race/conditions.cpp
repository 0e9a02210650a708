// SPDX-License-Identifier: MIT
#include "engine/race/conditions.h"
#include "engine/core/rng.h"

#include <string>
#include <utility>

#include "engine/core/number_text.h"

namespace descent::race {
namespace {

core::Status check_count(std::string_view name, std::int64_t value, std::int64_t minimum, std::int64_t maximum) {
  if (value >= minimum && value <= maximum) return {};
  return core::Error{std::string(name) + " is " + std::to_string(value) + "; it must be between " +
                     core::grouped(minimum) + " and " + core::grouped(maximum)};
}

}  // namespace

core::Status check_environment(const Environment& environment) {
  if (core::Status status = check_count("schedule_steps", environment.schedule_steps, 1, kMaxDescentSteps);
      !status.ok())
    return status;
  if (!(environment.noise >= 0 && environment.noise <= kMaxNoise))
    return core::Error{"noise is " + core::format_number(environment.noise) + "; it must be between 0 and " +
                       core::grouped(static_cast<std::int64_t>(kMaxNoise))};
  if (environment.seed > core::kMaxSeed)
    return core::Error{"seed is " + std::to_string(environment.seed) + "; it must be below 2^53"};
  return check_count("budget", environment.budget, 0, kMaxBudget);
}

core::Result<Conditions> make_conditions(const RunnerConfig& runner, const Environment& environment) {
  auto schedule = optim::Schedule::make(runner.schedule, runner.schedule_parameters);
  if (!schedule.ok()) return schedule.error();
  return Conditions{std::move(schedule).value(), environment.schedule_steps,
                    optim::GradientNoise(environment.seed, environment.noise), environment.budget};
}

}  // namespace descent::race
