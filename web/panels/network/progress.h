// SPDX-License-Identifier: MIT
// Shows how far the training run is, as the rail and, on small screens, the transport show it.
#pragma once

#include <string>

#include "engine/training/trainer.h"

namespace descent::web {

[[nodiscard]] double progress_fraction(const training::TrainerSnapshot& trainer);   // 0 … 1
[[nodiscard]] std::string progress_text(const training::TrainerSnapshot& trainer);  // "12 s left", "40 of 3130 steps"

}  // namespace descent::web
