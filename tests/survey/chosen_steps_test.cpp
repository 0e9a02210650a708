// SPDX-License-Identifier: MIT
// Steps that are chosen: enough that few starts still move, no more than that takes, and within the budget.
#include "engine/survey/chosen_steps.h"

#include <algorithm>

#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using survey::BasinConfig;
using survey::BasinMap;

BasinConfig himmelblau(double rate) {
  BasinConfig config{.surface = {.surface = "himmelblau"}, .runner = runner("gradient_descent")};
  config.domain = {-5, 5, -5, 5};
  config.runner.hyperparameters[0] = rate;
  return config;
}

double moving(BasinConfig config, std::int64_t steps, parallel::ThreadPool& pool) {
  config.steps = steps;
  config.width = config.height = 40;
  BasinMap map;
  REQUIRE(message(map.configure(config)).empty());
  while (map.busy()) map.advance(pool);
  const auto& basins = map.result().basins;
  return static_cast<double>(std::count(basins.begin(), basins.end(), survey::kBasinUnfinished)) /
         static_cast<double>(basins.size());
}

TEST_CASE("steps of a basin map: under 5 % still move, and with the next smaller choice more do") {
  parallel::ThreadPool pool(1);
  std::int64_t former = 0;
  for (const double rate : {0.01, 0.001, 0.0003}) {
    CAPTURE(rate);
    const BasinConfig config = himmelblau(rate);
    const auto steps = survey::chosen_steps(config, pool);
    REQUIRE(steps.ok());
    CHECK(*steps >= former);
    former = *steps;
    CHECK(moving(config, *steps, pool) < survey::kMostMoving + 0.01);
    if (*steps > survey::kStepChoices.front()) CHECK(moving(config, *steps / 3, pool) > survey::kMostMoving);
  }
  CHECK(former > 200);
}

TEST_CASE("where no steps are enough the smallest that does as much is taken; large maps have a budget") {
  parallel::ThreadPool pool(1);
  CHECK(*survey::chosen_steps(himmelblau(1e-8), pool) == survey::kStepChoices.front());
  BasinConfig large = himmelblau(0.0003);
  large.width = large.height = survey::kMaxBasinCells;
  const std::int64_t cells = std::int64_t{large.width} * large.height;
  CHECK(*survey::chosen_steps(large, pool) * cells <= survey::kMostBasinWork);
  CHECK(survey::chosen_steps(himmelblau(-1), pool).ok() == false);
}

TEST_CASE("steps of a sweep: each optimizer's best rate has arrived") {
  parallel::ThreadPool pool(1);
  survey::RateSweepConfig config;
  config.surface = {.surface = "rosenbrock"};
  config.start = {-1.2, 1};
  config.runners = {runner("gradient_descent"), runner("adam")};
  config.rate_min = 1e-5;
  const auto steps = survey::chosen_steps(config, pool);
  REQUIRE(steps.ok());
  const auto arrive = [&](std::int64_t count) {
    config.steps = count;
    survey::RateSweep sweep;
    REQUIRE(sweep.configure(config).ok());
    while (sweep.busy()) sweep.advance(pool);
    return std::all_of(sweep.result().curves.begin(), sweep.result().curves.end(), [](const survey::RateCurve& curve) {
      return std::any_of(curve.steps_to.begin(), curve.steps_to.end(), [](std::int32_t k) { return k >= 0; });
    });
  };
  CHECK(arrive(*steps));
  CHECK_FALSE(arrive(*steps / 10));
  config.surface = {.surface = "saddle"};  // nothing to arrive at
  CHECK(*survey::chosen_steps(config, pool) == 200);
}

}  // namespace
}  // namespace descent::testing
