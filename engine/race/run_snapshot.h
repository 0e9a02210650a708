// SPDX-License-Identifier: MIT
// A run as it is shown: its path, where it stands, what the doctor says of it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/optim/optimizer.h"
#include "engine/race/diagnosis.h"
#include "engine/race/outcome/run_end.h"
#include "engine/race/run_settings.h"
#include "engine/surfaces/point_kind.h"
#include "engine/surfaces/surface.h"

namespace descent::race {

// frozen: play() has stopped the run because the doctor found that it swings, stalls or stays at a saddle; let_run()
// lets it go on.
enum class RunStatus { ready, running, converged, diverged, stopped, frozen };
[[nodiscard]] std::string_view to_string(RunStatus status);

// Settings that came into force after `step` steps.
struct SettingsChange : RunnerSettings {
  std::int64_t step = 0;
};

// When a run arrived (finish.h), and what keeps it from resting there.
struct Arrival {
  std::int64_t step = -1;          // -1: it has not, up to where it stands
  std::int64_t circles_since = 0;  // the step from which on it goes round the minimum; 0: it does not
  double noise = 0;                // on each component of its gradients

  [[nodiscard]] bool arrived() const { return step >= 0; }
};

// A run's history as the display and the scripting interface see it; index 0 is the start. The run stands at the end of
// `points`; after seek() there may be more in the record, which step() and play() go along.
struct RunnerSnapshot {
  RunnerConfig config;
  std::uint64_t generation = 0;         // changes when earlier points were rewritten (reset, back, new start)
  std::vector<double> points;           // (steps + 1, 2)
  std::vector<double> losses;           // (steps + 1)
  std::vector<double> later_points;     // (recorded - steps, 2)
  std::vector<double> later_losses;     // (recorded - steps)
  std::vector<SettingsChange> changes;  // along the whole record, the first after 0 steps; empty before the first step
  double learning_rate = 0;             // of the newest step, scheduled; before the first, the one it will have
  RunStatus status = RunStatus::ready;
  RunEnd end;  // of a run that has ended or is frozen
  Diagnosis diagnosis;
  Arrival arrival;
  int place = 1;         // standings.h
  optim::StepNote note;  // the optimizer's note on its last step
  std::int64_t gradient_evaluations = 0;
  surfaces::LocalModel head;                                // second-order data at the newest point
  surfaces::PointKind kind = surfaces::PointKind::unknown;  // of the newest point
  optim::StabilityBound stability;                          // at the head, with the optimizer's memory there
  double stable_learning_rate = 0;                          // stability's; NaN where unknown
  std::string_view stability_formula;
};

}  // namespace descent::race
