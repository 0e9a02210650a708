// SPDX-License-Identifier: MIT
// Makes what the doctor offers: learning rates and pushes, tried out on branches of the run.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/race/doctor/run_record.h"

namespace descent::race {
namespace {

constexpr int kHalvings = 10;  // below the bound: what works at a thousandth of it only is no answer
constexpr double kUnbounded = std::numeric_limits<double>::infinity();
constexpr int kAfterSuccess = 3;  // smaller rates tried beyond the first that works: the largest is seldom the best
constexpr std::array kRaises{3.0, 10.0, 30.0, 100.0, 300.0, 1000.0};
constexpr double kWorthwhile = 10;                    // times what the stalled run gained
constexpr std::array kPushes{0.001, 0.01, 0.1, 0.2};  // of the extent

struct Trial {
  double loss = 0;
  std::int64_t steps = 0;
};

// A branch with this rate; nothing when it diverges, oscillates or cannot be made.
std::optional<Trial> try_rate(const surfaces::Surface& surface, const SurfaceScale& scale, const Runner& run,
                              std::int64_t from, double rate) {
  std::vector<double> hyperparameters = run.config().hyperparameters;
  hyperparameters[0] = rate;
  auto branch = run.branch(from, hyperparameters, run.config().slot);
  if (!branch.ok()) return {};
  for (std::int64_t i = 0; i < kTrial && branch->can_step(); ++i) branch->step();
  if (branch->status() == RunStatus::diverged || branch->steps() == from) return {};
  const Diagnosis after = examine(surface, scale, *branch, surfaces::local_model(surface, branch->point()));
  if (after.kind == DiagnosisKind::oscillating) return {};
  return Trial{branch->losses().back(), branch->steps() - from};
}

void offer(Diagnosis& diagnosis, double rate, const Trial& trial) {
  diagnosis.proposed_learning_rate = rate;
  diagnosis.trial_loss = trial.loss;
  diagnosis.trial_steps = trial.steps;
}

// The hyper-parameters that were in force in the first bad step.
std::span<const double> settings_then(const Runner& run, const Diagnosis& diagnosis) {
  if (diagnosis.since_step < 1 || diagnosis.since_step > run.recorded()) return run.config().hyperparameters;
  return run.settings_of(diagnosis.since_step);
}

// The bound where the trouble began; infinite when none is known there.
double bound_then(const surfaces::Surface& surface, const Runner& run, const Diagnosis& diagnosis, std::int64_t from) {
  const surfaces::LocalModel model = surfaces::local_model(surface, Record(run).at(from));
  const optim::StabilityBound bound =
      optim::stability_bound(run.config().optimizer, settings_then(run, diagnosis), model.eigenvalues[1]);
  return bound.known && bound.learning_rate > 0 ? bound.learning_rate : kUnbounded;
}

void try_smaller(const surfaces::Surface& surface, const SurfaceScale& scale, const Runner& run, Diagnosis& diagnosis) {
  const std::int64_t from = std::max<std::int64_t>(diagnosis.since_step - 1, 0);
  diagnosis.proposed_step = from;
  const std::span<const double> losses = run.losses();
  const double before = losses[static_cast<std::size_t>(std::min<std::int64_t>(from, run.steps()))];
  double rate = settings_then(run, diagnosis)[0];
  // A larger one may go well for a while, but would contradict what is said of the bound.
  const double bound = bound_then(surface, run, diagnosis, from);
  while (0.5 * rate > bound) rate *= 0.5;
  int left = kAfterSuccess;
  for (int i = 0; i < kHalvings && left > 0; ++i) {
    rate *= 0.5;
    const std::optional<Trial> trial = try_rate(surface, scale, run, from, rate);
    const bool worked = trial && trial->loss < before;
    const bool first = std::isnan(diagnosis.proposed_learning_rate);
    if (!first) --left;
    if (worked && (first || trial->loss < diagnosis.trial_loss)) offer(diagnosis, rate, *trial);
  }
}

void try_larger(const surfaces::Surface& surface, const SurfaceScale& scale, const Runner& run, Diagnosis& diagnosis) {
  const std::int64_t from = run.steps();
  diagnosis.proposed_step = from;
  const std::span<const double> losses = run.losses();
  const double gained = std::abs(losses[losses.size() - 1 - static_cast<std::size_t>(kPlateau)] - losses.back());
  for (const double factor : kRaises) {
    const double rate = run.config().hyperparameters[0] * factor;
    const std::optional<Trial> trial = try_rate(surface, scale, run, from, rate);
    if (!trial || !(trial->loss < losses.back() - kWorthwhile * gained)) continue;
    const bool first = std::isnan(diagnosis.proposed_learning_rate);
    if (first || trial->loss < diagnosis.trial_loss) offer(diagnosis, rate, *trial);
  }
}

// A branch that is pushed where the run stands; nothing unless it then goes on down by itself.
std::optional<Trial> try_push(const surfaces::Surface& surface, const SurfaceScale& scale, const Runner& run,
                              surfaces::Point by) {
  const std::int64_t from = run.steps();
  const surfaces::Point there{run.point()[0] + by[0], run.point()[1] + by[1]};
  const double before = run.losses().back();
  surfaces::Point gradient{};
  const double pushed = surface.evaluate(there, gradient);
  auto branch = run.branch(from, run.config().hyperparameters, run.config().slot);
  if (!branch.ok()) return {};
  branch->push(by);
  for (std::int64_t i = 1; i < kTrial && branch->can_step(); ++i) branch->step();
  // Where a surface falls for ever, running out of it is the way down.
  if (branch->steps() == from || (branch->status() == RunStatus::diverged && !branch->divergence().bottomless))
    return {};
  const double end = branch->losses().back();
  const surfaces::LocalModel head = surfaces::local_model(surface, branch->point());
  const bool settled = head.eigenvalues[0] > 0 && near_stationary(scale, head);
  if (!(end < pushed && pushed < before) || (!settled && pushed - end < before - pushed)) return {};
  if (branch->status() == RunStatus::converged && !settled) return {};  // at the next saddle
  return Trial{end, branch->steps() - from};
}

void try_pushes(const surfaces::Surface& surface, const SurfaceScale& scale, const Runner& run,
                const surfaces::LocalModel& head, Diagnosis& diagnosis) {
  for (const double length : kPushes) {
    for (const double sign : {1.0, -1.0}) {
      const double size = sign * length * scale.extent;
      const surfaces::Point by{size * head.eigenvectors[0], size * head.eigenvectors[1]};
      const std::optional<Trial> trial = try_push(surface, scale, run, by);
      if (!trial || (diagnosis.offers() && !(trial->loss < diagnosis.trial_loss))) continue;
      diagnosis.proposed_push = by;
      diagnosis.trial_loss = trial->loss;
      diagnosis.trial_steps = trial->steps;
    }
    if (diagnosis.offers()) break;
  }
  diagnosis.proposed_step = run.steps();
}

}  // namespace

void propose(const surfaces::Surface& surface, const SurfaceScale& scale, const Runner& run, Diagnosis& diagnosis) {
  switch (diagnosis.kind) {
    case DiagnosisKind::none:
      return;
    case DiagnosisKind::saddle:
      if (!diagnosis.lasting && run.status() != RunStatus::converged) return;
      return try_pushes(surface, scale, run, surfaces::local_model(surface, run.point()), diagnosis);
    case DiagnosisKind::diverged:
    case DiagnosisKind::left_domain:
      if (run.divergence().bottomless) return;
      return try_smaller(surface, scale, run, diagnosis);
    case DiagnosisKind::oscillating:
      return try_smaller(surface, scale, run, diagnosis);
    case DiagnosisKind::stalled:
      return try_larger(surface, scale, run, diagnosis);
  }
}

}  // namespace descent::race
