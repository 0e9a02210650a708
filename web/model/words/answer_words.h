// SPDX-License-Identifier: MIT
// Says what the network answers for a digit, in one sentence.
#pragma once

#include <span>
#include <string>

#include "engine/training/trainer.h"

namespace descent::web {

// "Reads 7, 99.8 % · label 7 ✓", doubts below a probability of kSure, and that nothing was learned yet where that
// is so. Empty while there is no answer.
inline constexpr double kSure = 0.6;
[[nodiscard]] std::string answer_sentence(const training::TrainerSnapshot& trainer);

// bits_sentence() says how much an answer leaves open: its entropy −Σ p log₂ p and the surprise −log₂ p of the true
// class (below 0: unknown), in bits.
[[nodiscard]] std::string bits_sentence(std::span<const float> probabilities, int label);

// "0.42"; "less than 0.001" for what is less and yet not nothing.
[[nodiscard]] std::string bits_text(double value);

}  // namespace descent::web
