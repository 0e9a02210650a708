// SPDX-License-Identifier: MIT
// A formula that a script types is parsed once, by the reader of its request; what computes with it takes it from
// there.
#include "engine/race/descend.h"
#include "engine/race/race.h"
#include "engine/script/config_json.h"
#include "engine/script/sampler_json.h"
#include "engine/script/survey_json.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

// parses() counts the texts that are parsed while `work` runs.
template <class Work>
std::uint64_t parses(Work&& work) {
  const std::uint64_t before = autodiff::Expression::parse_count();
  work();
  return autodiff::Expression::parse_count() - before;
}

race::RaceConfig bowl() {
  race::RaceConfig config = race_on("quadratic", {1, 2}, {runner("adam")});
  config.set_surface({"expression", surfaces::TypedFormula("a*x^2 + b*y^2"), {-2, 2, -1, 1}, {1, 10}});
  return config;
}

io::JsonValue json(std::string_view text) {
  auto value = io::parse_json(text, "test");
  REQUIRE(value.ok());
  return *value;
}

}  // namespace

TEST_CASE("one request, one parse") {
  const race::RaceConfig present = bowl();
  CHECK(parses([&] {
          race::Race race;
          const auto config = script::race_config_from_json(R"({"expression": "c*x^4 + b*y^2"})", present);
          REQUIRE(config.ok());
          CHECK(config->parameters == std::vector<double>{1, 10});
          REQUIRE(race.configure(*config).ok());
          race.step(2);
        }) == 1);
  CHECK(parses([] {
          const auto request = script::descent_request_from_json(
              R"({"expression": "x^2 + k*y^2", "parameters": {"k": 4}, "optimizer": "adam", "steps": 3})");
          REQUIRE(request.ok());
          REQUIRE(race::descend(*request).ok());
        }) == 1);
  CHECK(parses([] {
          const auto request =
              script::sample_request_from_json(R"({"expression": "x^2 + y^2", "chains": 2, "steps": 3})");
          REQUIRE(request.ok());
          REQUIRE(sampling::sample(request->config, request->steps).ok());
        }) == 1);
  CHECK(parses([&] {
          const auto request = script::sweep_request_from(
              json(R"({"expression": "x^2 + y^2", "steps": 3, "optimizers": [{"optimizer": "adam"}]})"), present);
          REQUIRE(request.ok());
          survey::RateSweep sweep;
          REQUIRE(sweep.configure(*request).ok());
        }) == 1);
  CHECK(parses([] { REQUIRE(script::expression_json(R"({"expression": "k*x^2 + y^2"})").ok()); }) == 1);
  CHECK(parses([] { REQUIRE(script::graph_json(R"({"expression": "x*y", "point": [1, 2]})").ok()); }) == 1);
  CHECK(parses([] { REQUIRE(script::evaluate_json(R"({"expression": "x*y", "point": [1, 2]})").ok()); }) == 1);
  CHECK(parses([] { REQUIRE_FALSE(script::expression_json(R"({"expression": "x +"})").ok()); }) == 1);
}

TEST_CASE("a request on the visible race's formula parses nothing") {
  const race::RaceConfig present = bowl();
  CHECK(parses([&] {
          REQUIRE(script::race_config_from_json(R"({"parameters": {"a": 3}})", present).ok());
          REQUIRE(script::race_config_from_json(script::race_config_json(present), present).ok());
          REQUIRE(script::sweep_request_from(json("{}"), present).ok());
        }) == 0);
}

}  // namespace descent::testing
