// SPDX-License-Identifier: MIT
// Basin maps against run after run of descend(); saddles as attractors; the rough picture first, cancelling; minima
// that nobody has listed.
#include "engine/survey/basins.h"

#include <cmath>

#include "engine/race/descend.h"
#include "engine/surfaces/minima.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using survey::BasinConfig;
using survey::BasinMap;

void finish(survey::TiledJob& job, int threads) {
  parallel::ThreadPool pool(threads);
  while (job.busy()) job.advance(pool);
}

// The reference: one start after the other, each by descend().
void check_basins(const survey::BasinSnapshot& map, std::string_view surface) {
  const BasinConfig& c = map.config;
  const auto far = [](surfaces::Point a, surfaces::Point b) { return std::hypot(a[0] - b[0], a[1] - b[1]); };
  for (int row = 0; row < c.height; ++row)
    for (int column = 0; column < c.width; ++column) {
      const surfaces::Point start{c.domain.x0 + (c.domain.x1 - c.domain.x0) * column / (c.width - 1),
                                  c.domain.y0 + (c.domain.y1 - c.domain.y0) * row / (c.height - 1)};
      const race::DescentResult run = descend_from(surface, c.runner, start, c.steps);
      const auto at = [&](std::size_t k) { return surfaces::Point{run.points[2 * k], run.points[2 * k + 1]}; };
      const std::size_t cell = static_cast<std::size_t>(row * c.width + column);
      CAPTURE(row);
      CAPTURE(column);
      if (run.status == race::RunStatus::diverged) {
        CHECK(map.basins[cell] == survey::kBasinDiverged);
        CHECK(map.steps[cell] == run.steps);
        continue;
      }
      const auto end = static_cast<std::size_t>(run.steps);
      std::size_t settled = end;
      while (settled > 0 && far(at(settled - 1), at(end)) <= map.radius) --settled;
      CHECK(map.steps[cell] == settled);
      std::uint8_t nearest = survey::kBasinUnfinished;
      for (std::size_t i = 0; i < map.attractors.size(); ++i)
        if (far(map.attractors[i].point, at(end)) <= map.radius) nearest = static_cast<std::uint8_t>(i);
      CHECK(map.basins[cell] == nearest);
    }
}

TEST_CASE("a basin map says where and how soon each start ends") {
  BasinConfig config{.surface = {.surface = "himmelblau"}, .runner = runner("adam"), .domain = {-6, 6, -6, 6}};
  config.runner.hyperparameters[0] = 0.1;
  config.width = 21;
  config.height = 17;
  BasinMap map;
  REQUIRE(message(map.configure(config)).empty());
  finish(map, 2);
  CHECK(map.result().attractors.size() == 4);
  check_basins(map.result(), "himmelblau");
  config.runner = runner("gradient_descent");
  config.runner.hyperparameters[0] = 0.02;  // diverges from the steep rim
  REQUIRE(map.configure(config).ok());
  finish(map, 2);
  check_basins(map.result(), "himmelblau");
  int diverged = 0;
  for (const std::uint8_t basin : map.result().basins) diverged += basin == survey::kBasinDiverged ? 1 : 0;
  CHECK(diverged > 10);
}

TEST_CASE("a run that converges to a saddle is not called a minimum") {
  BasinMap map;
  BasinConfig config{.surface = {.surface = "saddle"}, .runner = runner("gradient_descent"), .domain = {-1, 1, -1, 1}};
  config.runner.hyperparameters[0] = 0.4;
  config.width = 5;
  config.height = 5;
  REQUIRE(map.configure(config).ok());
  finish(map, 1);
  REQUIRE(map.result().attractors.size() == 1);
  CHECK_FALSE(map.result().attractors[0].minimum);
  CHECK_FALSE(map.result().attractors[0].known);
}

TEST_CASE("the rough picture stands first and covers everything") {
  BasinMap map;
  BasinConfig config{.surface = {.surface = "himmelblau"}, .runner = runner("adam"), .domain = {-6, 6, -6, 6}};
  config.width = 70;
  config.height = 50;
  config.steps = 5000;  // slices end early
  REQUIRE(map.configure(config).ok());
  parallel::ThreadPool pool(1);
  survey::BasinSnapshot seen;
  while (map.result().stride == 0 && map.busy()) map.advance(pool);
  map.publish(seen);
  CHECK(seen.completed < seen.total);
  for (const std::uint8_t basin : seen.basins) CHECK(basin != survey::kBasinUnknown);
  map.cancel();
  CHECK_FALSE(map.busy());
  map.publish(seen);
  CHECK(seen.cancelled);
  CHECK(seen.completed < seen.total);
}

TEST_CASE("minima that nobody has listed are found, and saddles are not among them") {
  const auto bowl = surfaces::make_surface("himmelblau", {});
  for (const surfaces::Minimum& minimum : (*bowl)->minima()) {
    const auto found = surfaces::polish_minimum(**bowl, {minimum.point[0] + 0.2, minimum.point[1] - 0.1});
    REQUIRE(found.has_value());
    CHECK(std::hypot(found->point[0] - minimum.point[0], found->point[1] - minimum.point[1]) < 1e-9);
  }
  const auto saddle = surfaces::make_surface("saddle", {});
  CHECK_FALSE(surfaces::polish_minimum(**saddle, {0.01, 0}).has_value());
  CHECK(surfaces::find_minima(**saddle, (*saddle)->info().domain).empty());
}

TEST_CASE("a minimum at a kink is an attractor, though no run comes to rest there") {
  BasinConfig config{.surface = {.surface = "expression",
                                 .expression = surfaces::TypedFormula("min(abs(x + 3) + abs(y), abs(x - 2) + abs(y))")},
                     .runner = runner("gradient_descent"),
                     .domain = surfaces::kExpressionDomain};
  config.runner.hyperparameters[0] = 0.05;
  config.width = config.height = 16;
  BasinMap map;
  REQUIRE(message(map.configure(config)).empty());
  REQUIRE(map.result().attractors.size() == 2);
  for (const survey::Attractor& attractor : map.result().attractors) {
    CHECK(attractor.minimum);
    CHECK_FALSE(attractor.known);
  }
  finish(map, 2);
  CHECK(map.result().attractors.size() == 2);
  // Left of the crest at x = −0.5 to the left one, right of it to the right one.
  const auto at = [&](std::size_t i) { return map.result().attractors[map.result().basins[i]].point[0]; };
  REQUIRE(map.result().basins[0] < 2);
  REQUIRE(map.result().basins[15] < 2);
  CHECK(std::abs(at(0) + 3) < 1e-8);
  CHECK(std::abs(at(15) - 2) < 1e-8);
}

}  // namespace
}  // namespace descent::testing
