// SPDX-License-Identifier: MIT
// Finds what is wrong with a run, see doctor.h; what is offered is in trials.cpp.
#include "engine/race/doctor/doctor.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/race/doctor/saddle.h"

namespace descent::race {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kGrid = 16;       // samples across, for the surface's lowest value
constexpr double kStillMoving = 1e-6;   // share of the extent: smaller swings are rounding
constexpr double kShrunk = 0.8;         // late swings over early ones
constexpr double kGrowing = 1.01;       // a step over the one before
constexpr double kAround = 1.5;         // times the radius within which a run circles
constexpr double kForward = 0.1;        // way made over way gone
constexpr double kImproving = 0.05;     // share of the loss above the lowest that is gained while swinging
constexpr double kPlateauGain = 0.005;  // the same share on a plateau

using surfaces::LocalModel;
using surfaces::Point;
using surfaces::Surface;

// improves() says whether the loss above the lowest known one fell by more than `share` from the first `count` of the
// last `window` steps to the last `count`, in the mean and at its highest: a run that swings has its ups and downs.
bool improves(const Record& record, const SurfaceScale& scale, std::int64_t window, std::int64_t count, double share) {
  const std::int64_t early = record.steps() - window + 1;
  const std::int64_t late = record.steps() - count + 1;
  const auto fell = [&](double before, double after) {
    return before - after > share * (before - std::min(scale.lowest, after));
  };
  return fell(record.mean_loss(early, count), record.mean_loss(late, count)) &&
         fell(record.highest_loss(early, count), record.highest_loss(late, count));
}

// The eigenvector of the larger |curvature|.
std::size_t steepest(const LocalModel& model) {
  return std::abs(model.eigenvalues[0]) > std::abs(model.eigenvalues[1]) ? 0 : 1;
}

RateAndBound rate_and_bound(const Runner& run, const LocalModel& head) {
  const optim::StabilityBound bound =
      optim::stability_bound(run.config().optimizer, run.config().hyperparameters, head.eigenvalues[1]);
  return {run.learning_rate(), bound.known ? bound.learning_rate : kNaN, bound.formula};
}

Diagnosis turning(const SurfaceScale& scale, const Runner& run, const LocalModel& head, const Record& record) {
  if (record.steps() < kTurns) return {};
  const std::size_t axis = steepest(head);
  const double* v = &head.eigenvectors[2 * axis];
  const auto along = [&](std::int64_t k) {
    const Point d = record.step(k);
    return d[0] * v[0] + d[1] * v[1];
  };
  const auto swing = [&](std::int64_t from) {
    double sum = 0;
    for (std::int64_t k = from; k < from + 4; ++k) sum += std::abs(along(k));
    return sum / 4;
  };
  const std::int64_t last = record.steps();
  std::int64_t since = last;
  while (since > 1 && last - since < kFarthestBack && along(since) * along(since - 1) < 0) --since;
  if (last - since + 1 < kTurns) return {};
  const double late = swing(last - 3);
  const double early = swing(last - kTurns + 1);
  if (late < kStillMoving * scale.extent || late < kShrunk * early) return {};
  const double growth = std::pow(late / early, 1.0 / static_cast<double>(kTurns - 4));
  if (improves(record, scale, kTurns, 4, kImproving)) return {};
  Diagnosis diagnosis;
  diagnosis.kind = DiagnosisKind::oscillating;
  diagnosis.lasting = true;
  diagnosis.since_step = since;
  diagnosis.facts = Turning{head.eigenvalues[axis], late, growth, growth > kGrowing, rate_and_bound(run, head)};
  return diagnosis;
}

// The first step of the stretch, up to the end, that stays about where the last `window` steps were.
std::int64_t inside_since(const Record& record, std::int64_t window) {
  const std::int64_t last = record.steps();
  Point centre{};
  for (std::int64_t k = last - window; k < last; ++k)
    for (std::size_t i = 0; i < 2; ++i) centre[i] += record.at(k)[i] / static_cast<double>(window);
  const auto distance = [&](std::int64_t k) {
    return norm({record.at(k)[0] - centre[0], record.at(k)[1] - centre[1]});
  };
  double radius = 0;
  for (std::int64_t k = last - window; k <= last; ++k) radius = std::max(radius, distance(k));
  std::int64_t since = last - window;
  while (since > 0 && last - since < kFarthestBack && distance(since - 1) <= kAround * radius) --since;
  return since + 1;
}

Diagnosis circling(const SurfaceScale& scale, const Runner& run, const LocalModel& head, const Record& record) {
  const std::int64_t last = record.steps();
  if (last < kCircle) return {};
  double way = 0;
  for (std::int64_t k = last - kCircle + 1; k <= last; ++k) way += norm(record.step(k));
  const Point from = record.at(last - kCircle);
  const Point to = record.at(last);
  const double forward = norm({to[0] - from[0], to[1] - from[1]});
  if (way < kStillMoving * scale.extent * kCircle || forward > kForward * way) return {};
  if (improves(record, scale, kCircle, kCircle / 2, kImproving)) return {};
  Diagnosis diagnosis;
  diagnosis.kind = DiagnosisKind::oscillating;
  diagnosis.lasting = true;
  diagnosis.since_step = inside_since(record, kCircle);
  diagnosis.facts =
      Circling{way, forward, record.mean_loss(last - kCircle / 2 + 1, kCircle / 2), rate_and_bound(run, head)};
  return diagnosis;
}

// warms_up() says whether the stretch lies in a warm-up that has hardly begun.
bool warms_up(const Runner& run, std::int64_t from, std::int64_t last) {
  return held_back(run, from) && run.learning_rate_of(from) < run.learning_rate_of(last);
}

Diagnosis plateau(const Surface& surface, const SurfaceScale& scale, const Runner& run, const LocalModel& head,
                  const Record& record) {
  const std::int64_t last = record.steps();
  const double slope = norm(head.gradient);
  const double limit = kSmallGradient * mean_slope(scale, head.value);
  if (last < kPlateau || slope > limit || warms_up(run, last - kPlateau + 1, last)) return {};
  if (head.eigenvalues[0] > 0 && near_stationary(scale, head)) return {};
  if (passes_saddle(surface, scale, record, head)) return {};
  if (improves(record, scale, kPlateau, 4, kPlateauGain)) return {};
  const double before = record.losses[static_cast<std::size_t>(last - kPlateau)], gain = before - record.losses.back();
  // A run that climbs by more than its height does not stand still, however small its slope is for that height.
  if (-gain > before - scale.lowest) return {};
  Diagnosis diagnosis;
  diagnosis.kind = DiagnosisKind::stalled;
  diagnosis.lasting = true;
  diagnosis.since_step = small_since(surface, record, limit);
  diagnosis.facts = Plateau{.gradient_norm = slope,
                            .lowest = scale.lowest,
                            .way_down = (head.value - scale.lowest) / slope,
                            .steps = kPlateau,
                            .gain = gain,
                            .learning_rate = run.learning_rate()};
  return diagnosis;
}

}  // namespace

std::string_view to_string(DiagnosisKind kind) {
  switch (kind) {
    case DiagnosisKind::none:
      return "none";
    case DiagnosisKind::diverged:
      return "diverged";
    case DiagnosisKind::left_domain:
      return "left_domain";
    case DiagnosisKind::oscillating:
      return "oscillating";
    case DiagnosisKind::stalled:
      return "stalled";
    case DiagnosisKind::saddle:
      return "saddle";
  }
  return "";
}

SurfaceScale scale_of(const Surface& surface) {
  const surfaces::Domain& d = surface.info().domain;
  std::vector<double> x, y;
  for (std::size_t row = 0; row < kGrid; ++row)
    for (std::size_t column = 0; column < kGrid; ++column) {
      x.push_back(d.x0 + (d.x1 - d.x0) * (static_cast<double>(column) + 0.5) / kGrid);
      y.push_back(d.y0 + (d.y1 - d.y0) * (static_cast<double>(row) + 0.5) / kGrid);
    }
  std::vector<double> f(x.size());
  surface.evaluate_many(x, y, f, {}, {});
  SurfaceScale scale;
  scale.extent = std::max(d.x1 - d.x0, d.y1 - d.y0);
  scale.lowest = std::numeric_limits<double>::infinity();
  for (const double value : f)
    if (std::isfinite(value)) scale.lowest = std::min(scale.lowest, value);
  for (const surfaces::Minimum& minimum : surface.minima()) scale.lowest = std::min(scale.lowest, minimum.value);
  return scale;
}

Diagnosis examine(const Surface& surface, const SurfaceScale& scale, const Runner& run, const LocalModel& head) {
  const Record record(run);
  Diagnosis diagnosis;
  diagnosis.proposed_learning_rate = diagnosis.trial_loss = kNaN;
  if (run.status() == RunStatus::diverged) {
    diagnosis.kind = run.divergence().left_domain ? DiagnosisKind::left_domain : DiagnosisKind::diverged;
    diagnosis.since_step = run.divergence().since_step;
    diagnosis.facts = run.divergence();
    return diagnosis;
  }
  if (!std::isfinite(head.eigenvalues[0])) return diagnosis;
  const auto found = [&diagnosis](const Diagnosis& candidate) {
    if (candidate.kind == DiagnosisKind::none) return false;
    diagnosis = candidate;
    diagnosis.proposed_learning_rate = diagnosis.trial_loss = kNaN;
    return true;
  };
  if (found(find_saddle(surface, scale, run, head)) || run.noisy() || run.status() == RunStatus::converged)
    return diagnosis;
  static_cast<void>(found(turning(scale, run, head, record)) || found(circling(scale, run, head, record)) ||
                    found(plateau(surface, scale, run, head, record)));
  return diagnosis;
}

}  // namespace descent::race
