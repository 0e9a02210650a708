// SPDX-License-Identifier: MIT
// Says what the lens Predictions shows, in sentences.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "engine/training/lens.h"

namespace descent::web {

// "All 10,000 test images, with the weights of step 1,200."
[[nodiscard]] std::string answers_caption(const training::AnswerView& view);

// "Label 4, read as 9: 12 of 982 images, 1.2 %."
[[nodiscard]] std::string cell_sentence(const inspect::Confusion& confusion, std::span<const std::int32_t> class_labels,
                                        int label, int answer);

// How many are right, and what the answer tells of the label.
[[nodiscard]] std::string information_sentence(const inspect::Confusion& confusion);

// How far off the probabilities are, over all images.
[[nodiscard]] std::string calibration_sentence(const inspect::Calibration& calibration);
// The change that a temperature would make, how it was chosen, and on which images it is judged.
[[nodiscard]] std::string temperature_sentence(const inspect::Calibration& calibration);

}  // namespace descent::web
