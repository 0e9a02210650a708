// SPDX-License-Identifier: MIT
#include "web/panels/network/progress.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"

namespace descent::web {
namespace {

using training::TrainerState;

std::string two_decimals(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f", value);
  return text.data();
}

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

std::string accuracy_text(const training::TrainerSnapshot& trainer) {
  return trainer.test.known ? core::fill("{} %", two_decimals(100 * trainer.test.accuracy)) : "–";
}

std::string epoch_text(const training::TrainerSnapshot& trainer) {
  const std::int64_t an_epoch = trainer.steps_per_epoch;
  const double done = an_epoch > 0 ? static_cast<double>(trainer.step) / static_cast<double>(an_epoch) : 0;
  const std::string text = two_decimals(done);
  if (an_epoch <= 0 || trainer.target_step % an_epoch != 0) return text;
  return core::fill("{} of {}", text, trainer.target_step / an_epoch);
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
      if (trainer.step > 0 && trainer.step == trainer.target_step)
        return trainer.step == 1 ? "1 step done" : core::fill("{} steps done", core::grouped(trainer.step));
      return core::fill("{} of {} steps", core::grouped(trainer.step), core::grouped(trainer.target_step));
  }
}

}  // namespace descent::web
