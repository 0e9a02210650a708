// SPDX-License-Identifier: MIT
// The curves of a training run as JSON.
#pragma once

#include <string_view>
#include <vector>

#include "engine/io/json.h"
#include "engine/training/trainer.h"

namespace descent::script {

// {train, test, changes}: points, and the settings that were changed on the way.
[[nodiscard]] io::JsonValue history_json(const std::vector<training::CurvePoint>& train,
                                         const std::vector<training::CurvePoint>& test,
                                         const std::vector<training::CurveChange>& changes, std::string_view optimizer);

}  // namespace descent::script
