// SPDX-License-Identifier: MIT
#include "web/panels/network/progress.h"

#include <cmath>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"

namespace descent::web {
namespace {

using training::TrainerState;

std::string duration(double seconds) {
  if (!std::isfinite(seconds)) return "–";
  if (seconds < 99.5) return core::fill("{} s", std::llrint(seconds));
  const auto whole = static_cast<int>(seconds);
  const int minutes = whole / 60, rest = whole % 60;
  return rest < 10 ? core::fill("{} min 0{} s", minutes, rest) : core::fill("{} min {} s", minutes, rest);
}

}  // namespace

double progress_fraction(const training::TrainerSnapshot& trainer) {
  if (trainer.target_step <= 0) return 0;
  return static_cast<double>(trainer.step) / static_cast<double>(trainer.target_step);
}

std::string progress_text(const training::TrainerSnapshot& trainer) {
  switch (trainer.state) {
    case TrainerState::empty:
      return "waiting for data";
    case TrainerState::evaluating:
      return "testing…";
    case TrainerState::training:
      return core::fill("{} left", duration(trainer.seconds_left));
    default:
      return core::fill("{} of {} steps", core::grouped(trainer.step), core::grouped(trainer.target_step));
  }
}

}  // namespace descent::web
