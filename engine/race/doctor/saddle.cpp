// SPDX-License-Identifier: MIT
// Runs at a saddle or a maximum, see doctor.h. Whether a run stays is seen from the slope along the eigenvector v of
// the most negative curvature: with f ≈ f₀ + ½ Σ λᵢ zᵢ² descent, z ← (1 − ηλ) z, drives a run away along v, and |v·∇f|
// = |λz| grows by the same factor from step to step, however small it is. Where it does not grow the run is held: it
// has no such slope, as on an axis of symmetry, or its method solves ∇f = 0 and leads it there (Dauphin et al.,
// "Identifying and attacking the saddle point problem in high-dimensional non-convex optimization", NeurIPS 2014,
// section 3).
#include "engine/race/doctor/saddle.h"

#include <cmath>

namespace descent::race {
namespace {

constexpr double kNegligibleCurvature = 1e-8;  // share of the larger |curvature|
constexpr double kVanishingGradient = 0.005;   // share of the mean slope

using surfaces::LocalModel;
using surfaces::Surface;

bool falls_one_way(const LocalModel& head) {
  return head.eigenvalues[0] < -kNegligibleCurvature * std::abs(head.eigenvalues[1]);
}

double slope_down(const LocalModel& head, surfaces::Point gradient) {
  return std::abs(head.eigenvectors[0] * gradient[0] + head.eigenvectors[1] * gradient[1]);
}

// The gradient kTurns steps ago.
surfaces::Point former_gradient(const Surface& surface, const Record& record) {
  return gradient_at(surface, record.at(record.steps() - kTurns));
}

bool comes_nearer(const Surface& surface, const Record& record, const LocalModel& head) {
  return norm(head.gradient) < norm(former_gradient(surface, record));
}

// leaves() says whether the slope down grows so fast that it will no longer be small in kTrial steps.
bool leaves(const Surface& surface, const Record& record, const LocalModel& head, double limit) {
  const double now = slope_down(head, head.gradient);
  const double grown = now / slope_down(head, former_gradient(surface, record));
  return grown > 1 && now * std::pow(grown, static_cast<double>(kTrial) / kTurns) > limit;
}

bool stays(const Surface& surface, const Runner& run, const LocalModel& head, const Record& record, double limit,
           std::int64_t since) {
  const std::int64_t last = record.steps();
  if (run.noisy() || run.status() == RunStatus::converged || last - since + 1 < kRest) return false;
  for (std::int64_t k = last - kRest + 1; k <= last; ++k)
    if (held_back(run, k)) return false;
  return !leaves(surface, record, head, limit);
}

}  // namespace

Diagnosis find_saddle(const Surface& surface, const SurfaceScale& scale, const Runner& run, const LocalModel& head) {
  if (!falls_one_way(head)) return {};
  const Record record(run);
  const double slope = norm(head.gradient);
  const double limit = kSmallGradient * mean_slope(scale, head.value);
  const bool ended = run.status() == RunStatus::converged;
  if (!ended && (record.steps() < kTurns || slope > limit || !near_stationary(scale, head) ||
                 !comes_nearer(surface, record, head)))
    return {};
  Diagnosis found;
  found.since_step = small_since(surface, record, limit);
  found.lasting = stays(surface, run, head, record, limit, found.since_step);
  if (!ended && !found.lasting && slope > kVanishingGradient * mean_slope(scale, head.value)) return {};
  found.kind = DiagnosisKind::saddle;
  found.facts = NearSaddle{.converged = ended,
                           .maximum = !(head.eigenvalues[1] > 0),
                           .gradient_norm = slope,
                           .curvature = head.eigenvalues[0],
                           .direction = {head.eigenvectors[0], head.eigenvectors[1]}};
  return found;
}

bool passes_saddle(const Surface& surface, const SurfaceScale& scale, const Record& record, const LocalModel& head) {
  if (!falls_one_way(head) || !near_stationary(scale, head)) return false;
  return comes_nearer(surface, record, head) ||
         leaves(surface, record, head, kSmallGradient * mean_slope(scale, head.value));
}

}  // namespace descent::race
