// SPDX-License-Identifier: MIT
// The settings of the visible chains as JSON, for descent.state(), the share link and descent.sampler.configure().
#pragma once

#include "engine/io/json.h"
#include "engine/io/json_reader.h"
#include "web/state/shared_state.h"

namespace descent::web {

[[nodiscard]] io::JsonValue sampling_json(const SamplingSettings& settings);

// Absent fields stay as they are; a temperature or a learning rate without `automatic` ends the automatic choice of
// both. Findings stand in the reader's status.
void read_sampling(io::JsonReader reader, SamplingSettings& settings);

}  // namespace descent::web
