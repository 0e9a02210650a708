// SPDX-License-Identifier: MIT
// A surface that is chosen gets rates with which every optimizer comes down it: over the whole catalog nothing diverges
// or stands still, under a stated number of gradients; what is to be kept is kept, and undone is undone.
#include "engine/race/tuning/suited_rates.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using race::Race;
using race::RaceConfig;
using race::RaceSnapshot;
using race::RunnerSnapshot;
using race::RunStatus;

constexpr std::uint32_t kAll = 0xFFFF;

// The optimizers and rates that the page starts with.
RaceConfig first_race(std::string_view surface) {
  const surfaces::SurfaceInfo& info = *surfaces::find_surface(surface)->info;
  RaceConfig config =
      race_on(std::string(surface), info.start, {runner("gradient_descent"), runner("momentum"), runner("adam")});
  constexpr double kRates[] = {0.001, 0.0005, 0.02};
  for (std::size_t i = 0; i < 3; ++i) config.runners[i].hyperparameters[0] = kRates[i];
  return config;
}

// It came down by at least a hundredth of the way to the lowest minimum, or where there is none by a tenth.
bool came_down(const RaceSnapshot& now, const RunnerSnapshot& run) {
  double lowest = std::numeric_limits<double>::infinity();
  for (const surfaces::Minimum& minimum : now.minima) lowest = std::min(lowest, minimum.value);
  const double start = run.losses[0], end = *std::min_element(run.losses.begin(), run.losses.end());
  return start - end > (std::isfinite(lowest) ? 0.01 * (start - lowest) : 0.1);
}

TEST_CASE("over the whole catalog no first optimizer diverges or stands still with suited rates") {
  int bad_before = 0;
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    const RaceConfig config = first_race(entry.info->name);
    Race plain;
    REQUIRE(plain.configure(config).ok());
    plain.play_steps(200);
    const RaceSnapshot before = snapshot_of(plain);
    for (const RunnerSnapshot& run : before.runners)
      bad_before += run.status == RunStatus::diverged || !came_down(before, run) ? 1 : 0;

    Race race;
    REQUIRE(race.configure_suited(config, kAll).ok());
    race.play_steps(200);
    const RaceSnapshot now = snapshot_of(race);
    CHECK(now.tuning.evaluations <= race::kSuitedGradients);
    CHECK(now.tuning.budget == race::kSuitedSteps);
    for (const RunnerSnapshot& run : now.runners) {
      CAPTURE(std::string(entry.info->name));
      CAPTURE(run.config.optimizer);
      CHECK(run.status != RunStatus::diverged);
      CHECK(came_down(now, run));
    }
    race.play_steps(800);
    const RaceSnapshot later = snapshot_of(race);
    for (const RunnerSnapshot& run : later.runners) {
      CAPTURE(std::string(entry.info->name));
      CAPTURE(run.config.optimizer);
      CHECK((run.status != RunStatus::diverged || later.minima.empty()));
    }
  }
  CHECK(bad_before >= 6);  // with the rates of another surface
}

TEST_CASE("sixteen optimizers share the gradients; steep and flat formulas get rates of their own") {
  RaceConfig config = first_race("himmelblau");
  config.runners = std::vector(16, config.runners[2]);
  for (int i = 0; i < 16; ++i) config.runners[static_cast<std::size_t>(i)].slot = i;
  Race race;
  REQUIRE(race.configure_suited(config, kAll).ok());
  CHECK(snapshot_of(race).tuning.evaluations <= race::kSuitedGradients);
  CHECK(race::suited_budget(16) * race::kSuitedRates * 16 <= race::kSuitedGradients);

  const auto rate = [](const char* formula) {
    RaceConfig on = first_race("quadratic");
    on.set_surface({"expression", surfaces::TypedFormula(formula), {-5, 5, -5, 5}, {}});
    on.start = {3, 2};
    Race made;
    REQUIRE(made.configure_suited(on, kAll).ok());
    return snapshot_of(made).config.runners[0].hyperparameters[0];
  };
  CHECK(rate("10000*(x^2 + y^2)") < 1e-4);
  CHECK(rate("0.001*(x^2 + y^2)") > 1);
}

TEST_CASE("rates that are to be kept are kept, and undone tuning is undone") {
  const RaceConfig config = first_race("beale");
  Race race;
  REQUIRE(race.configure_suited(config, 0b101).ok());
  const RaceSnapshot now = snapshot_of(race);
  CHECK(now.config.runners[0].hyperparameters[0] != 0.001);
  CHECK(now.config.runners[1].hyperparameters[0] == 0.0005);
  CHECK(std::isnan(now.tuning.rates[1].learning_rate));
  CHECK(now.tuning.suited);
  CHECK(now.tuning.rates[0].former_rate == 0.001);
  CHECK(now.runners[0].learning_rate == now.config.runners[0].hyperparameters[0]);
  REQUIRE(race.undo_tuning().ok());
  CHECK(race.config().runners == config.runners);
  CHECK_FALSE(race.undo_tuning().ok());

  REQUIRE(race.configure_suited(config, 0).ok());
  CHECK(race.config().runners == config.runners);
  CHECK(snapshot_of(race).tuning.rates.empty());
  RaceConfig wrong = config;
  wrong.surface = "nowhere";
  CHECK_FALSE(race.configure_suited(wrong, kAll).ok());
  CHECK(race.config().surface == "beale");
}

TEST_CASE("a budget, noise and schedules of the race hold for the runs that are tried") {
  RaceConfig config = first_race("rosenbrock");
  config.budget = 30;
  config.noise = 0.5;
  Race race;
  REQUIRE(race.configure_suited(config, kAll).ok());
  const race::TuningReport report = snapshot_of(race).tuning;
  CHECK(report.budget == 30);
  CHECK(report.rates[0].evaluations <= 30 * race::kSuitedRates);
  race.play_steps(30);
  CHECK(snapshot_of(race).runners[0].losses.back() == report.rates[0].loss);
}

}  // namespace
}  // namespace descent::testing
