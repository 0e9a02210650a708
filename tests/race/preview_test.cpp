// SPDX-License-Identifier: MIT
// The preview of a race at its start is what the race then does, step by step and bit for bit, whatever the optimizer;
// of many wishes the newest counts, and what is no longer true goes.
#include <algorithm>
#include <string>

#include "engine/race/race.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using race::Preview;
using race::Race;
using race::RaceConfig;
using race::RaceSnapshot;

RaceConfig mixed() {
  RaceConfig config = race_on("rosenbrock", {-1.2, 1},
                              {runner("gradient_descent"), runner("momentum"), runner("adam"), runner("lbfgs"),
                               runner("bfgs"), runner("newton"), runner("conjugate_gradient"), runner("nelder_mead")});
  config.runners[0].hyperparameters[0] = 0.0005;
  config.runners[1].hyperparameters[0] = 0.0003;
  config.runners[2].schedule = "cosine";
  return config;
}

Preview preview_of(Race& race) {
  race.preview();
  CHECK(race.busy());
  CHECK(race.idle_seconds() <= 0);
  race.advance();
  CHECK_FALSE(race.busy());
  return snapshot_of(race).preview;
}

// The runs after as many steps are the preview.
void check_runs(Race& race, const Preview& preview) {
  race.step(race::kPreviewSteps);
  const RaceSnapshot now = snapshot_of(race);
  REQUIRE(preview.paths.size() == now.runners.size());
  for (std::size_t i = 0; i < now.runners.size(); ++i) {
    CAPTURE(now.runners[i].config.optimizer);
    CHECK(same_bits(preview.paths[i], now.runners[i].points));
  }
  CHECK(now.preview.version == preview.version);  // it stays under the paths
}

TEST_CASE("the preview is the path that follows: line searches, second order, schedules, noise, a budget") {
  for (const double noise : {0.0, 0.3}) {
    RaceConfig config = mixed();
    config.noise = noise;
    Race race;
    REQUIRE(race.configure(config).ok());
    REQUIRE(race.set_start({0.5, 1.5}).ok());
    const Preview preview = preview_of(race);
    check_runs(race, preview);
    CHECK(preview.paths[0].size() == 2 * (race::kPreviewSteps + 1));
  }
  RaceConfig config = mixed();
  config.budget = 40;
  Race race;
  REQUIRE(race.configure(config).ok());
  check_runs(race, preview_of(race));
}

TEST_CASE("a run that diverges is previewed to where it leaves") {
  Race race;
  REQUIRE(race.configure(one_run("rosenbrock", {-1.2, 1}, "gradient_descent", 0.05)).ok());
  const Preview preview = preview_of(race);
  CHECK(preview.paths[0].size() < 2 * race::kPreviewSteps);
  check_runs(race, preview);
}

TEST_CASE("the newest wish counts, and a preview that is no longer true goes") {
  Race race;
  REQUIRE(race.configure(mixed()).ok());
  for (const double x : {-1.0, 0.25, 0.75}) {
    REQUIRE(race.set_start({x, 1}).ok());
    race.preview();
  }
  const std::uint64_t before = snapshot_of(race).preview.version;
  race.advance();
  RaceSnapshot now = snapshot_of(race);
  CHECK(now.preview.version == before + 1);
  CHECK(now.preview.paths[0][0] == 0.75);
  // The rate at step 0.
  REQUIRE(race.set_hyperparameter(0, 0, 0.0001).ok());
  CHECK(snapshot_of(race).preview.paths.empty());
  const Preview changed = preview_of(race);
  CHECK_FALSE(same_bits(changed.paths[0], now.preview.paths[0]));
  CHECK(same_bits(changed.paths[1], now.preview.paths[1]));
  // A change on the way makes it untrue; there is none to be had then.
  race.step(5);
  CHECK_FALSE(snapshot_of(race).preview.paths.empty());
  REQUIRE(race.set_hyperparameter(0, 0, 0.0002).ok());
  CHECK(snapshot_of(race).preview.paths.empty());
  race.preview();
  CHECK_FALSE(race.busy());
  // A reused snapshot follows.
  race.reset();
  race.preview();
  race.advance();
  race.publish(now);
  CHECK(now.preview.paths.size() == 8);
  race.reset();
  race.publish(now);
  CHECK(now.preview.paths.empty());
  // A race that plays makes it too, beside its steps.
  race.preview();
  race.play();
  race.advance();
  CHECK(snapshot_of(race).preview.paths.size() == 8);
}

}  // namespace
}  // namespace descent::testing
