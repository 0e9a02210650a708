// SPDX-License-Identifier: MIT
// Surveys of a surface: sweeps of learning rates and heat maps against run after run of descend(); the same bits for
// any number of threads; refusals. Basin maps by themselves: basins_test.cpp.
#include <cmath>
#include <limits>

#include "engine/race/descend.h"
#include "engine/survey/basins.h"
#include "engine/survey/heat_map.h"
#include "engine/survey/sweep.h"
#include "tests/support/close.h"
#include "tests/support/memory_limit.h"
#include "tests/support/race_helpers.h"
#include "tests/training/helpers.h"

namespace descent::testing {
namespace {

using survey::BasinConfig;
using survey::BasinMap;
using survey::HeatMap;
using survey::HeatMapConfig;
using survey::LaneEnd;
using survey::RateSweep;
using survey::RateSweepConfig;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

void finish(survey::TiledJob& job, int threads) {
  parallel::ThreadPool pool(threads);
  while (job.busy()) job.advance(pool);
}

RateSweepConfig small_sweep() {
  RateSweepConfig config{.surface = {.surface = "himmelblau"}, .start = {1, 2.5}};
  config.runners = {runner("gradient_descent"), runner("adam"), runner("lbfgs")};
  config.count = 37;
  config.steps = 50;
  return config;
}

TEST_CASE("a sweep's losses, ends and steps are those of single runs") {
  RateSweep sweep;
  REQUIRE(message(sweep.configure(small_sweep())).empty());
  finish(sweep, 2);
  const survey::RateSweepSnapshot& result = sweep.result();
  CHECK(result.completed == result.total);
  CHECK(result.target == 0);
  CHECK(result.rates.front() == 1e-4);
  CHECK(result.rates.back() == 10);
  int diverged = 0;
  int reached = 0;
  for (const survey::RateCurve& curve : result.curves)
    for (std::size_t i = 0; i < result.rates.size(); ++i) {
      race::RunnerConfig single = curve.config;
      single.hyperparameters[0] = result.rates[i];
      const race::DescentResult run = descend_from("himmelblau", single, {1, 2.5}, 50);
      CHECK((run.status == race::RunStatus::diverged) == (curve.ends[i] == LaneEnd::diverged));
      std::int32_t first = -1;
      for (std::size_t k = run.losses.size(); k-- > 0;)
        if (run.losses[k] <= result.target + result.tolerance) first = static_cast<std::int32_t>(k);
      CHECK(curve.steps_to[i] == first);
      if (curve.ends[i] == LaneEnd::running || curve.ends[i] == LaneEnd::diverged)
        CHECK(same_bits({&curve.losses[i], 1}, {&run.losses.back(), 1}));
      else
        CHECK(curve.losses[i] <= run.losses.back() + 1e-12);
      diverged += curve.ends[i] == LaneEnd::diverged ? 1 : 0;
      reached += first >= 0 ? 1 : 0;
    }
  CHECK(diverged > 0);
  CHECK(reached > 0);
}

TEST_CASE("a sweep's bounds: gradient descent is stable below 2/λmax") {
  RateSweep sweep;
  RateSweepConfig config{.surface = {.surface = "quadratic", .parameters = {30}}, .start = {-4, 1.5}};
  config.runners = {runner("gradient_descent"), runner("adam")};
  config.rate_min = 0.01;
  config.rate_max = 0.2;
  config.steps = 400;
  REQUIRE(sweep.configure(config).ok());
  finish(sweep, 1);
  const survey::RateCurve& curve = sweep.result().curves[0];
  CHECK(close(curve.stable_at_start, 2.0 / 30, 1e-12, 0));
  CHECK(close(curve.stable_at_best, 2.0 / 30, 1e-12, 0));
  for (std::size_t i = 0; i < sweep.result().rates.size(); ++i)
    if (std::abs(sweep.result().rates[i] * 15 - 1) > 0.02)
      CHECK((sweep.result().rates[i] > 2.0 / 30) == (curve.losses[i] > 100));
  CHECK(sweep.result().rates[static_cast<std::size_t>(curve.best)] < 2.0 / 30);
}

TEST_CASE("sweeps, heat maps and basin maps have the same bits for any number of threads") {
  std::vector<survey::RateSweepSnapshot> sweeps;
  std::vector<survey::HeatMapSnapshot> maps;
  std::vector<survey::BasinSnapshot> basins;
  for (const int threads : {1, 3}) {
    RateSweep sweep;
    REQUIRE(sweep.configure(small_sweep()).ok());
    finish(sweep, threads);
    sweep.publish(sweeps.emplace_back());
    HeatMap map;
    HeatMapConfig heat{.surface = {.surface = "beale"}, .start = {1, 1}, .runner = runner("momentum")};
    heat.x = {.name = "learning_rate", .min = 1e-4, .max = 0.1, .count = 21};
    heat.y = {.name = "momentum", .min = 0, .max = 0.99, .count = 18, .log = false};
    heat.steps = 40;
    REQUIRE(message(map.configure(heat)).empty());
    finish(map, threads);
    map.publish(maps.emplace_back());
    BasinMap basin;
    // No minima are listed for the dents of Ackley's function: the map finds them.
    BasinConfig config{
        .surface = {.surface = "ackley"}, .runner = runner("gradient_descent"), .domain = {-3, 3, -3, 3}};
    config.runner.hyperparameters[0] = 0.01;
    config.width = 40;
    config.height = 33;
    config.steps = 300;
    REQUIRE(message(basin.configure(config)).empty());
    finish(basin, threads);
    basin.publish(basins.emplace_back());
  }
  for (std::size_t i = 0; i < sweeps[0].curves.size(); ++i) {
    CHECK(same_bits(sweeps[0].curves[i].losses, sweeps[1].curves[i].losses));
    CHECK(sweeps[0].curves[i].best == sweeps[1].curves[i].best);
  }
  CHECK(same_bits(maps[0].losses, maps[1].losses));
  CHECK(maps[0].best == maps[1].best);
  CHECK(basins[0].basins == basins[1].basins);
  CHECK(basins[0].steps == basins[1].steps);
  REQUIRE(basins[0].attractors.size() == basins[1].attractors.size());
  CHECK(basins[0].attractors.size() > 10);
  for (std::size_t i = 0; i < basins[0].attractors.size(); ++i)
    CHECK(same_bits(basins[0].attractors[i].point, basins[1].attractors[i].point));
}

TEST_CASE("a heat map's cells are single runs") {
  HeatMap map;
  HeatMapConfig config{.surface = {.surface = "rosenbrock"}, .start = {-1.2, 1}, .runner = runner("adam")};
  config.x = {.name = "learning_rate", .min = 1e-3, .max = 1, .count = 9};
  config.y = {.name = "beta1", .min = 0, .max = 0.99, .count = 6, .log = false};
  config.steps = 80;
  REQUIRE(message(map.configure(config)).empty());
  finish(map, 2);
  const survey::HeatMapSnapshot& result = map.result();
  CHECK(result.stride == 1);
  double lowest = std::numeric_limits<double>::infinity();
  for (std::size_t row = 0; row < 6; ++row)
    for (std::size_t column = 0; column < 9; ++column) {
      race::RunnerConfig single = config.runner;
      single.hyperparameters[0] = result.x[column];
      single.hyperparameters[1] = result.y[row];
      const double loss = descend_from("rosenbrock", single, {-1.2, 1}, 80).losses.back();
      CHECK(same_bits({&result.losses[row * 9 + column], 1}, {&loss, 1}));
      lowest = std::min(lowest, loss);
    }
  CHECK(result.losses[static_cast<std::size_t>(result.best)] == lowest);
}

TEST_CASE("surveys refuse bad arguments with a sentence and keep what they have") {
  RateSweep sweep;
  REQUIRE(sweep.configure(small_sweep()).ok());
  const auto refused = [&](auto change, std::string_view part) {
    RateSweepConfig config = small_sweep();
    change(config);
    const std::string sentence = message(sweep.configure(config));
    INFO(sentence);
    CHECK(contains(sentence, part));
    CHECK(sweep.result().config == small_sweep());
  };
  refused([](RateSweepConfig& c) { c.rate_min = 0; }, "rates run from 0");
  refused([](RateSweepConfig& c) { c.rate_max = kNaN; }, "NaN");
  refused([](RateSweepConfig& c) { c.count = 1; }, "number of rates is 1");
  refused([](RateSweepConfig& c) { c.steps = 0; }, "steps is 0");
  refused([](RateSweepConfig& c) { c.runners.clear(); }, "0 optimizers");
  refused([](RateSweepConfig& c) { c.runners[0].optimizer = "x"; }, "'x'");
  refused([](RateSweepConfig& c) { c.runners[0].schedule = "zigzag"; }, "zigzag");
  refused([](RateSweepConfig& c) { c.surface.surface = "moon"; }, "moon");
  refused([](RateSweepConfig& c) { c.start = {kNaN, 0}; }, "start[0]");
  refused([](RateSweepConfig& c) { c.noise = -1; }, "noise is -1");
  refused([](RateSweepConfig& c) { c.tolerance = -1; }, "tolerance is -1");
  refused([](RateSweepConfig& c) { c.budget = -1; }, "budget is -1");

  HeatMap map;
  HeatMapConfig heat{.surface = {.surface = "beale"}, .start = {1, 1}, .runner = runner("adam")};
  heat.x = {.name = "learning_rate", .min = 1e-4, .max = 0.1};
  heat.y = {.name = "momentum", .min = 0.1, .max = 0.9};
  CHECK(contains(message(map.configure(heat)), "adam has no hyper-parameter 'momentum'; it has learning_rate, beta1"));
  heat.y = {.name = "beta1", .min = 0, .max = 0.9, .log = true};
  CHECK(contains(message(map.configure(heat)), "logarithmic"));
  heat.y = {.name = "beta1", .min = 0.1, .max = 1.9};
  CHECK(contains(message(map.configure(heat)), "beta1 is 1.9"));
  heat.y = heat.x;
  CHECK(contains(message(map.configure(heat)), "two different"));
  const auto refused_axis = [&](survey::HeatMapAxis axis, std::string_view part) {
    heat.y = std::move(axis);
    const std::string sentence = message(map.configure(heat));
    INFO(sentence);
    CHECK(contains(sentence, part));
    CHECK(map.result().version == 0);
  };
  refused_axis({.name = "start.z", .min = 0, .max = 1}, "y: there is no coordinate 'start.z'; they are start.x");
  refused_axis({.name = "start.x", .min = 1, .max = 0, .log = false}, "y: start.x runs from 1 to 0; it must ascend");
  refused_axis({.name = "start.y", .min = -2e6, .max = 0, .log = false}, "y: start.y is -2000000");
  refused_axis({.name = "start.y", .min = -1, .max = 1, .log = true}, "y: start.y runs from -1 to 1 on a logarithmic");
  refused_axis({.name = "start.y", .min = -1, .max = kNaN, .log = false}, "y: start.y is NaN");
  refused_axis({.name = "surface.kappa", .min = 1, .max = 2}, "y: beale has no parameter 'surface.kappa'; it has none");
  refused_axis({.name = "kappa", .min = 1, .max = 2}, "it has learning_rate, beta1");
  heat.surface.surface = "quadratic";
  refused_axis({.name = "surface.a", .min = 1, .max = 2}, "quadratic has no parameter 'surface.a'; it has kappa");
  refused_axis({.name = "kappa", .min = 1, .max = 2}, "can be start.x, start.y, surface.kappa");
  refused_axis({.name = "surface.kappa", .min = 0, .max = 2, .log = false},
               "y: surface.kappa is 0; it must be between");
  heat.runner = runner("lbfgs");
  refused_axis({.name = "memory", .min = 1, .max = 8, .count = 4, .log = false}, "memory is 3.33");
  heat.y.count = 8;
  CHECK(message(map.configure(heat)).empty());

  BasinMap basins;
  BasinConfig config{.surface = {.surface = "beale"}, .runner = runner("adam"), .domain = {1, -1, 0, 1}};
  CHECK(contains(message(basins.configure(config)), "x0 < x1"));
  config.domain = {-1, 1, 0, 1};
  config.width = 1;
  CHECK(contains(message(basins.configure(config)), "width is 1"));
  config.width = 10;
  config.steps = 100000;
  CHECK(contains(message(basins.configure(config)), "steps is 100000"));
}

TEST_CASE("maps of basins and heat maps ask for memory before they begin, and can be asked for again") {
  const race::RunnerConfig adam = runner("adam");
  BasinMap basins;
  BasinConfig starts{.surface = {.surface = "himmelblau"}, .runner = adam};
  starts.width = 40;
  starts.height = 30;
  HeatMap map;
  HeatMapConfig heat{.surface = {.surface = "himmelblau"}, .start = {1, 1}, .runner = adam};
  heat.x = {.name = "learning_rate", .min = 1e-4, .max = 0.1, .count = 20};
  heat.y = {.name = "beta1", .min = 0.1, .max = 0.9, .count = 10, .log = false};
  {
    const MemoryLimit limit(100);
    CHECK(message(basins.configure(starts)) == "the page has no memory for a map of 40 x 30");
    CHECK(message(map.configure(heat)) == "the page has no memory for a map of 20 x 10");
    CHECK_FALSE(basins.busy());
    CHECK_FALSE(map.busy());
  }
  CHECK(message(basins.configure(starts)).empty());
  CHECK(message(map.configure(heat)).empty());
}

}  // namespace
}  // namespace descent::testing
