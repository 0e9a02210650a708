// SPDX-License-Identifier: MIT
// A pinned pixel in words, with what the Jacobian of the whole digit says.
#pragma once

#include <string>
#include <vector>

#include "engine/training/trainer.h"
#include "web/model/words/pin_lines.h"

namespace descent::web {

// All of these want an inspection with a Jacobian. pixel: counted row by row.
// "Pixel at row 4, column 7: ink 0.83 of 1"
[[nodiscard]] std::string pixel_title(const training::Inspection& seen, std::size_t pixel);
// ∂logit/∂pixel of a class.
[[nodiscard]] double slope_at(const inspect::Jacobian& jacobian, std::size_t c, std::size_t pixel);
// The digit with ink added to a pixel: by how much each class's logit changes to first order, and really. Empty where
// no ink is added.
struct InkRow {
  std::int32_t label = 0;  // the class, as the data set calls it
  double predicted = 0, actual = 0;
  [[nodiscard]] double gap() const { return actual - predicted; }
};
[[nodiscard]] std::vector<InkRow> ink_rows(const training::TrainerSnapshot& trainer);
// gap_lines() say what predicted and actual are, and what the gap between them is made of. Wants an inspection with
// added ink.
[[nodiscard]] std::vector<PinLine> gap_lines(const training::Inspection& seen);
// The smallest push, what it really does, and how far the Jacobian stretches.
[[nodiscard]] std::vector<PinLine> push_lines(const training::TrainerSnapshot& trainer);

}  // namespace descent::web
