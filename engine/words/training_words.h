// SPDX-License-Identifier: MIT
// Says in sentences what the doctor finds of a training run, what it offers and what the rate finder found.
#pragma once

#include <string>

#include "engine/training/trainer.h"
#include "engine/words/run_words.h"

namespace descent::words {

// It says what is wrong, and the numbers that it rests on; nothing of a healthy run.
[[nodiscard]] Statement statement(const training::TrainerSnapshot& trainer);

// "Back to step 0 with 0.001", "Back to step 0, for 6 epochs"; empty where nothing is offered.
[[nodiscard]] std::string offer(const training::Advice& advice);
// A sentence on what came of the trial. While rates are being tried that is said, and where none helps.
[[nodiscard]] std::string trial_text(const training::TrainerSnapshot& trainer);

// How the largest rate that trains was found, in sentences.
[[nodiscard]] std::string rates_text(const training::RateRange& rates);

}  // namespace descent::words
