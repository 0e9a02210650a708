// SPDX-License-Identifier: MIT
// Holds what the tests of the sampler share: chains on a surface from its own start, and what they did.
#pragma once

#include <doctest/doctest.h>

#include "engine/sampling/sampler.h"
#include "tests/support/bits.h"
#include "tests/support/status.h"

namespace descent::testing {

inline sampling::SamplerConfig chains_on(std::string_view surface, double temperature, double rate,
                                         sampling::SamplingMethod method) {
  sampling::SamplerConfig config;
  config.surface.surface = surface;
  config.start = surfaces::find_surface(surface)->info->start;
  config.temperature = temperature;
  config.learning_rate = rate;
  config.method = method;
  config.chains = 50;
  config.bins = 24;
  return config;
}

inline sampling::SamplerSnapshot snapshot_of(const sampling::Sampler& sampler) {
  sampling::SamplerSnapshot snapshot;
  sampler.publish(snapshot);
  return snapshot;
}

inline sampling::SamplerSnapshot sampled(const sampling::SamplerConfig& config, std::int64_t steps) {
  auto result = sampling::sample(config, steps);
  REQUIRE(result.ok());
  return std::move(result).value();
}

}  // namespace descent::testing
