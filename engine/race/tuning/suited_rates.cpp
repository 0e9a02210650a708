// SPDX-License-Identifier: MIT
#include "engine/race/tuning/suited_rates.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace descent::race {
namespace {

constexpr std::int64_t kLook = 20;     // steps between two looks of the doctor
constexpr double kBeyond = 0.25;       // of the extent: how far a run may leave the domain
constexpr double kLeap = 0.3;          // of the extent: the longest step of a run that can be followed
constexpr double kNearlyAsLow = 1e-3;  // of the way from the start's loss to the lowest

// A run with one of the rates; no losses: it was out.
struct Try {
  std::vector<double> losses;
  bool passed = false;
  std::int64_t evaluations = 0;
};

bool followable(const surfaces::Domain& domain, double extent, const Runner& run) {
  const std::span<const double> points = run.points();
  const double x = points[points.size() - 2], y = points[points.size() - 1];
  const double beyond = kBeyond * extent;
  const double leap = std::hypot(x - points[points.size() - 4], y - points[points.size() - 3]);
  return x > domain.x0 - beyond && x < domain.x1 + beyond && y > domain.y0 - beyond && y < domain.y1 + beyond &&
         leap <= kLeap * extent;
}

Try attempt(const surfaces::Surface& surface, const SurfaceScale& scale, const RunnerConfig& runner,
            const Environment& environment, surfaces::Point start) {
  Try result;
  auto run = Runner::make(surface, runner, environment, start, {.keep_states = false, .max_steps = environment.budget});
  if (!run.ok()) return result;
  bool good = true;
  while (good && run->can_step() && run->steps() < environment.budget) {
    const std::int64_t before = run->steps();
    run->step();
    if (run->steps() == before) break;
    good = followable(surface.info().domain, scale.extent, *run);
    if (good && run->steps() % kLook == 0 && run->can_step())
      good = !examine(surface, scale, *run, surfaces::local_model(surface, run->point())).lasting;
  }
  result.passed = good && run->status() != RunStatus::diverged;
  result.evaluations = run->gradient_evaluations();
  result.losses.assign(run->losses().begin(), run->losses().end());
  return result;
}

// The first step from which on the loss stays at `goal` or below; -1: never.
std::int64_t settled_at(const std::vector<double>& losses, double goal) {
  std::int64_t at = static_cast<std::int64_t>(losses.size());
  while (at > 0 && losses[static_cast<std::size_t>(at) - 1] <= goal) --at;
  return at < static_cast<std::int64_t>(losses.size()) ? at : -1;
}

}  // namespace

std::int64_t suited_budget(std::size_t optimizers) {
  const auto most = kSuitedGradients / (kSuitedRates * static_cast<std::int64_t>(std::max<std::size_t>(optimizers, 1)));
  return std::min(most, kSuitedSteps);
}

TunedRate kept_rate(const RunnerConfig& runner) {
  TunedRate kept;
  kept.slot = runner.slot;
  kept.optimizer = runner.optimizer;
  kept.former_rate = runner.hyperparameters[0];
  kept.learning_rate = kept.loss = std::numeric_limits<double>::quiet_NaN();
  return kept;
}

TunedRate suited_rate(const surfaces::Surface& surface, const SurfaceScale& scale, const RunnerConfig& runner,
                      const Environment& environment, surfaces::Point start) {
  TunedRate found = kept_rate(runner);
  RunnerConfig tried = runner;
  tried.earlier.clear();
  std::array<Try, kSuitedRates> tries;
  const auto rate = [](std::size_t i) {
    return kSuitedMin * std::pow(kSuitedMax / kSuitedMin, static_cast<double>(i) / (kSuitedRates - 1));
  };
  double lowest = std::numeric_limits<double>::infinity();
  for (std::size_t i = tries.size(); i-- > 0;) {
    tried.hyperparameters[0] = rate(i);
    tries[i] = attempt(surface, scale, tried, environment, start);
    found.evaluations += tries[i].evaluations;
    ++found.runs;
  }
  const auto good = [&](std::size_t i) { return tries[i].passed && (i + 1 == tries.size() || tries[i + 1].passed); };
  for (std::size_t i = 0; i < tries.size(); ++i)
    if (good(i)) lowest = std::min(lowest, tries[i].losses.back());
  std::int64_t first = std::numeric_limits<std::int64_t>::max();
  for (std::size_t i = 0; i < tries.size(); ++i) {
    if (!good(i)) continue;
    const std::int64_t at = settled_at(tries[i].losses, lowest + kNearlyAsLow * (tries[i].losses[0] - lowest));
    if (at < 0 || at >= first) continue;
    first = at;
    found.learning_rate = rate(i);
    found.loss = tries[i].losses.back();
    found.at_edge = i == 0 || i + 1 == tries.size();
  }
  return found;
}

}  // namespace descent::race
