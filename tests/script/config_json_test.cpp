// SPDX-License-Identifier: MIT
// Configurations as JSON: round trips to the bit, what absent fields mean, sentences with paths, and answers as text.
#include "engine/script/config_json.h"
#include "engine/core/rng.h"

#include <limits>

#include "engine/data/catalog.h"
#include "engine/script/status_json.h"
#include "tests/support/golden.h"
#include "tests/support/race_helpers.h"
#include "tests/training/helpers.h"

namespace descent::testing {
namespace {

using race::RaceConfig;
using training::TrainerConfig;

RaceConfig awkward_race() {
  RaceConfig config = race_on("quadratic", {0.1 + 0.2, -1e-17}, {runner("adam"), runner("lbfgs")});
  config.parameters = {12.345678901234567};
  config.runners[0].hyperparameters[0] = 1.0 / 3;
  config.runners[1].slot = 5;
  config.seed = core::kMaxSeed;
  config.steps_per_second = 0.7;
  config.freeze = false;
  return config;
}

TEST_CASE("a race goes through JSON and back unchanged") {
  const auto read = script::race_config_from_json(script::race_config_json(awkward_race()), {});
  REQUIRE_MESSAGE(read.ok(), (read.ok() ? std::string() : read.message()));
  CHECK(*read == awkward_race());
}

TEST_CASE("a network's configuration goes through JSON and back unchanged") {
  TrainerConfig config = small_config();
  config.hyperparameters = runner("adam", std::vector<core::NamedValue>{{"learning_rate", 0.1 + 0.2}}).hyperparameters;
  config.seed = core::kMaxSeed;
  config.batch_size = 77;
  const auto read = script::trainer_request_from_json(script::trainer_config_json(config), {});
  REQUIRE_MESSAGE(read.ok(), (read.ok() ? std::string() : read.message()));
  CHECK(read->config == config);
  const auto seed = script::trainer_request_from_json(script::trainer_config_json(TrainerConfig{}), config);
  REQUIRE(seed.ok());
  CHECK(seed->config.network == nn::reference_network());
}

TEST_CASE("absent fields keep what was there; another surface or optimizer brings its own defaults") {
  const RaceConfig present = awkward_race();
  auto race = script::race_config_from_json(R"({"seed": 3})", present);
  REQUIRE(race.ok());
  CHECK(race->surface == "quadratic");
  CHECK(race->runners == present.runners);
  CHECK(race->parameters == present.parameters);
  CHECK(race->seed == 3);
  race = script::race_config_from_json(R"({"surface": "beale", "optimizers": [{"optimizer": "adam",
                                       "hyperparameters": {"learning_rate": 0.25}}]})",
                                       present);
  REQUIRE(race.ok());
  CHECK(race->parameters.empty());
  CHECK(race->start == surfaces::find_surface("beale")->info->start);
  REQUIRE(race->runners.size() == 1);
  CHECK(race->runners[0].hyperparameters[0] == 0.25);
  CHECK(race->runners[0].hyperparameters[1] == 0.9);
  TrainerConfig config;
  config.hyperparameters = runner("adam", std::vector<core::NamedValue>{{"beta1", 0.5}}).hyperparameters;
  auto network =
      script::trainer_request_from_json(R"({"hyperparameters": {"learning_rate": 0.02}, "dataset": "mnist"})", config);
  REQUIRE(network.ok());
  CHECK(network->dataset == "mnist");
  CHECK(network->config.hyperparameters[0] == 0.02);
  CHECK(network->config.hyperparameters[1] == 0.5);
  network = script::trainer_request_from_json(R"({"optimizer": "momentum"})", config);
  REQUIRE(network.ok());
  CHECK(network->config.hyperparameters == runner("momentum").hyperparameters);
}

TEST_CASE("a network may be written in three ways") {
  const char* texts[] = {
      R"({"network": [{"type": "flatten"}, {"type": "dense", "units": 10}]})",
      R"({"network": {"layers": [{"type": "flatten"}, {"type": "dense", "units": 10}]}})",
      R"({"network": {"layers": [{"type": "flatten"}, {"type": "dense", "parameters": {"units": 10}}]}})",
  };
  for (const char* text : texts) {
    const auto read = script::trainer_request_from_json(text, {});
    REQUIRE_MESSAGE(read.ok(), text, ": ", (read.ok() ? std::string() : read.message()));
    CHECK(read->config.network.layers == std::vector<nn::LayerSpec>{{"flatten", {}}, {"dense", {{"units", 10}}}});
  }
}

TEST_CASE("a network's plan has the shapes and parameter counts of its layers, or says what does not fit") {
  const auto plan = [](std::string_view text) {
    const auto json = script::plan_json(text);
    return json.ok() ? *json : json.message();
  };
  CHECK(Json::parse(plan(R"({"network": [{"type": "conv2d", "out_channels": 4, "dilation": 2}, {"type": "flatten"},
                                         {"type": "dense", "units": 10}]})")) ==
        Json::parse(R"({"layers": [{"type": "conv2d", "output": [24, 24, 4], "parameters": 40},
                                   {"type": "flatten", "output": [24, 24, 4], "parameters": 0},
                                   {"type": "dense", "output": [1, 1, 10], "parameters": 23050}],
                        "parameters": 23090})"));
  CHECK(plan(R"({"network": [{"type": "flatten"}, {"type": "conv2d"}]})") ==
        "layer 1 (conv2d): needs a feature map, but its input is a flat vector of 784 numbers");
  CHECK(contains(plan(R"({"network": []})"), "the network has 0 layers; it must have 1 to 64"));
  CHECK(contains(plan(R"({"network": [{"type": "flatten"}, {"type": "dense", "units": 8192},
                                      {"type": "dense", "units": 8192}]})"),
                 "layer 2 (dense): brings the network to 73547776 parameters; the limit is 20000000"));
  CHECK(contains(plan(R"({"network": [{"type": "dense", "units": -3}]})"), "network[0].units is -3"));
  CHECK(contains(plan(R"({"network": {"layers": [{"type": "dense", "dilation": 2}]}})"), "'dilation'"));
  CHECK(contains(plan("{}"), "network"));
  CHECK(contains(plan(R"({"network": null})"), "network is null"));
  CHECK(contains(plan(R"({"network": [], "epochs": 3})"), "'epochs'"));
}

TEST_CASE("what is wrong is named by its path") {
  const auto race = [](std::string_view text) {
    const auto read = script::race_config_from_json(text, awkward_race());
    return read.ok() ? std::string("accepted") : read.message();
  };
  CHECK(contains(race(R"({"surface": "everest"})"), "surface is 'everest'"));
  CHECK(contains(race(R"({"surface": "everest"})"), "rosenbrock"));
  CHECK(contains(
      race(
          R"({"optimizers": [{"optimizer": "adam"}, {"optimizer": "adam", "hyperparameters": {"learning_rate": -1}}]})"),
      "optimizers[1].hyperparameters.learning_rate is -1"));
  CHECK(contains(race(R"({"optimizers": [{"optimizer": "adam", "hyperparameters": {"lr": 1}}]})"), "'lr'"));
  CHECK(contains(race(R"({"optimizers": [{}]})"), "optimizers[0]"));
  CHECK(contains(race(R"({"optimizers": "adam"})"), "optimizers is 'adam'"));
  CHECK(contains(race(R"({"start": [1]})"), "start"));
  CHECK(contains(race(R"({"start": [1, null]})"), "start[1] is null"));
  CHECK(contains(race(R"({"seed": 1.5})"), "seed"));
  CHECK(contains(race(R"({"steps_per_second": 0})"), "steps_per_second is 0"));
  CHECK(contains(race(R"({"expression": "x^"})"), "column 3"));
  CHECK(contains(race("[1]"), "must be an object"));
  CHECK(contains(race("{\"surface\": "), "JSON"));
  CHECK(contains(race(R"({"parameters": {"kappa": null}})"), "parameters.kappa is null"));
  const auto network = [](std::string_view text) {
    const auto read = script::trainer_request_from_json(text, {});
    return read.ok() ? std::string("accepted") : read.message();
  };
  CHECK(contains(network(R"({"batch_size": 0})"), "batch_size is 0"));
  CHECK(contains(network(R"({"batch_size": 1000000000})"), "4096"));
  CHECK(contains(network(R"({"epochs": "ten"})"), "epochs is 'ten'"));
  CHECK(contains(network(R"({"optimizer": "adamant"})"), "optimizer is 'adamant'"));
  CHECK(contains(network(R"({"network": [{"type": "conv3d"}]})"), "network[0].type is 'conv3d'"));
  CHECK(contains(network(R"({"network": [{"type": "dense", "unit": 3}]})"), "'unit'"));
  CHECK(contains(network(R"({"network": {"layers": [{"type": "dense", "units": -3}]}})"),
                 "network.layers[0].units is -3"));
  CHECK(contains(network(R"({"network": [7]})"), "network[0]"));
  CHECK(contains(network(R"({"network": {}})"), "layers"));
  CHECK(contains(network(R"({"network": 7})"), "network is 7"));
}

TEST_CASE("requests for descend and evaluate") {
  const auto request = script::descent_request_from_json(
      R"({"surface": "quadratic", "parameters": {"kappa": 4}, "optimizer": "adam", "start": [1, 2], "steps": 12})");
  REQUIRE(request.ok());
  CHECK(request->parameters == std::vector<double>{4});
  CHECK(request->steps == 12);
  CHECK(request->start == surfaces::Point{1, 2});
  CHECK_FALSE(script::descent_request_from_json(R"({"surface": "quadratic", "steps": 12})").ok());
  CHECK_FALSE(script::descent_request_from_json(R"({"optimizer": "adam", "steps": 12})").ok());
  CHECK_FALSE(script::descent_request_from_json(R"({"surface": "quadratic", "optimizer": "adam", "steps": -1})").ok());
  const auto text = script::evaluate_json(R"({"surface": "quadratic", "point": [1, 2]})");
  REQUIRE(text.ok());
  const Json answer = Json::parse(*text, nullptr, false);
  CHECK(answer["value"] == 20.5);
  CHECK(answer["gradient"] == Json::array({1.0, 20.0}));
  CHECK(answer["hessian"] == Json::array({Json::array({1.0, 0.0}), Json::array({0.0, 10.0})}));
  CHECK(answer["eigenvalues"] == Json::array({1.0, 10.0}));
  CHECK_FALSE(script::evaluate_json(R"({"surface": "quadratic"})").ok());
  CHECK_FALSE(script::evaluate_json(R"({"surface": "quadratic", "point": [1, "a"]})").ok());
}

TEST_CASE("catalogs and status are JSON with every entry, and non-finite numbers are null") {
  const Json all_surfaces = Json::parse(script::surfaces_json(), nullptr, false);
  const Json all_optimizers = Json::parse(script::optimizers_json(), nullptr, false);
  const Json all_layers = Json::parse(script::layers_json(), nullptr, false);
  CHECK(all_surfaces.size() == surfaces::catalog().size());
  CHECK(all_optimizers.size() == optim::catalog().size());
  CHECK(all_layers.size() == nn::layer_catalog().size());
  const Json all_datasets = Json::parse(script::datasets_json(), nullptr, false);
  CHECK(all_datasets.size() == data::catalog().size());
  CHECK(all_datasets[0] == Json{{"name", "mnist"}, {"title", "MNIST"}, {"generated", false}});
  for (const Json& optimizer : all_optimizers) CHECK(optimizer["parameters"][0]["name"] == "learning_rate");
  for (const Json& surface : all_surfaces) CHECK(surface["domain"].size() == 4);
  race::Race race;
  REQUIRE(race.configure(awkward_race()).ok());
  race.step(3);
  const Json status = Json::parse(script::race_status_json(snapshot_of(race)), nullptr, false);
  CHECK(status["step"] == 3);
  CHECK(status["optimizers"][0]["optimizer"] == "adam");
  CHECK(status["optimizers"][0]["step"] == 3);
  const Json& stability = status["optimizers"][0]["stability"];  // Adam's, from its own memory
  CHECK(stability["approximate"] == true);
  CHECK(stability["learning_rate"] == status["optimizers"][0]["stable_learning_rate"]);
  CHECK(stability["optimum"].is_null());
  CHECK(status["optimizers"][0]["point"].size() == 2);
  training::Trainer trainer;
  const Json network = Json::parse(script::network_status_json(snapshot_of(trainer)), nullptr, false);
  CHECK(network["state"] == "empty");
  CHECK(network["seconds_left"].is_null());
  CHECK(network["test"]["accuracy"].is_null());
  const std::string csv = script::race_csv(snapshot_of(race));
  CHECK(contains(csv, "slot,optimizer,step,x,y,loss,run\r\n"));
  CHECK(contains(csv, "0,adam,3,"));
}

}  // namespace
}  // namespace descent::testing
