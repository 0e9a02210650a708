// SPDX-License-Identifier: MIT
#include "web/bridge/sampling_json.h"

#include <array>
#include <string_view>

namespace descent::web::bridge {
namespace {

constexpr std::array kMethods{train::SamplingMethod::ula, train::SamplingMethod::mala};

}  // namespace

io::JsonValue sampling_json(const SamplingSettings& settings) {
  return io::JsonValue::object({{"automatic", settings.automatic},
                                {"temperature", settings.temperature},
                                {"learning_rate", settings.learning_rate},
                                {"method", train::to_string(settings.method)},
                                {"chains", settings.chains},
                                {"seed", settings.seed},
                                {"bins", settings.bins},
                                {"burn_in", settings.burn_in},
                                {"steps_per_second", settings.steps_per_second}});
}

void read_sampling(io::JsonReader reader, SamplingSettings& settings) {
  bool chosen = reader.read("temperature", settings.temperature, 0, train::kMaxTemperature);
  chosen |= reader.read("learning_rate", settings.learning_rate, 0, train::kMaxSamplingRate);
  if (!reader.read("automatic", settings.automatic) && chosen) settings.automatic = false;
  std::array<std::string_view, kMethods.size()> names;
  for (std::size_t i = 0; i < kMethods.size(); ++i) names[i] = train::to_string(kMethods[i]);
  int method = 0;
  if (reader.read_choice("method", method, names)) settings.method = kMethods[static_cast<std::size_t>(method)];
  reader.read("chains", settings.chains, 1, train::kMaxChains);
  reader.read("seed", settings.seed, std::uint64_t{0}, train::kMaxSeed);
  reader.read("bins", settings.bins, train::kMinBins, train::kMaxBins);
  reader.read("burn_in", settings.burn_in, std::int64_t{0}, train::kMaxSamplerSteps);
  reader.read("steps_per_second", settings.steps_per_second, train::kMinRaceSpeed, train::kMaxRaceSpeed);
  reader.refuse_others();
}

}  // namespace descent::web::bridge
