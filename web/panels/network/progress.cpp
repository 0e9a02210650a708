// SPDX-License-Identifier: MIT
#include "web/panels/network/progress.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "engine/core/number_text.h"

namespace descent::web {
namespace {

using training::TrainerState;

template <class... Args>
std::string text(const char* format, Args... args) {
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), format, args...);
  return buffer.data();
}

std::string duration(double seconds) {
  if (!std::isfinite(seconds)) return "–";
  if (seconds < 99.5) return text("%.0f s", seconds);
  return text("%d min %02d s", static_cast<int>(seconds) / 60, static_cast<int>(seconds) % 60);
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
      return duration(trainer.seconds_left) + " left";
    default:
      return core::grouped(trainer.step) + " of " + core::grouped(trainer.target_step) + " steps";
  }
}

}  // namespace descent::web
