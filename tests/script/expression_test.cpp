// SPDX-License-Identifier: MIT
// Typed formulas in races, descents and the scripting interface: the race on a formula is the race on the surface,
// configurations travel through JSON, parameters follow their names, refusals carry their column and change nothing.
#include <cmath>

#include "engine/race/descend.h"
#include "engine/race/race.h"
#include "engine/script/config_json.h"
#include "engine/script/status_json.h"
#include "tests/support/close.h"
#include "tests/support/golden.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using race::Race;
using race::RaceConfig;

core::Result<RaceConfig> read(std::string_view text, const RaceConfig& present = {}) {
  return script::race_config_from_json(text, present);
}

RaceConfig bowl() {
  const auto config = read(
      R"({"expression": "a*x^2 + b*y^2", "parameters": {"b": 10}, "domain": [-2, 2, -1, 1], "start": [1, 0.5],
          "optimizers": [{"optimizer": "adam"}]})");
  REQUIRE_MESSAGE(config.ok(), config.message());
  return *config;
}

Json answer_of(const core::Result<std::string>& text) {
  REQUIRE_MESSAGE(text.ok(), text.message());
  return Json::parse(*text, nullptr, false);
}

TEST_CASE("a race on a typed formula takes the steps of the race on the surface") {
  Race typed;
  Race built_in;
  RaceConfig config = race_on("himmelblau", {0.3, -0.4}, {runner("adam"), runner("lbfgs"), runner("newton")});
  REQUIRE(built_in.configure(config).ok());
  config.surface = "expression";
  config.expression = surfaces::TypedFormula("(x^2 + y - 11)^2 + (x + y^2 - 7)^2");
  REQUIRE(typed.configure(config).ok());
  typed.step(60);
  built_in.step(60);
  const auto a = snapshot_of(typed);
  const auto b = snapshot_of(built_in);
  for (std::size_t i = 0; i < a.runners.size(); ++i) {
    REQUIRE(a.runners[i].points.size() == b.runners[i].points.size());
    CHECK(close(std::span(a.runners[i].points), std::span(b.runners[i].points), 1e-9, 1e-9));
  }
  CHECK(a.surface_info->name == "expression");
  CHECK(b.surface_info->name == "himmelblau");
  CHECK(typed.sample({-5, 5, -5, 5}, 20, 10).values == built_in.sample({-5, 5, -5, 5}, 20, 10).values);
}

TEST_CASE("a formula's configuration through JSON and back") {
  const RaceConfig config = bowl();
  CHECK(config.surface == "expression");
  CHECK(config.parameters == std::vector<double>{1, 10});
  CHECK(config.domain == surfaces::Domain{-2, 2, -1, 1});
  const auto back = read(script::race_config_json(config));
  REQUIRE(back.ok());
  CHECK(*back == config);
  const Json json = Json::parse(script::race_config_json(config), nullptr, false);
  CHECK(json["surface"] == "expression");
  CHECK(json["expression"] == "a*x^2 + b*y^2");
  CHECK(json["parameters"]["b"] == 10);
  CHECK(json["domain"] == Json::array({-2, 2, -1, 1}));
  CHECK_FALSE(Json::parse(script::race_config_json({}), nullptr, false).contains("expression"));
}

TEST_CASE("another formula keeps the parameters of the same name, the domain, and the start while it can") {
  const auto next = read(R"({"expression": "c*x^4 + b*y^2"})", bowl());
  REQUIRE(next.ok());
  CHECK(next->parameters == std::vector<double>{1, 10});
  CHECK(next->domain == bowl().domain);
  CHECK(next->start == surfaces::Point{1, 0.5});
  const auto hole = read(R"({"expression": "log(-x) + y^2"})", bowl());
  REQUIRE(hole.ok());
  CHECK(hole->start[0] < 0);
  const auto slider = read(R"({"parameters": {"a": 3}})", bowl());
  REQUIRE(slider.ok());
  CHECK(slider->parameters == std::vector<double>{3, 10});
  CHECK(slider->expression == bowl().expression);
  const auto away = read(R"({"surface": "quadratic"})", bowl());
  REQUIRE(away.ok());
  CHECK(away->expression.empty());
  CHECK(away->parameters == std::vector<double>{10});
  CHECK(away->start == surfaces::find_surface("quadratic")->info->start);
}

TEST_CASE("refused formulas name the column and change nothing") {
  const auto refusal = [](std::string_view text) {
    const auto config = read(text, bowl());
    return config.ok() ? core::Error{"accepted"} : config.error();
  };
  const core::Error syntax = refusal(R"({"expression": "sin(x"})");
  CHECK(contains(syntax.message, "expression: column 6: ')' expected"));
  CHECK(syntax.column == 6);
  CHECK(contains(refusal(R"({"expression": ""})").message, "expression"));
  CHECK(contains(refusal(R"({"expression": 7})").message, "expression is 7"));
  CHECK(contains(refusal(R"({"surface": "booth", "expression": "x"})").message, "beside the surface booth"));
  CHECK(
      contains(refusal(R"({"surface": "booth", "domain": [0, 1, 0, 1]})").message, "domain belongs to an expression"));
  CHECK(contains(refusal(R"({"domain": [1, 0, 0, 1]})").message, "domain"));
  CHECK(contains(refusal(R"({"domain": [0, 1]})").message, "domain"));
  CHECK(contains(refusal(R"({"expression": "a*x", "parameters": {"b": 1}})").message, "'b'"));
  CHECK(contains(refusal(R"({"expression": "a*x", "parameters": {"a": 1e300}})").message, "a is 1e+300"));
  CHECK(contains(read(R"({"surface": "expression"})").error().message, "expression"));
  Race race;
  REQUIRE(race.configure(bowl()).ok());
  RaceConfig wrong = bowl();
  wrong.expression = surfaces::TypedFormula("x +");
  const core::Status status = race.configure(wrong);
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().column == 4);
  CHECK(race.config() == bowl());
  wrong.expression = surfaces::TypedFormula("log(x - 3) + a + b");
  CHECK(contains(message(race.configure(wrong)), "is not finite"));
}

TEST_CASE("a race leaves the formula behind when it moves to the catalog") {
  Race race;
  REQUIRE(race.configure(bowl()).ok());
  RaceConfig next = bowl();
  next.surface = "booth";
  next.parameters.clear();
  REQUIRE(race.configure(next).ok());
  CHECK(race.config().expression.empty());
  CHECK(race.config().domain == surfaces::kExpressionDomain);
}

TEST_CASE("descend, evaluate and the race's status with formulas") {
  const auto request = script::descent_request_from_json(
      R"({"expression": "x^2 + k*y^2", "parameters": {"k": 4}, "optimizer": "newton", "start": [1, 2], "steps": 3})");
  REQUIRE_MESSAGE(request.ok(), request.message());
  const auto result = race::descend(*request);
  REQUIRE(result.ok());
  CHECK(std::abs(result->losses.back()) < 1e-20);
  const Json answer = answer_of(script::evaluate_json(R"({"expression": "x^2 + 3*x*y", "point": [1, 2]})"));
  CHECK(answer["value"] == 7);
  CHECK(answer["gradient"] == Json::array({8.0, 3.0}));
  CHECK(answer["hessian"] == Json::array({Json::array({2.0, 3.0}), Json::array({3.0, 0.0})}));
  const Json hole = answer_of(script::evaluate_json(R"j({"expression": "log(x)", "point": [-1, 2]})j"));
  CHECK(hole["value"].is_null());
  CHECK(hole["gradient"][0].is_null());
  Race race;
  REQUIRE(race.configure(bowl()).ok());
  const Json status = Json::parse(script::race_status_json(snapshot_of(race)), nullptr, false);
  CHECK(status["surface"] == "expression");
  CHECK(status["expression"] == "a*x^2 + b*y^2");
  CHECK(status["parameters"]["b"] == 10);
}

TEST_CASE("minima of typed formulas are found: as many as the catalog lists, at the same places") {
  for (const char* name : {"himmelblau", "rosenbrock", "beale", "styblinski_tang", "three_hump_camel", "booth",
                           "goldstein_price", "six_hump_camel", "branin", "mccormick", "quadratic", "double_well"}) {
    CAPTURE(name);
    const surfaces::SurfaceInfo& info = *surfaces::find_surface(name)->info;
    const auto built_in = surfaces::make_surface(name, {});
    RaceConfig config;
    config.set_surface({"expression", surfaces::TypedFormula(info.expression), info.domain, {}});
    const auto parsed = surfaces::make_surface(config.surface_choice());
    REQUIRE(parsed.ok());
    for (const core::ParamSpec& spec : (*parsed)->info().parameters)
      config.parameters.push_back(
          info.parameters[static_cast<std::size_t>(core::find_param(info.parameters, spec.name))].default_value);
    config.start = info.start;
    Race race;
    REQUIRE(race.configure(config).ok());
    const auto snapshot = snapshot_of(race);
    CHECK(snapshot.minima_found);
    CHECK(snapshot.minima.size() >= (*built_in)->minima().size());
    for (const surfaces::Minimum& expected : (*built_in)->minima()) {
      bool there = false;
      for (const surfaces::Minimum& found : snapshot.minima)
        there = there || (std::hypot(found.point[0] - expected.point[0], found.point[1] - expected.point[1]) < 1e-6 &&
                          std::abs(found.value - expected.value) < 1e-9);
      CHECK(there);
    }
  }
  Race race;
  RaceConfig config = bowl();
  for (const char* text : {"x^2 - y^2", "x + y", "7 + x*0"}) {
    config.expression = surfaces::TypedFormula(text);
    config.parameters.clear();
    REQUIRE(race.configure(config).ok());
    CHECK(snapshot_of(race).minima.empty());
  }
  REQUIRE(race.configure(race_on("booth", {0, 0}, {})).ok());
  CHECK_FALSE(snapshot_of(race).minima_found);
}

TEST_CASE("what scripts are told of a formula") {
  const Json answer =
      answer_of(script::expression_json(R"({"expression": "a*abs(x) + max(x, y) + xc", "point": [0, -1]})"));
  CHECK(answer["parameters"].size() == 2);
  CHECK(answer["parameters"][0]["name"] == "a");
  CHECK(answer["notes"].size() == 1);
  CHECK(answer["start"].size() == 2);
  CHECK(answer["minima"].empty());  // a line of them: 0 at x = 0, −2 < y < 0
  const Json peak = answer_of(script::expression_json(R"({"expression": "abs(x) + abs(y) + 1"})"));
  REQUIRE(peak["minima"].size() == 1);
  const Json& point = peak["minima"][0]["point"];
  CHECK(std::hypot(point[0].get<double>(), point[1].get<double>()) < 1e-8);
  CHECK(answer_of(script::expression_json(R"({"expression": "(x-1)^2 + y^2"})"))["minima"][0]["point"] ==
        Json::array({1.0, 0.0}));
  REQUIRE(answer["nonsmooth"].size() == 2);
  CHECK(answer["nonsmooth"][0]["function"] == "abs");
  CHECK(answer["nonsmooth"][0]["text"] == "abs(x)");
  CHECK(answer["nonsmooth"][0]["here"] == true);
  CHECK(answer["nonsmooth"][1]["here"] == false);
  const auto refused = script::expression_json(R"({"expression": "x 2"})");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().column == 3);
  CHECK_FALSE(script::expression_json(R"({})").ok());
}

TEST_CASE("what scripts are told of how a formula was read, and of kinks") {
  const Json read = answer_of(script::expression_json(R"({"expression": "2x1 + |x2|"})"));
  CHECK(read["expression"] == "2x1 + |x2|");
  CHECK(read["reading"] == "2·x + abs(y)");
  CHECK(read["notes"][0] == "x1 and x2 are read as x and y");
  const Json value = answer_of(script::evaluate_json(R"({"expression": "2xy", "point": [3, 5]})"));
  CHECK(value["value"] == 30);
  CHECK(value["reading"] == "2·x·y");
  CHECK_FALSE(answer_of(script::evaluate_json(R"({"expression": "2*x*y", "point": [3, 5]})")).contains("reading"));
  const Json smooth = answer_of(script::evaluate_json(R"({"expression": "abs(x)^2 + y^2", "point": [0, 0]})"));
  CHECK(smooth["hessian"] == Json::array({Json::array({2.0, 0.0}), Json::array({0.0, 2.0})}));
  CHECK(smooth["kind"] == "minimum");
  CHECK(smooth["kinks"] == "");
  const Json kink = answer_of(script::evaluate_json(R"({"expression": "relu(x)^2 + y^2", "point": [0, 0]})"));
  CHECK(kink["gradient"] == Json::array({0.0, 0.0}));
  CHECK(kink["hessian"][0][0].is_null());
  CHECK(kink["kind"] == "kink");
  CHECK(contains(kink["kinks"].get<std::string>(), "relu(x) has a kink where x = 0"));
  const Json power = answer_of(script::evaluate_json(R"({"expression": "x^y", "point": [-2, 2]})"));
  CHECK(power["gradient"][0] == -4);
  CHECK(power["gradient"][1].is_null());
  const Json many =
      answer_of(script::expression_json(R"j({"expression": "cos(7x) + cos(7y)", "domain": [-14, 14, -14, 14]})j"));
  CHECK(many["minima"].size() == 512);
  CHECK(many["more_minima"] == true);
}

TEST_CASE("a start without a slope is refused with the reason") {
  const auto refused = [](const char* text, surfaces::Point start) {
    Race race;
    RaceConfig config = bowl();
    config.expression = surfaces::TypedFormula(text);
    config.parameters.clear();
    config.start = start;
    return message(race.configure(config));
  };
  CHECK(contains(refused("(x^y - 4)^2", {-1.5, 1}),
                 "at (-1.5, 1) is not finite; x^y is not smooth where x = 0, and where x < 0 it is defined only where "
                 "y is a whole number."));
  CHECK(contains(refused("sqrt(x) + y^2", {0, 1}), "sqrt(x) has no finite slope where x = 0"));
  CHECK(refused("(x^y - 4)^2", {1.5, 1}).empty());
}

TEST_CASE("a run that settles at a kink says so") {
  Race race;
  const auto config = read(R"({"expression": "abs(x) + y^2", "start": [1, 0.5],
      "optimizers": [{"optimizer": "gradient_descent", "hyperparameters": {"learning_rate": 0.5}}]})");
  REQUIRE_MESSAGE(config.ok(), config.message());
  REQUIRE(race.configure(*config).ok());
  race.step(5);
  const auto run = snapshot_of(race).runners[0];
  CHECK(run.status == race::RunStatus::converged);
  CHECK(contains(reason_of(run), "converged at step 2: gradient norm 0, at a kink, where the slope is a choice"));
}

TEST_CASE("the graph of a formula and of a built-in surface, for scripts") {
  const Json typed =
      answer_of(script::graph_json(R"({"expression": "a·x² + y", "parameters": {"a": 3}, "point": [2, 5]})"));
  CHECK(typed["value"] == 17);
  CHECK(typed["gradient"]["reverse"] == Json::array({12.0, 1.0}));
  CHECK(typed["gradient"]["forward"] == typed["gradient"]["reverse"]);
  CHECK(std::abs(typed["gradient"]["difference"][0].get<double>() - 12) < 1e-7);
  CHECK(typed["disagreement"]["forward"] == 0);
  CHECK(typed["parameter_gradient"]["a"] == 4);
  const Json& last = typed["nodes"].back();
  CHECK(last["operation"] == "add");
  CHECK(last["adjoint"] == 1);
  CHECK(last["end"] == 8);  // characters, not bytes
  CHECK(last["inputs"].size() == 2);
  const Json built_in = answer_of(script::graph_json(R"({"surface": "rosenbrock", "point": [-1.2, 1]})"));
  CHECK(std::abs(built_in["gradient"]["reverse"][0].get<double>() + 215.6) < 1e-9);
  CHECK(built_in["parameter_gradient"].contains("b"));
  CHECK_FALSE(script::graph_json(R"({"surface": "rosenbrock"})").ok());
}

}  // namespace
}  // namespace descent::testing
