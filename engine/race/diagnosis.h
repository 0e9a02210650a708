// SPDX-License-Identifier: MIT
// What the doctor finds of a run, as kind and numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/surfaces/surface.h"

namespace descent::race {

// What the doctor (doctor.h) finds wrong with a run where it stands, and what it offers.
enum class DiagnosisKind { none, diverged, left_domain, oscillating, stalled, saddle };
[[nodiscard]] std::string_view to_string(DiagnosisKind kind);

struct Diagnosis {
  DiagnosisKind kind = DiagnosisKind::none;
  std::int64_t since_step = 0;  // the first step of the trouble, 1-based
  std::string sentence;         // with its numbers; empty when nothing is wrong
  bool lasting = false;         // play() freezes the run for it
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
