// SPDX-License-Identifier: MIT
#include "web/state/sampling_json.h"

#include "engine/script/sampler_json.h"

namespace descent::web {

io::JsonValue sampling_json(const SamplingSettings& settings) {
  io::JsonValue value = io::JsonValue::object({{"automatic", settings.automatic}});
  script::write_chains(value, settings);
  return value;
}

void read_sampling(io::JsonReader reader, SamplingSettings& settings) {
  const bool chosen = reader.has("temperature") || reader.has("learning_rate");
  script::read_chains(reader, settings);
  if (!reader.read("automatic", settings.automatic) && chosen) settings.automatic = false;
  reader.refuse_others();
}

}  // namespace descent::web
