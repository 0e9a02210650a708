// SPDX-License-Identifier: MIT
// The sampler's configuration and answers as JSON, see sampler_json.h.
#include "engine/script/sampler_json.h"
#include "engine/core/rng.h"

#include <array>
#include <utility>

#include "engine/script/config_fields.h"
#include "engine/script/surface_fields.h"
#include "engine/words/chain_words.h"

namespace descent::script {
namespace {

constexpr std::array kMethods{sampling::SamplingMethod::ula, sampling::SamplingMethod::mala};

void read_method(io::JsonReader& reader, sampling::SamplingMethod& method) {
  std::vector<std::string_view> names;
  for (const sampling::SamplingMethod known : kMethods) names.push_back(to_string(known));
  int index = 0;
  if (reader.read_choice("method", index, names)) method = kMethods[static_cast<std::size_t>(index)];
}

void read_place(io::JsonReader& reader, sampling::SamplerConfig& config) {
  const surfaces::SurfaceChoice before = config.surface;
  const auto surface = read_surface(reader, config.surface);
  if (surface != nullptr &&
      (config.surface.surface != before.surface || config.surface.expression != before.expression))
    config.start = surface->info().start;
  read_point(reader, "start", config.start);
}

// Everything but the speed, which only visible chains have.
void read_law(io::JsonReader& reader, sampling::ChainSettings& settings) {
  reader.read("temperature", settings.temperature, 0, sampling::kMaxTemperature);
  reader.read("learning_rate", settings.learning_rate, 0, sampling::kMaxSamplingRate);
  read_method(reader, settings.method);
  reader.read("chains", settings.chains, 1, sampling::kMaxChains);
  reader.read("seed", settings.seed, std::uint64_t{0}, core::kMaxSeed);
  reader.read("bins", settings.bins, sampling::kMinBins, sampling::kMaxBins);
  reader.read("burn_in", settings.burn_in, std::int64_t{0}, sampling::kMaxSamplerSteps);
}

}  // namespace

void write_chains(io::JsonValue& value, const sampling::ChainSettings& settings) {
  value.set("temperature", settings.temperature);
  value.set("learning_rate", settings.learning_rate);
  value.set("method", to_string(settings.method));
  value.set("chains", settings.chains);
  value.set("seed", settings.seed);
  value.set("bins", settings.bins);
  value.set("burn_in", settings.burn_in);
  value.set("steps_per_second", settings.steps_per_second);
}

void read_chains(io::JsonReader& reader, sampling::ChainSettings& settings) {
  read_law(reader, settings);
  reader.read("steps_per_second", settings.steps_per_second, race::kMinRaceSpeed, race::kMaxRaceSpeed);
}

io::JsonValue to_json(const sampling::SamplerConfig& config) {
  io::JsonValue value = io::JsonValue::object();
  write_surface(value, config.surface);
  value.set("start", io::JsonValue::array({config.start[0], config.start[1]}));
  write_chains(value, config);
  return value;
}

core::Result<sampling::SamplerConfig> sampler_config_from(const io::JsonValue& value, std::string_view what,
                                                          const sampling::SamplerConfig& present) {
  if (core::Status status = refuse_nulls(value, ""); !status.ok()) return status.error();
  sampling::SamplerConfig config = present;
  io::JsonReader reader(value, what);
  read_place(reader, config);
  read_chains(reader, config);
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  return config;
}

core::Result<SampleRequest> sample_request_from_json(std::string_view text) {
  const auto value = io::parse_json(text, "sample");
  if (!value.ok()) return value.error();
  if (core::Status status = refuse_nulls(*value, ""); !status.ok()) return status.error();
  SampleRequest request;
  request.config.surface.surface.clear();  // to be named
  io::JsonReader reader(*value, "sample");
  read_place(reader, request.config);
  read_law(reader, request.config);
  reader.read("steps", request.steps, std::int64_t{0}, sampling::kMaxSamples);
  reader.require({"steps"});
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  return request;
}

io::JsonValue sample_value(const sampling::SamplerSnapshot& snapshot) {
  io::JsonValue samples = io::JsonValue::array();
  io::JsonValue kl = io::JsonValue::array();
  io::JsonValue expected = io::JsonValue::array();
  for (const sampling::KlPoint& point : snapshot.history) {
    samples.push_back(point.samples);
    kl.push_back(point.kl);
    expected.push_back(point.expected);
  }
  const surfaces::Domain& d = snapshot.domain;
  io::JsonValue value = io::JsonValue::object({
      {"status", to_string(snapshot.status)},
      {"reason", words::lost_text(snapshot)},
      {"steps", snapshot.step},
      {"samples", snapshot.samples},
      {"outside", snapshot.outside},
      {"lost", static_cast<std::uint64_t>(snapshot.lost)},
      {"acceptance", snapshot.acceptance},
      {"kl", snapshot.kl},
      {"kl_bias", snapshot.kl_bias},
      {"kl_expected", snapshot.kl_expected},
      {"effective", snapshot.effective},
      {"r_hat", snapshot.r_hat},
      {"domain", io::JsonValue::array({d.x0, d.x1, d.y0, d.y1})},
      {"bins", snapshot.config.bins},
  });
  value.set("history",
            io::JsonValue::object(
                {{"samples", std::move(samples)}, {"kl", std::move(kl)}, {"expected", std::move(expected)}}));
  return value;
}

Answer sample_answer(const sampling::SamplerSnapshot& snapshot) {
  AnswerBlocks blocks;
  const auto bins = static_cast<std::size_t>(snapshot.config.bins);
  io::JsonValue value =
      io::JsonValue::object({{"histogram", blocks.add(snapshot.histogram, {bins, bins})},
                             {"exact", blocks.add(snapshot.exact, {bins, bins})},
                             {"points", blocks.add(snapshot.points, {snapshot.points.size() / 2, 2})}});
  const io::JsonValue result = sample_value(snapshot);
  for (const io::JsonValue::Member& member : result.members()) value.append(member.name, member.value);
  return blocks.answer(value);
}

std::string sampler_status_json(const sampling::SamplerSnapshot& snapshot) {
  io::JsonValue value = to_json(snapshot.config);
  const io::JsonValue result = sample_value(snapshot);
  for (const io::JsonValue::Member& member : result.members()) value.set(member.name, member.value);
  value.set("playing", snapshot.playing);
  value.set("burnt_in", snapshot.burnt_in);
  value.set("message", snapshot.message);
  io::JsonValue places = io::JsonValue::array();
  for (const sampling::Gathering& place : snapshot.gatherings)
    places.push_back(io::JsonValue::object(
        {{"point", io::JsonValue::array({place.point[0], place.point[1]})}, {"chains", place.chains}}));
  value.set("gatherings", std::move(places));
  return io::write_json(value);
}

}  // namespace descent::script
