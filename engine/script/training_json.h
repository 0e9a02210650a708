// SPDX-License-Identifier: MIT
// The doctor's and the rate finder's words on a training run, as parts of the network's status (descent.d.ts).
#pragma once

#include "engine/io/json.h"
#include "engine/training/trainer.h"

namespace descent::script {

// null where nothing is wrong.
[[nodiscard]] io::JsonValue training_diagnosis_json(const training::TrainerSnapshot& trainer);
// null while the range is not known.
[[nodiscard]] io::JsonValue rate_range_json(const training::RateRange& rates);

}  // namespace descent::script
