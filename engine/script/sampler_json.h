// SPDX-License-Identifier: MIT
// The sampler's configuration as JSON, for the scripting interface and the share link:
//   {surface | expression, parameters, start, temperature, learning_rate, method: 'ula' | 'mala', chains, seed, bins,
//    burn_in, steps_per_second}
// read and written by the rules of config_json.h, and what descent.sample() asks and answers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/core/result.h"
#include "engine/io/json_reader.h"
#include "engine/sampling/sampler.h"
#include "engine/script/answer_blocks.h"

namespace descent::script {

// Everything but surface and start.
void write_chains(io::JsonValue& value, const sampling::ChainSettings& settings);
void read_chains(io::JsonReader& reader, sampling::ChainSettings& settings);

[[nodiscard]] io::JsonValue to_json(const sampling::SamplerConfig& config);
// `present` fills absent fields; another surface brings its own start.
[[nodiscard]] core::Result<sampling::SamplerConfig> sampler_config_from(const io::JsonValue& value,
                                                                        std::string_view what,
                                                                        const sampling::SamplerConfig& present);

struct SampleRequest {
  sampling::SamplerConfig config;
  std::int64_t steps = 0;
};
// The fields above but steps_per_second, over SamplerConfig's defaults, and steps, which is required.
[[nodiscard]] core::Result<SampleRequest> sample_request_from_json(std::string_view text);

// Everything of the answer but its blocks: {status, reason, steps, samples, outside, lost,
// acceptance, kl, kl_bias, kl_expected, effective, r_hat, domain, bins, history: {samples: […], kl: […],
// expected: […]}}; numbers that are not finite become null.
[[nodiscard]] io::JsonValue sample_value(const sampling::SamplerSnapshot& snapshot);
// That, with the blocks histogram f64 (bins, bins), exact f64 (bins, bins) and points f64 (chains, 2) before it.
[[nodiscard]] Answer sample_answer(const sampling::SamplerSnapshot& snapshot);
// The values, the configuration, and {playing, burnt_in, message, gatherings: [{point, chains}]}.
[[nodiscard]] std::string sampler_status_json(const sampling::SamplerSnapshot& snapshot);

}  // namespace descent::script
