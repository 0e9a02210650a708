// SPDX-License-Identifier: MIT
// Says what there is to say about a matrix that is cut to a lower rank. `rank` 0: it is whole.
#pragma once

#include <span>
#include <string>

#include "engine/training/trainer.h"

namespace descent::web {

// Σ of the first `rank` squares by Σ of all, 0 … 1.
[[nodiscard]] double kept_share(std::span<const double> singular_values, int rank);

// "Cut to rank 3 this digit reads 7, 93.4 %; whole it reads 7, 99.8 %." Empty while there is no answer.
[[nodiscard]] std::string cut_reading(const training::TrainerSnapshot& trainer, int rank, int ranks);

// study_words() say over which images and with which weights a study was made, and what it says at that rank.
[[nodiscard]] std::string study_words(const training::RankView& study, int rank);

}  // namespace descent::web
