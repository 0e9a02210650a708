// SPDX-License-Identifier: MIT
// The sampler as JSON: its configuration there and back, requests and refusals, answers and the visible sampler's
// status.
#include "engine/script/sampler_json.h"

#include "tests/sampling/helpers.h"
#include "tests/support/close.h"

namespace descent::testing {
namespace {

using sampling::Sampler;
using sampling::SamplerConfig;
using sampling::SamplerSnapshot;
using sampling::SamplingMethod;

TEST_CASE("configuration and answers as JSON") {
  SamplerConfig config = chains_on("quadratic", 0.7, 0.01, SamplingMethod::mala);
  config.surface.parameters = {12};
  config.start = {0.1, -0.2};
  config.burn_in = 10;
  config.seed = 77;
  const auto back = script::sampler_config_from(script::to_json(config), "the sampler", SamplerConfig());
  REQUIRE(back.ok());
  CHECK(*back == config);
  const auto request = script::sample_request_from_json(
      R"({"surface": "himmelblau", "temperature": 5, "method": "mala", "steps": 20, "chains": 2})");
  REQUIRE(request.ok());
  CHECK(request->steps == 20);
  CHECK(request->config.start == surfaces::find_surface("himmelblau")->info->start);
  const auto typed = script::sample_request_from_json(R"({"expression": "x^2 + y^4", "steps": 1})");
  REQUIRE(typed.ok());
  CHECK(typed->config.surface.is_expression());
  const auto refusal = [](std::string_view text) {
    const auto result = script::sample_request_from_json(text);
    return result.ok() ? std::string() : result.message();
  };
  CHECK(contains(refusal(R"({"surface": "booth"})"), "steps"));
  CHECK(contains(refusal(R"({"steps": 5})"), "surface"));
  CHECK(contains(refusal(R"({"surface": "booth", "steps": 5, "method": "gibbs"})"), "method"));
  CHECK(contains(refusal(R"({"surface": "booth", "steps": 5, "heat": 1})"), "heat"));
  CHECK(contains(refusal(R"({"surface": "booth", "steps": 5, "temperature": -1})"), "temperature"));
  const std::string answer = script::sample_answer(sampled(request->config, request->steps)).json;
  CHECK(contains(answer, "\"steps\":20"));
  CHECK(contains(answer, "\"bins\":64"));
  CHECK(contains(answer, "\"history\":{"));
  Sampler sampler;
  REQUIRE(sampler.configure(chains_on("quadratic", 0, 0.05, SamplingMethod::ula)).ok());
  const std::string status = script::sampler_status_json(snapshot_of(sampler));
  CHECK(contains(status, "\"method\":\"ula\""));
  CHECK(contains(status, "\"playing\":false"));
  CHECK(contains(status, "\"gatherings\":[{\"point\":["));
  CHECK(contains(script::sample_answer(sampled(chains_on("quadratic", 0, 0.05, SamplingMethod::ula), 1)).json,
                 "\"kl\":null"));
  const auto wild = sampled(chains_on("quadratic", 0.5, 0.3, SamplingMethod::ula), 500);
  CHECK(contains(script::sample_answer(wild).json,
                 "\"reason\":\"50 of 50 chains left the surface at learning rate 0.3;"));
  CHECK(contains(status, "\"reason\":\"\""));
}

}  // namespace
}  // namespace descent::testing
