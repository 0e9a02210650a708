// SPDX-License-Identifier: MIT
// What the tests of the sampler share: chains on a surface from its own start, and what they did.
#pragma once

#include <doctest/doctest.h>

#include "engine/sampling/sampler.h"
#include "tests/support/bits.h"
#include "tests/support/status.h"

namespace descent::testing {

inline train::SamplerConfig chains_on(std::string_view surface, double temperature, double rate,
                                      train::SamplingMethod method) {
  train::SamplerConfig config;
  config.surface.surface = surface;
  config.start = surfaces::find_surface(surface)->info->start;
  config.temperature = temperature;
  config.learning_rate = rate;
  config.method = method;
  config.chains = 50;
  config.bins = 24;
  return config;
}

inline train::SamplerSnapshot snapshot_of(const train::Sampler& sampler) {
  train::SamplerSnapshot snapshot;
  sampler.publish(snapshot);
  return snapshot;
}

inline train::SamplerSnapshot sampled(const train::SamplerConfig& config, std::int64_t steps) {
  auto result = train::sample(config, steps);
  REQUIRE(result.ok());
  return std::move(result).value();
}

}  // namespace descent::testing
