// SPDX-License-Identifier: MIT
// A RunEnd says why a run makes no more steps, as reason and numbers; engine/words says it in sentences.
#pragma once

#include <cstdint>
#include <variant>

#include "engine/optim/step_note.h"
#include "engine/race/diagnosis.h"
#include "engine/race/outcome/divergence_report.h"

namespace descent::race {

struct Converged {
  double gradient_norm = 0;
  double curvature = 0;  // the smallest one where the run has come to; not finite at a kink
  // How much higher than the lowest known minimum, where the run rests in another one; 0 otherwise.
  double above_best = 0;
};

// The optimizer could not make its step.
struct StepFailed {
  optim::StepNote note;
  double gradient_norm = 0;
};

struct BudgetUsed {
  std::int64_t gradient_evaluations = 0;
};

// The schedule has taken the learning rate to 0 for good: no step moves the run any more.
struct ScheduleOver {
  std::int64_t steps = 0;  // of the schedule
};

// The record is as long as it may become.
struct RecordFull {
  std::int64_t steps = 0;
  bool shared = false;  // it would be longer if the race had fewer runs
};

struct MemoryFull {};

// A Diagnosis: the run is frozen for it.
using EndReason = std::variant<std::monostate, Converged, StepFailed, BudgetUsed, ScheduleOver, RecordFull, MemoryFull,
                               DivergenceReport, Diagnosis>;

struct RunEnd {
  std::int64_t step = 0;  // steps that were made
  EndReason reason;       // monostate: the run has not ended

  [[nodiscard]] bool ended() const { return reason.index() != 0; }
};

}  // namespace descent::race
