// SPDX-License-Identifier: MIT
// Says what tells a kept run from the present one.
#pragma once

#include <string>

#include "engine/training/trainer.h"

namespace descent::words {

// "Momentum, learning rate 0.01", "from step 200"; of a run with the same settings that.
[[nodiscard]] std::string difference(const training::KeptRun& run, const training::TrainerSnapshot& present);
// "Run 3: learning rate 0.01".
[[nodiscard]] std::string title(const training::KeptRun& run, const training::TrainerSnapshot& present);

}  // namespace descent::words
