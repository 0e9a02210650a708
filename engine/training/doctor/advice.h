// SPDX-License-Identifier: MIT
// The doctor's offer: a learning rate of those that were tried from the first weights, or fewer epochs.
#pragma once

#include "engine/training/doctor/diagnosis.h"
#include "engine/training/trainer.h"

namespace descent::training {

// True where another rate may help.
[[nodiscard]] bool wants_rate(const Diagnosis& diagnosis);

// advise() chooses, of the rates that train and are not nearly the present one, that with the lowest loss at the end of
// its trial; rates of a third of the largest or less come first. Where the present one is too large only smaller ones
// are offered; where the loss does not move, only those that came lower. An overfitting run is offered the epochs after
// which its test loss was lowest, if it would pass there again.
[[nodiscard]] Advice advise(const Diagnosis& diagnosis, const TrainerConfig& config, const RateRange& range);

// A rate below the present one that has still to be tried, as none that was tried helps; 0: there is none.
[[nodiscard]] double rate_to_try(const Diagnosis& diagnosis, const TrainerConfig& config, const RateRange& range);

}  // namespace descent::training
