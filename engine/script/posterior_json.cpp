// SPDX-License-Identifier: MIT
#include "engine/script/posterior_json.h"

#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "engine/core/rng.h"
#include "engine/io/json_reader.h"
#include "engine/script/config_fields.h"
#include "engine/script/inspect_json.h"

namespace descent::script {
namespace {

using io::JsonValue;

constexpr std::array<std::string_view, training::kPosteriorMethods> kMethods{"laplace", "mala", "dropout"};

JsonValue known(bool is_known, double value) {
  return is_known ? JsonValue(value) : JsonValue();
}

}  // namespace

core::Result<PosteriorRequest> posterior_request_from(const JsonValue& value, std::span<const float> image) {
  if (core::Status status = refuse_nulls(value, ""); !status.ok()) return status.error();
  PosteriorRequest request;
  training::PosteriorSettings& settings = request.settings;
  io::JsonReader reader(value, "the argument");
  read_digit(reader, image, request.digit);
  int method = 0;
  reader.read_choice("method", method, kMethods);
  settings.method = static_cast<training::PosteriorMethod>(method);
  reader.read("precision", settings.precision, inspect::kMinPrecision, inspect::kMaxPrecision);
  if (reader.has("precision") && settings.method == training::PosteriorMethod::dropout)
    reader.fail("precision", "is the last layer's prior; dropout has none");
  reader.read("samples", settings.samples, 1, training::kMaxPosteriorSamples);
  reader.read("seed", settings.seed, std::uint64_t{0}, core::kMaxSeed);
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  return request;
}

Answer posterior_answer(const training::PosteriorAnswer& answer) {
  AnswerBlocks blocks;
  const inspect::Votes& votes = answer.votes;
  const bool prior = answer.method != training::PosteriorMethod::dropout;
  return blocks.answer(
      JsonValue::object({{"mean", blocks.add(std::vector<float>(votes.mean.begin(), votes.mean.end()))},
                         {"votes", blocks.add(std::vector<std::int32_t>(votes.counts.begin(), votes.counts.end()))},
                         {"entropy", votes.entropy},
                         {"within", votes.within},
                         {"between", votes.between},
                         {"method", kMethods[static_cast<std::size_t>(answer.method)]},
                         {"precision", known(prior, answer.precision)},
                         {"weight_decay", known(prior, answer.weight_decay)},
                         {"images", known(prior, static_cast<double>(answer.images))},
                         {"acceptance", known(!std::isnan(answer.acceptance), answer.acceptance)},
                         {"step", answer.step},
                         {"seconds", answer.seconds}}));
}

}  // namespace descent::script
