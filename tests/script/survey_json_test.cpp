// SPDX-License-Identifier: MIT
// Surveys and runs as JSON: requests with their defaults and sentences, answers with their bytes, runners with
// schedules and branches there and back, and configurations from before these fields.
#include "engine/script/survey_json.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/script/config_json.h"
#include "engine/script/runner_fields.h"
#include "engine/script/status_json.h"
#include "engine/survey/survey_csv.h"
#include "tests/support/close.h"
#include "tests/support/golden.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using race::RaceConfig;

io::JsonValue parsed(std::string_view text) {
  auto value = io::parse_json(text, "test");
  REQUIRE(value.ok());
  return *value;
}

RaceConfig visible() {
  RaceConfig race = race_on("quadratic", {-4, 1.5}, {runner("adam"), runner("momentum")});
  race.parameters = {30};
  return race;
}

TEST_CASE("a sweep takes what is absent from the visible race") {
  const auto plain = script::sweep_request_from(parsed("{}"), visible());
  REQUIRE(plain.ok());
  CHECK(plain->surface == visible().surface_choice());
  CHECK(plain->start == visible().start);
  CHECK(plain->runners == visible().runners);
  CHECK(plain->steps == 200);
  const auto other = script::sweep_request_from(
      parsed(R"({"surface": "beale", "optimizers": [{"optimizer": "rmsprop", "hyperparameters": {"decay": 0.5},
                 "schedule": "cosine"}], "rates": [0.001, 1, 50], "steps": 30, "tolerance": 0.5, "noise": 0.1, "seed": 4,
                 "budget": 25, "schedule_steps": 60})"),
      visible());
  REQUIRE_MESSAGE(other.ok(), (other.ok() ? std::string() : other.message()));
  CHECK(other->start == surfaces::find_surface("beale")->info->start);
  REQUIRE(other->runners.size() == 1);
  CHECK(other->runners[0].schedule == "cosine");
  CHECK(other->rate_max == 1);
  CHECK(other->count == 50);
  CHECK(other->budget == 25);
  CHECK(other->schedule_steps == 60);
}

TEST_CASE("maps read their axes and their rectangle") {
  const auto heat = script::heat_map_request_from(
      parsed(R"({"optimizer": "adam", "x": {"name": "learning_rate", "min": 0.01, "max": 1, "count": 10},
                 "y": {"name": "beta1"}})"),
      visible());
  REQUIRE_MESSAGE(heat.ok(), (heat.ok() ? std::string() : heat.message()));
  CHECK(heat->x.count == 10);
  CHECK(heat->x.log);
  CHECK(heat->y.count == 128);
  CHECK_FALSE(heat->y.log);
  CHECK(heat->y.max == 0.9999);
  const auto basins = script::basin_request_from(
      parsed(R"({"surface": "himmelblau", "optimizer": "adam", "domain": [0, 5, -1, 4]})"), visible());
  REQUIRE_MESSAGE(basins.ok(), (basins.ok() ? std::string() : basins.message()));
  CHECK(basins->domain == surfaces::Domain{0, 5, -1, 4});
  const auto typed = script::basin_request_from(
      parsed(R"({"expression": "x^2 + a*y^2", "parameters": {"a": 3}, "optimizer": "adam", "domain": [0, 5, -1, 4]})"),
      visible());
  REQUIRE_MESSAGE(typed.ok(), (typed.ok() ? std::string() : typed.message()));
  CHECK(typed->domain == surfaces::Domain{0, 5, -1, 4});
  CHECK(typed->surface.domain == surfaces::Domain{0, 5, -1, 4});
  CHECK(typed->surface.parameters == std::vector<double>{3});
}

TEST_CASE("requests that cannot be meant are refused with the name of the argument") {
  const auto sweep = [](std::string_view text, std::string_view part) {
    const auto request = script::sweep_request_from(parsed(text), visible());
    REQUIRE_FALSE(request.ok());
    INFO(request.message());
    CHECK(contains(request.message(), part));
  };
  sweep(R"({"rates": [1, 2]})", "rates");
  sweep(R"({"rates": [1, 2, 2.5]})", "whole count");
  sweep(R"({"optimizers": [{"optimizer": "sgdd"}]})", "optimizers[0].optimizer");
  sweep(R"({"steps": 0})", "steps is 0");
  sweep(R"({"tolerance": 0})", "tolerance is 0");
  sweep(R"({"noise": null})", "noise is null");
  sweep(R"({"speed": 1})", "speed");
  const auto heat = [](std::string_view text, std::string_view part) {
    const auto request = script::heat_map_request_from(parsed(text), visible());
    REQUIRE_FALSE(request.ok());
    INFO(request.message());
    CHECK(contains(request.message(), part));
  };
  heat(R"({"x": {"name": "learning_rate"}, "y": {"name": "beta1"}})", "optimizer");
  heat(R"({"optimizer": "adam", "y": {"name": "beta1"}})", "lacks the field 'x'");
  heat(R"({"optimizer": "adam", "x": {"name": "momentum"}, "y": {"name": "beta1"}})", "no hyper-parameter 'momentum'");
  heat(R"({"optimizer": "adam", "x": {"name": "learning_rate", "max": 1e9}, "y": {"name": "beta1"}})", "x.max");
  const auto basins = script::basin_request_from(parsed(R"({"optimizer": "adam", "domain": [1, 2, 3]})"), visible());
  CHECK_FALSE(basins.ok());
}

// The elements of a block that stands in an answer's JSON.
template <class T>
std::vector<T> elements(const script::Answer& answer, const io::JsonValue& block) {
  CHECK(block.find("$block")->as_string() == script::element_name<T>());
  std::size_t count = 1;
  for (const io::JsonValue& length : block.find("shape")->items())
    count *= static_cast<std::size_t>(length.as_number());
  const auto at = static_cast<std::size_t>(block.find("at")->as_number());
  std::vector<T> values(count);
  REQUIRE(at + sizeof(T) * count <= answer.bytes.size());
  std::memcpy(values.data(), answer.bytes.data() + at, sizeof(T) * count);
  return values;
}

TEST_CASE("a sweep's answer holds its arrays where they belong") {
  survey::RateSweep sweep;
  auto request = script::sweep_request_from(parsed(R"({"rates": [0.01, 0.1, 5], "steps": 20})"), visible());
  REQUIRE(sweep.configure(*request).ok());
  parallel::ThreadPool pool(1);
  while (sweep.busy()) sweep.advance(pool);
  const script::Answer answer = script::answer_of(sweep.result());
  const io::JsonValue json = parsed(answer.json);
  CHECK(elements<double>(answer, *json.find("rates")) == sweep.result().rates);
  CHECK(sweep.result().rates[4] == 0.1);
  for (std::size_t i = 0; i < 2; ++i) {
    const io::JsonValue& curve = json.find("optimizers")->items()[i];
    CHECK(elements<double>(answer, *curve.find("losses")) == sweep.result().curves[i].losses);
    CHECK(elements<std::int32_t>(answer, *curve.find("steps")) == sweep.result().curves[i].steps_to);
    CHECK(elements<survey::LaneEnd>(answer, *curve.find("status")) == sweep.result().curves[i].ends);
  }
  CHECK(json.find("optimizers")->items().size() == 2);
  CHECK(close(json.find("optimizers")->items()[1].find("stable_at_start")->as_number(), 2 * 1.9 / 30, 1e-12, 0));
  CHECK(json.find("optimizers")->items()[0].find("stable_at_start")->is_null());
}

TEST_CASE("a map's answer has its width and height, and its cells in rows") {
  parallel::ThreadPool pool(1);
  survey::HeatMap heat;
  REQUIRE(heat.configure(*script::heat_map_request_from(parsed(R"({"optimizer": "adam", "steps": 3,
                             "x": {"name": "learning_rate", "count": 3}, "y": {"name": "beta1", "count": 2}})"),
                                                        visible()))
              .ok());
  while (heat.busy()) heat.advance(pool);
  const script::Answer answer = script::answer_of(heat.result());
  const io::JsonValue json = parsed(answer.json);
  CHECK(json.find("width")->as_number() == 3);
  CHECK(json.find("height")->as_number() == 2);
  CHECK(elements<double>(answer, *json.find("x")->find("values")) == heat.result().x);
  CHECK(elements<double>(answer, *json.find("y")->find("values")) == heat.result().y);
  CHECK(elements<double>(answer, *json.find("losses")) == heat.result().losses);
  CHECK(elements<survey::LaneEnd>(answer, *json.find("status")) == heat.result().ends);
  CHECK(json.find("losses")->find("shape")->items()[0].as_number() == 2);

  survey::BasinMap basins;
  REQUIRE(basins
              .configure(*script::basin_request_from(
                  parsed(R"({"surface": "quadratic", "optimizer": "newton", "width": 3, "height": 2})"), visible()))
              .ok());
  while (basins.busy()) basins.advance(pool);
  const script::Answer map = script::answer_of(basins.result());
  const io::JsonValue starts = parsed(map.json);
  const std::vector<std::uint16_t>& steps = basins.result().steps;
  CHECK(elements<std::int32_t>(map, *starts.find("steps")) == std::vector<std::int32_t>(steps.begin(), steps.end()));
  CHECK(elements<std::uint8_t>(map, *starts.find("basins")) == basins.result().basins);
}

TEST_CASE("surveys as CSV: a line for every run") {
  parallel::ThreadPool pool(1);
  survey::RateSweep sweep;
  REQUIRE(sweep.configure(*script::sweep_request_from(parsed(R"({"rates": [0.01, 0.1, 5]})"), visible())).ok());
  CHECK(survey::sweep_csv(sweep.result()) ==
        "slot,optimizer,learning_rate,loss,steps_to_tolerance,end,gradient_evaluations\r\n");
  while (sweep.busy()) sweep.advance(pool);
  const std::string curves = survey::sweep_csv(sweep.result());
  CHECK(std::count(curves.begin(), curves.end(), '\n') == 11);
  CHECK(contains(curves, "0,adam,0.01,"));
  CHECK(contains(curves, ",running,200\r\n"));
  survey::BasinMap map;
  const auto basins = script::basin_request_from(
      parsed(R"({"surface": "quadratic", "optimizer": "newton", "width": 3, "height": 2, "domain": [1, 2, 1, 2]})"),
      visible());
  REQUIRE(map.configure(*basins).ok());
  while (map.busy()) map.advance(pool);
  const std::string starts = survey::basins_csv(map.result());
  CHECK(std::count(starts.begin(), starts.end(), '\n') == 7);
  CHECK(contains(starts, "\r\n1.5,2,0,1,0,0\r\n"));
}

TEST_CASE("runners with schedules, branches and a budget go through JSON and back unchanged") {
  RaceConfig race = visible();
  race.noise = 0.25;
  race.schedule_steps = 77;
  race.budget = 1000;
  race.runners[0].schedule = "exponential";
  race.runners[0].schedule_parameters = {0.125};
  race.runners[1].earlier = {{{{0.5, 0.1, 0}}, 5}, {{{0.25, 0.2, 0}, "step", {0.5, 0.25}}, 9}};
  race.runners[1].branch_of = 0;
  const auto read = script::race_config_from_json(script::race_config_json(race), {});
  REQUIRE_MESSAGE(read.ok(), (read.ok() ? std::string() : read.message()));
  CHECK(*read == race);
  // Written again from a race that took it: the same.
  race::Race taken;
  REQUIRE(message(taken.configure(race)).empty());
  CHECK(taken.config() == race);
}

TEST_CASE("a configuration from before these fields means what it did") {
  const auto old = script::race_config_from_json(
      R"({"surface": "quadratic", "parameters": {"kappa": 30}, "start": [-4, 1.5], "seed": 1, "steps_per_second": 60,
          "optimizers": [{"optimizer": "adam", "hyperparameters": {"learning_rate": 0.1}, "slot": 0}]})",
      {});
  REQUIRE(old.ok());
  CHECK(old->noise == 0);
  CHECK(old->budget == 0);
  CHECK(old->runners[0].schedule == "constant");
  CHECK(old->runners[0].earlier.empty());
  // Before stretches had schedules of their own they had the run's.
  const auto branched = script::race_config_from_json(
      R"({"optimizers": [{"optimizer": "adam", "schedule": "cosine", "earlier": [{"until": 5}]}]})", {});
  REQUIRE(branched.ok());
  CHECK(branched->runners[0].earlier[0].schedule == "cosine");
  const auto refused = [](std::string_view text, std::string_view part) {
    const auto request = script::race_config_from_json(text, {});
    REQUIRE_FALSE(request.ok());
    INFO(request.message());
    CHECK(contains(request.message(), part));
  };
  refused(R"({"optimizers": [{"optimizer": "adam", "schedule": "zigzag"}]})", "zigzag");
  refused(R"({"optimizers": [{"optimizer": "adam", "earlier": [{"until": 0}]}]})", "earlier[0].until");
  refused(R"({"optimizers": [{"optimizer": "adam", "earlier": [{"until": 5}, {"until": 5}]}]})", "must be later");
  refused(R"({"noise": -1})", "noise is -1");
  refused(R"({"budget": 0.5})", "budget is 0.5");
}

TEST_CASE("the status carries record, changes, diagnosis and tuning") {
  race::Race race;
  RaceConfig config = race_on("quadratic", {-4, 1.5}, {runner("gradient_descent")});
  config.runners[0].hyperparameters[0] = 0.3;
  REQUIRE(race.configure(config).ok());
  race.step(400);
  const io::JsonValue status = parsed(script::race_status_json(snapshot_of(race)));
  const io::JsonValue& run = status.find("optimizers")->items()[0];
  CHECK(status.find("recorded")->as_number() == status.find("step")->as_number());
  CHECK(status.find("tuning")->is_null());
  CHECK(run.find("changes")->items().size() == 1);
  const io::JsonValue* diagnosis = run.find("diagnosis");
  CHECK(diagnosis->find("kind")->as_string() == "diverged");
  CHECK(diagnosis->find("advice")->find("step")->as_number() == 0);
  CHECK(diagnosis->find("advice")->find("learning_rate")->as_number() < 0.2);
}

}  // namespace
}  // namespace descent::testing
