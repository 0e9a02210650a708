// SPDX-License-Identifier: MIT
// Heat maps over the start and over the surface's parameters: their cells against single runs from that start on that
// surface, and against gradient descent written out here; the same bits for any number of threads; holes.
#include <cmath>
#include <limits>

#include "engine/race/descend.h"
#include "engine/survey/heat_map.h"
#include "engine/survey/survey_csv.h"
#include "tests/support/close.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using survey::HeatMap;
using survey::HeatMapConfig;
using survey::LaneEnd;

void finish(HeatMap& map, int threads = 2) {
  parallel::ThreadPool pool(threads);
  while (map.busy()) map.advance(pool);
}

HeatMapConfig rate_and_start() {
  HeatMapConfig config{.surface = {.surface = "himmelblau"}, .start = {0, 2}, .runner = runner("gradient_descent")};
  config.x = {.name = "learning_rate", .min = 1e-3, .max = 0.1, .count = 13};
  config.y = {.name = "start.x", .min = -5, .max = 5, .count = 11, .log = false};
  config.steps = 60;
  return config;
}

// The run of one cell by itself, by descend(): it goes on where the map's runs have converged.
race::DescentResult single(const HeatMapConfig& config, double x, double y) {
  race::DescentRequest request;
  request.surface = config.surface.surface;
  request.expression = config.surface.expression;
  request.parameters = config.surface.parameters;
  request.optimizer = config.runner.optimizer;
  request.hyperparameters = config.runner.hyperparameters;
  request.start = config.start;
  request.noise = config.noise;
  request.seed = config.seed;
  request.steps = config.steps;
  const auto put = [&](const std::string& name, double value) {
    if (name == "start.x")
      request.start[0] = value;
    else if (name == "start.y")
      request.start[1] = value;
    else if (name == "surface.kappa" || name == "surface.a")
      request.parameters[0] = value;
    else if (name == "surface.b")
      request.parameters[1] = value;
    else if (name == "learning_rate")
      request.hyperparameters[0] = value;
    else
      FAIL(name);
  };
  put(config.x.name, x);
  put(config.y.name, y);
  const auto run = race::descend(request);
  REQUIRE_MESSAGE(run.ok(), (run.ok() ? std::string() : run.message()));
  return *run;
}

// strangers() counts the cells that are not their single runs.
int strangers(const survey::HeatMapSnapshot& map, const HeatMapConfig& config) {
  int wrong = 0;
  for (std::size_t row = 0; row < map.y.size(); ++row)
    for (std::size_t column = 0; column < map.x.size(); ++column) {
      const std::size_t i = row * map.x.size() + column;
      const race::DescentResult run = single(config, map.x[column], map.y[row]);
      const bool settled = map.ends[i] == LaneEnd::converged || map.ends[i] == LaneEnd::stalled;
      const bool diverged = run.status == race::RunStatus::diverged;
      const bool same = settled ? std::abs(map.losses[i] - run.losses.back()) < 1e-12
                                : same_bits({&map.losses[i], 1}, {&run.losses.back(), 1});
      if (!same || diverged != (map.ends[i] == LaneEnd::diverged)) ++wrong;
    }
  return wrong;
}

int cells(const HeatMapConfig& config) {
  return config.x.count * config.y.count;
}

TEST_CASE("cells over the start and the surface's parameters are single runs") {
  std::vector<HeatMapConfig> configs{rate_and_start()};
  HeatMapConfig& starts = configs.emplace_back(rate_and_start());
  starts.x = {.name = "start.y", .min = -4, .max = 4, .count = 9, .log = false};
  starts.runner = runner("adam", std::vector<core::NamedValue>{{"learning_rate", 0.2}});
  HeatMapConfig& kappa = configs.emplace_back(rate_and_start());
  kappa.surface = {.surface = "quadratic", .parameters = {10}};
  kappa.y = {.name = "surface.kappa", .min = 1, .max = 100, .count = 9};
  kappa.noise = 0.5;
  HeatMapConfig& typed = configs.emplace_back(rate_and_start());
  typed.surface = {
      .surface = "expression", .expression = surfaces::TypedFormula("a*x^2 + sin(b*y)*y + x^4"), .parameters = {1, 2}};
  typed.x = {.name = "surface.b", .min = -3, .max = 3, .count = 8, .log = false};
  typed.y = {.name = "surface.a", .min = -10, .max = 10, .count = 7, .log = false};
  HeatMapConfig& searching = configs.emplace_back(typed);  // asks for values of its own
  searching.runner = runner("lbfgs");
  searching.start = {0.7, 0};
  searching.steps = 3;  // on their way still
  searching.y = {.name = "start.y", .min = -3, .max = 3, .count = 5, .log = false};
  for (const HeatMapConfig& config : configs) {
    INFO(config.x.name << " × " << config.y.name);
    HeatMap map;
    REQUIRE(message(map.configure(config)).empty());
    finish(map);
    CHECK(map.result().stride == 1);
    CHECK(strangers(map.result(), config) == 0);
    // The comparison sees a cell that is another start's, or on another surface.
    HeatMapConfig other = config;
    if (config.surface.surface == "himmelblau" && config.x.name == "learning_rate")
      other.start[1] += 1e-3;
    else if (config.surface.surface == "himmelblau")
      other.runner.hyperparameters[0] *= 1.01;
    else if (config.x.name == "learning_rate")
      other.start[0] += 1e-3;
    else if (config.y.name == "start.y")
      other.surface.parameters[0] += 0.1;
    else
      other.start[0] += 1e-3;
    CHECK(strangers(map.result(), other) > cells(config) / 4);
  }
}

TEST_CASE("learning rate × start: gradient descent written out, its cliff at the edge of stability") {
  HeatMap map;
  HeatMapConfig config{
      .surface = {.surface = "expression", .expression = surfaces::TypedFormula("c*x^2/2 + (x^2 - 1)^2 + y^2/2")},
      .start = {0, 0.5},
      .runner = runner("gradient_descent")};
  config.surface.parameters = {0.5};
  config.x = {.name = "learning_rate", .min = 0.01, .max = 1.9, .count = 40};
  config.y = {.name = "start.x", .min = -2, .max = 2, .count = 31, .log = false};
  config.steps = 100;
  REQUIRE(message(map.configure(config)).empty());
  finish(map);
  const survey::HeatMapSnapshot& result = map.result();
  int diverged = 0, ended = 0;
  for (std::size_t i = 0; i < result.losses.size(); ++i) {
    double x = result.y[i / 40], y = 0.5;
    const double rate = result.x[i % 40];
    for (int t = 0; t < 100 && std::abs(x) < 1e6; ++t) {
      x -= rate * (0.5 * x + 4 * x * (x * x - 1));
      y -= rate * y;
    }
    if (result.ends[i] == LaneEnd::diverged) ++diverged;
    CHECK((std::abs(x) >= 1e3) == (result.ends[i] == LaneEnd::diverged));
    // Beyond the first bifurcation rounding grows from step to step; before it there is nothing to forgive.
    if (rate > 0.25 || result.ends[i] == LaneEnd::diverged) continue;
    ++ended;
    CHECK(close(result.losses[i], 0.25 * x * x + (x * x - 1) * (x * x - 1) + y * y / 2, 1e-9, 1e-15));
  }
  CHECK(diverged > 100);
  CHECK(ended > 300);
}

TEST_CASE("maps over starts have the same bits for any number of threads, and holes where nothing is finite") {
  HeatMapConfig config{
      .surface = {.surface = "expression", .expression = surfaces::TypedFormula("log(x + a) + y^2"), .parameters = {1}},
      .start = {-50, 1},
      .runner = runner("gradient_descent")};
  config.x = {.name = "start.x", .min = -3, .max = 3, .count = 21, .log = false};
  config.y = {.name = "surface.a", .min = -2, .max = 2, .count = 17, .log = false};
  config.steps = 30;
  std::vector<survey::HeatMapSnapshot> maps;
  for (const int threads : {1, 3}) {
    HeatMap map;
    REQUIRE(message(map.configure(config)).empty());
    finish(map, threads);
    map.publish(maps.emplace_back());
  }
  CHECK(same_bits(maps[0].losses, maps[1].losses));
  CHECK(maps[0].best == maps[1].best);
  for (std::size_t i = 0; i < maps[0].ends.size(); ++i)
    CHECK((maps[0].ends[i] == LaneEnd::undefined) == !(maps[0].x[i % 21] + maps[0].y[i / 21] > 0));
  CHECK(std::isfinite(maps[0].losses[static_cast<std::size_t>(maps[0].best)]));
  CHECK(close(maps[0].highest_start, std::log(5) + 1, 1e-12, 0));
  CHECK(contains(survey::heat_map_csv(maps[0]), "start.x,surface.a,loss,end\r\n-3,-2,NaN,undefined\r\n"));
  // A map that varies neither start nor surface refuses a start at which nothing is finite.
  config.x = {.name = "learning_rate", .min = 0.1, .max = 1};
  config.y = {.name = "weight_decay", .min = 0, .max = 1, .log = false};
  HeatMap fixed;
  CHECK(contains(message(fixed.configure(config)), "at (-50, 1) is not finite"));
}

}  // namespace
}  // namespace descent::testing
