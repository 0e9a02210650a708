// SPDX-License-Identifier: MIT
// A Diagnosis is what the doctor finds of a run, as kind and numbers; engine/words says it in sentences.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <variant>

#include "engine/race/outcome/divergence_report.h"
#include "engine/surfaces/surface.h"

namespace descent::race {

// A DiagnosisKind names what the doctor (doctor.h) finds wrong with a run where it stands.
enum class DiagnosisKind { none, diverged, left_domain, oscillating, stalled, saddle };
[[nodiscard]] std::string_view to_string(DiagnosisKind kind);

// Oscillating: every step turns round along the eigenvector of the largest |curvature|.
struct Turning {
  double curvature = 0;
  double step_length = 0;
  double growth = 1;     // a step's length over that of the one before
  bool growing = false;  // by more than rounding
  RateAndBound rate;
};

// Oscillating: a long path leads nowhere.
struct Circling {
  double way = 0;      // the path's length
  double forward = 0;  // the distance between its ends
  double loss = 0;     // the mean of its second half
  RateAndBound rate;
};

// Stalled.
struct Plateau {
  double gradient_norm = 0;
  double lowest = 0;       // SurfaceScale::lowest
  double way_down = 0;     // to `lowest` along this gradient
  std::int64_t steps = 0;  // the last ones,
  double gain = 0;         // by which they lowered the loss
  double learning_rate = 0;
};

// Saddle: at a saddle point or a maximum, or on the way there.
struct NearSaddle {
  bool converged = false;
  bool maximum = false;
  double gradient_norm = 0;
  double curvature = 0;         // the smallest, negative
  surfaces::Point direction{};  // its unit eigenvector
};

// A minimum that an oscillating run does not leave: every point of the stretch that was looked at is close to it.
struct AroundMinimum {
  bool known = false;
  double above = 0;  // the mean loss of the stretch over the minimum
  // The minimum over the lowest known one: 0 when it is that one, NaN where none is known.
  double above_best = std::numeric_limits<double>::quiet_NaN();

  [[nodiscard]] bool lower_known() const { return known && above_best > 0; }
};

struct Diagnosis {
  DiagnosisKind kind = DiagnosisKind::none;
  std::int64_t since_step = 0;  // the first step of the trouble, 1-based
  bool lasting = false;         // play() freezes the run for it
  // The facts are what the kind rests on; a DivergenceReport where the run has diverged or left the domain.
  std::variant<std::monostate, DivergenceReport, Turning, Circling, Plateau, NearSaddle> facts;
  AroundMinimum around;
  bool at_goal =
      false;  // it has arrived and does not leave the lowest minimum: no trouble, and nothing is frozen for it
  // Go back to this step and on from there, with this learning rate or, where it is NaN, pushed by this vector before
  // the next step. It was tried out: trial_steps steps from there ended at trial_loss; 0: nothing helps.
  std::int64_t proposed_step = 0;
  double proposed_learning_rate = 0;
  surfaces::Point proposed_push{};
  std::int64_t trial_steps = 0;
  double trial_loss = 0;

  [[nodiscard]] bool offers() const { return trial_steps > 0; }
  [[nodiscard]] bool offers_push() const { return offers() && !(proposed_learning_rate > 0); }
};

}  // namespace descent::race
