// SPDX-License-Identifier: MIT
// Shows how far the training run is, as the rail and, on small screens, the transport show it.
#pragma once

#include <string>

#include "engine/training/trainer.h"

namespace descent::web {

[[nodiscard]] double progress_fraction(const training::TrainerSnapshot& trainer);  // 0 … 1
// "0.52 of 10", or "0.03" where the run does not end with an epoch.
[[nodiscard]] std::string epoch_text(const training::TrainerSnapshot& trainer);

// "98.71 %" of the test set, or a dash before the first test.
[[nodiscard]] std::string accuracy_text(const training::TrainerSnapshot& trainer);

[[nodiscard]] std::string progress_text(const training::TrainerSnapshot& trainer);  // "12 s left", "40 of 3130 steps"

}  // namespace descent::web
