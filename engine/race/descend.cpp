// SPDX-License-Identifier: MIT
// descend(): one optimizer on one surface for exactly the steps asked for. Unlike the race it does not stop when the
// gradient vanishes or a line search stalls, so its points line up with any other implementation's, step by step.
#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "engine/core/number_check.h"
#include "engine/race/conditions.h"
#include "engine/race/descend.h"
#include "engine/race/race.h"
#include "engine/race/runner.h"
#include "engine/race/start_check.h"

namespace descent::race {
namespace {

// The last step that led to another point; 0 when none did.
std::int64_t moved_last(const Runner& runner) {
  const std::span<const double> points = runner.points();
  std::size_t k = points.size() / 2 - 1;
  while (k > 0 && points[2 * k] == points[2 * k - 2] && points[2 * k + 1] == points[2 * k - 1]) --k;
  return static_cast<std::int64_t>(k);
}

DescentResult finish(const Runner& runner) {
  DescentResult result;
  result.points.assign(runner.points().begin(), runner.points().end());
  result.losses.assign(runner.losses().begin(), runner.losses().end());
  result.steps = runner.steps();
  result.gradient_norm = runner.gradient_norm();
  result.note = runner.note();
  if (runner.status() == RunStatus::diverged) {
    result.status = RunStatus::diverged;
    result.divergence = runner.divergence();
    return result;
  }
  const bool converged = result.gradient_norm <= kConvergedGradientNorm;
  result.status = converged ? RunStatus::converged : RunStatus::stopped;
  if (const std::int64_t since = moved_last(runner); !converged && since < runner.steps())
    result.still_since = since + 1;
  return result;
}

}  // namespace

core::Result<DescentResult> descend(const DescentRequest& request) {
  if (core::Status status = core::check_whole("steps", request.steps, 0, kMaxDescentSteps); !status.ok())
    return status.error();
  auto surface = surfaces::make_surface(request.surface_choice());
  if (!surface.ok()) return surface.error();
  if (core::Status status = check_start(**surface, request.start); !status.ok()) return status.error();
  const RunnerOptions options{.keep_states = false, .stop_when_settled = false, .max_steps = kMaxDescentSteps};
  const RunnerConfig config{{request.hyperparameters, request.schedule, request.schedule_parameters},
                            request.optimizer};
  const Environment environment{std::max<std::int64_t>(request.steps, 1), request.noise, request.seed, 0};
  if (core::Status status = check_environment(environment); !status.ok()) return status.error();
  auto runner = Runner::make(**surface, config, environment, request.start, options);
  if (!runner.ok()) return runner.error();
  while (runner->can_step() && runner->steps() < request.steps) runner->step();
  return finish(*runner);
}

}  // namespace descent::race
