// SPDX-License-Identifier: MIT
// Makes what the aria-live line of the page says, for those who cannot see the canvas: where the race, the chains or
// the training stand and how they ended. Rarely: a change of state after a moment, progress every few seconds. Free of
// ImGui.
#pragma once

#include <string>

#include "engine/race/race.h"
#include "engine/race/runner_names.h"
#include "engine/sampling/sampler.h"
#include "engine/training/trainer.h"

namespace descent::web {

struct StatusLine {
  std::string state;  // whatever changes this is worth saying soon
  std::string text;
};

[[nodiscard]] StatusLine status_line(const race::RaceSnapshot& race, race::Naming naming = race::Naming::by_difference);
[[nodiscard]] StatusLine status_line(const sampling::SamplerSnapshot& sampled);
[[nodiscard]] StatusLine status_line(const training::TrainerSnapshot& trainer);

class Announcer {
 public:
  static constexpr double kSoon = 1, kRarely = 6;  // seconds since the last words, at least

  // due() says whether `line` is to be said now, in seconds; if so it counts as said.
  [[nodiscard]] bool due(double now, const StatusLine& line);
  // Something else was said.
  void interrupted(double now);

 private:
  StatusLine said_;
  double said_at_ = -kRarely;
};

}  // namespace descent::web
