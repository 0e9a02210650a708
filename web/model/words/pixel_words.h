// SPDX-License-Identifier: MIT
// A pinned pixel in words, with what the Jacobian of the whole digit says.
#pragma once

#include <string>
#include <vector>

#include "engine/training/trainer.h"
#include "web/model/words/pin_lines.h"

namespace descent::web {

// All of these want an inspection with a Jacobian. pixel: counted row by row.
// "Pixel, row 4, column 7: 0.83"
[[nodiscard]] std::string pixel_title(const training::Inspection& seen, std::size_t pixel);
// ∂logit/∂pixel of a class.
[[nodiscard]] double slope_at(const inspect::Jacobian& jacobian, std::size_t c, std::size_t pixel);
// The smallest push, what it really does, and how far the Jacobian stretches.
[[nodiscard]] std::vector<PinLine> push_lines(const training::TrainerSnapshot& trainer);

}  // namespace descent::web
