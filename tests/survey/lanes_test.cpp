// SPDX-License-Identifier: MIT
// Lanes: every lane is the run that descend() makes, bit for bit, for every optimizer, whether the lanes share one
// parameter vector or not; ends of runs; a negative control.
#include "engine/survey/lanes.h"
#include "engine/race/descend.h"

#include <cmath>
#include <limits>

#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using survey::LaneEnd;
using survey::Lanes;

constexpr std::int64_t kSteps = 60;

struct Grid {
  std::vector<double> x, y;
};

Grid grid_of(const surfaces::Domain& domain, int across) {
  Grid grid;
  for (int row = 0; row < across; ++row)
    for (int column = 0; column < across; ++column) {
      grid.x.push_back(domain.x0 + (domain.x1 - domain.x0) * (column + 0.3) / across);
      grid.y.push_back(domain.y0 + (domain.y1 - domain.y0) * (row + 0.4) / across);
    }
  return grid;
}

race::DescentResult reference(const surfaces::Surface& surface, std::string_view optimizer,
                              const std::vector<double>& hyperparameters, surfaces::Point start, std::int64_t steps) {
  race::DescentRequest request;
  request.surface = surface.info().name;
  request.optimizer = optimizer;
  request.hyperparameters = hyperparameters;
  request.start = start;
  request.steps = steps;
  auto result = race::descend(request);
  REQUIRE(result.ok());
  return *result;
}

void run(Lanes& lanes, const Grid& grid, std::int64_t steps = kSteps) {
  lanes.start(grid.x, grid.y);
  while (lanes.steps() < steps && lanes.step()) {
  }
}

// "" when lane i is the run that descend() makes, else what differs.
std::string differs(const Lanes& lanes, std::size_t i, const surfaces::Surface& surface, std::string_view optimizer,
                    const std::vector<double>& hyperparameters, surfaces::Point start) {
  const LaneEnd end = lanes.ends()[i];
  const std::int64_t made = lanes.steps_of(i);
  const std::int64_t asked = end == LaneEnd::diverged ? made + 1 : made;
  const race::DescentResult expected = reference(surface, optimizer, hyperparameters, start, asked);
  if (expected.steps != made) return "steps";
  const std::array<double, 3> seen{lanes.x()[i], lanes.y()[i], lanes.losses()[i]};
  const std::array<double, 3> wanted{expected.points[expected.points.size() - 2], expected.points.back(),
                                     expected.losses.back()};
  if (!same_bits(seen, wanted)) return "bits";
  if ((expected.status == race::RunStatus::diverged) != (end == LaneEnd::diverged)) return "divergence";
  if ((expected.status == race::RunStatus::converged) != (end == LaneEnd::converged)) return "convergence";
  if (end == LaneEnd::running && made != kSteps) return "count";
  return "";
}

TEST_CASE("lanes with the same hyper-parameters equal descend(), for every optimizer") {
  for (const char* name : {"himmelblau", "rastrigin", "saddle", "goldstein_price"}) {
    const auto surface = surfaces::make_surface(name, {});
    REQUIRE(surface.ok());
    const Grid grid = grid_of((*surface)->info().domain, 4);
    for (const optim::CatalogEntry& entry : optim::catalog()) {
      CAPTURE(name);
      CAPTURE(entry.info->name);
      std::vector<double> values = core::default_values(entry.info->parameters);
      for (const double factor : {1.0, 40.0}) {
        std::vector<double> faster = values;
        faster[0] = std::min(values[0] * factor, entry.info->parameters[0].maximum);
        Lanes lanes(**surface, entry, {});
        lanes.configure(faster);
        run(lanes, grid);
        for (std::size_t i = 0; i < grid.x.size(); ++i)
          CHECK(differs(lanes, i, **surface, entry.info->name, faster, {grid.x[i], grid.y[i]}) == "");
      }
    }
  }
}

TEST_CASE("lanes with hyper-parameters of their own equal descend()") {
  const auto surface = surfaces::make_surface("himmelblau", {});
  REQUIRE(surface.ok());
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    CAPTURE(entry.info->name);
    const std::vector<double> values = core::default_values(entry.info->parameters);
    std::vector<double> rows;
    const Grid grid{std::vector<double>(9, 1.0), std::vector<double>(9, 2.5)};
    for (int i = 0; i < 9; ++i) {
      rows.insert(rows.end(), values.begin(), values.end());
      rows[rows.size() - values.size()] = 1e-4 * std::pow(10, 0.5 * i);
    }
    Lanes lanes(**surface, entry, {});
    lanes.configure_each(rows);
    run(lanes, grid);
    for (std::size_t i = 0; i < 9; ++i) {
      const auto row = rows.begin() + static_cast<std::ptrdiff_t>(i * values.size());
      const std::vector<double> own(row, row + static_cast<std::ptrdiff_t>(values.size()));
      CHECK(differs(lanes, i, **surface, entry.info->name, own, {1, 2.5}) == "");
    }
  }
}

TEST_CASE("negative control: a learning rate that is off by 1e-12 is noticed") {
  const auto surface = surfaces::make_surface("himmelblau", {});
  const optim::CatalogEntry& adam = *optim::find_optimizer("adam");
  const std::vector<double> values = core::default_values(adam.info->parameters);
  std::vector<double> other = values;
  other[0] *= 1 + 1e-12;
  Lanes lanes(**surface, adam, {});
  lanes.configure(other);
  run(lanes, {{1}, {2.5}});
  CHECK(differs(lanes, 0, **surface, "adam", values, {1, 2.5}) == "bits");
}

TEST_CASE("a lane that ends stands still, and the others go on as if it were not there") {
  const auto surface = surfaces::make_surface("himmelblau", {});
  const optim::CatalogEntry& entry = *optim::find_optimizer("gradient_descent");
  const std::vector<double> values{0.02, 0};
  // Starts at a minimum, far up a slope where this rate diverges, in a basin, and nowhere.
  const Grid grid{{3, 60, 2, std::numeric_limits<double>::quiet_NaN()}, {2, -70, 2, 0}};
  Lanes lanes(**surface, entry, {});
  lanes.configure(values);
  run(lanes, grid);
  CHECK(lanes.ends()[0] == LaneEnd::converged);
  CHECK(lanes.steps_of(0) == 0);
  CHECK(lanes.ends()[1] == LaneEnd::diverged);
  CHECK(std::isfinite(lanes.losses()[1]));
  CHECK(lanes.ends()[3] == LaneEnd::undefined);
  for (const std::size_t i : {1U, 2U})
    CHECK(differs(lanes, i, **surface, "gradient_descent", values, {grid.x[i], grid.y[i]}) == "");
}

TEST_CASE("lanes under noise and a schedule equal the race, together and each by itself") {
  const auto surface = surfaces::make_surface("himmelblau", {});
  const Grid grid{{0.3, 4, -3}, {-0.4, 1, -5}};
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    CAPTURE(entry.info->name);
    race::RunnerConfig config = runner(entry.info->name);
    config.schedule = "cosine";
    const auto conditions = race::make_conditions(config, {.schedule_steps = kSteps, .noise = 0.4, .seed = 5});
    REQUIRE(conditions.ok());
    Lanes lanes(**surface, entry, *conditions);
    lanes.configure(config.hyperparameters);
    run(lanes, grid);
    std::vector<double> rows;
    for (int i = 0; i < 3; ++i) rows.insert(rows.end(), config.hyperparameters.begin(), config.hyperparameters.end());
    Lanes each(**surface, entry, *conditions);
    each.configure_each(rows);
    run(each, grid);
    CHECK(same_bits(lanes.x(), each.x()));
    for (std::size_t i = 0; i < 3; ++i) {
      race::RaceConfig race_config = race_on("himmelblau", {grid.x[i], grid.y[i]}, {config});
      race_config.noise = 0.4;
      race_config.seed = 5;
      race_config.schedule_steps = kSteps;
      race::Race race;
      REQUIRE(message(race.configure(race_config)).empty());
      race.step(kSteps);
      const race::RunnerSnapshot seen = snapshot_of(race).runners[0];
      const std::array<double, 3> expected{seen.points[seen.points.size() - 2], seen.points.back(), seen.losses.back()};
      const std::array<double, 3> found{lanes.x()[i], lanes.y()[i], lanes.losses()[i]};
      CHECK(same_bits(expected, found));
      CHECK(seen.losses.size() == static_cast<std::size_t>(lanes.steps_of(i)) + 1);
      CHECK(seen.gradient_evaluations == lanes.evaluations_of(i));
    }
  }
}

TEST_CASE("a budget ends a lane, line searches included") {
  const auto surface = surfaces::make_surface("rosenbrock", {});
  for (const char* name : {"adam", "lbfgs"}) {
    race::Conditions conditions;
    conditions.gradient_evaluations = 25;
    Lanes lanes(**surface, *optim::find_optimizer(name), conditions);
    run(lanes, {{-1.2}, {1}});
    CAPTURE(name);
    CHECK(lanes.ends()[0] == LaneEnd::spent);
    CHECK(lanes.evaluations_of(0) == 25);
    if (std::string_view(name) == "adam") {
      CHECK(lanes.steps_of(0) == 25);
    } else {
      CHECK(lanes.steps_of(0) < 25);
    }
  }
}

}  // namespace
}  // namespace descent::testing
