// SPDX-License-Identifier: MIT
#include "engine/race/conditions.h"

#include <utility>

#include "engine/core/number_check.h"
#include "engine/core/number_text.h"

namespace descent::race {

core::Status check_environment(const Environment& environment) {
  if (core::Status status = core::check_whole("schedule_steps", environment.schedule_steps, 1, kMaxDescentSteps);
      !status.ok())
    return status;
  if (!(environment.noise >= 0 && environment.noise <= kMaxNoise))
    return core::range_error("noise", core::format_number(environment.noise), 0,
                             core::grouped(static_cast<std::int64_t>(kMaxNoise)));
  if (core::Status status = core::check_seed(environment.seed); !status.ok()) return status;
  return core::check_whole("budget", environment.budget, 0, kMaxBudget);
}

core::Result<Conditions> make_conditions(const RunnerConfig& runner, const Environment& environment) {
  auto schedule = optim::Schedule::make(runner.schedule, runner.schedule_parameters);
  if (!schedule.ok()) return schedule.error();
  return Conditions{std::move(schedule).value(), environment.schedule_steps,
                    optim::GradientNoise(environment.seed, environment.noise), environment.budget};
}

}  // namespace descent::race
