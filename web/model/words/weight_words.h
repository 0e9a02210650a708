// SPDX-License-Identifier: MIT
// A pinned weight in words: its gradient for one digit, and the way from there to the newest training step.
#pragma once

#include <string>
#include <vector>

#include "engine/training/trainer.h"
#include "web/model/words/pin_lines.h"

namespace descent::web {

// All of these want an inspection with a weight.
// "0.weight [12, 0, 1, 2] = 0.123"
[[nodiscard]] std::string weight_title(const training::Inspection& seen);
// weight_lines() say how the gradient comes about, with the check by the central difference.
[[nodiscard]] std::vector<PinLine> weight_lines(const training::Inspection& seen);
// weight_way() goes from the digit's gradient to the new value; empty before the first step.
[[nodiscard]] std::vector<PinNumber> weight_way(const training::Inspection& seen);
// batch_words() say what the bars of the batch's images show, and leave out; empty before the first step.
[[nodiscard]] std::string batch_words(const training::TrainerSnapshot& trainer);
// The mean of those bars.
[[nodiscard]] double batch_mean(const training::BatchImages& batch);
// "training image 1,234, a 7: ∂loss/∂w = 0.0123"
[[nodiscard]] std::string batch_image_words(const training::TrainerSnapshot& trainer, std::size_t i);
// weight_note() says what the row leaves out.
[[nodiscard]] std::string weight_note(const training::Inspection& seen);

}  // namespace descent::web
