// SPDX-License-Identifier: MIT
// The curves of a training run as JSON.
#pragma once

#include "engine/io/json.h"
#include "engine/training/trainer.h"

namespace descent::script {

// {train, test, changes}: points, and the settings that were changed on the way.
[[nodiscard]] io::JsonValue history_json(const training::TrainerSnapshot& snapshot);

}  // namespace descent::script
