// SPDX-License-Identifier: MIT
// Runs on a machine with little memory: a record that cannot grow ends its run with a sentence that says what helps, a
// branch that has no room is refused and changes nothing.
#include "engine/core/number_text.h"
#include "tests/support/memory_limit.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using race::Race;
using race::RaceConfig;
using race::RunnerSnapshot;
using race::RunStatus;

constexpr std::int64_t kSteps = 3000;

// A run that goes on as long as it may: too slow to converge.
RaceConfig long_run() {
  return one_run("quadratic", {-4, 1}, "gradient_descent", 1e-6);
}

TEST_CASE("a record that finds no memory ends its run; going back and on needs none") {
  Race race;
  {
    const MemoryLimit limit(1000);
    const RunnerSnapshot run = after(race, long_run(), kSteps);
    CHECK(run.status == RunStatus::stopped);
    CHECK(steps_of(run) >= 1000);  // shorter records have no need to ask
    CHECK(steps_of(run) < kSteps);
    CHECK(reason_of(run) == "stopped at step " + core::grouped(steps_of(run)) +
                                ": the page has no memory for a longer record; reset it or go back to go on");
    race.back(500);
    race.step(400);
    const RunnerSnapshot again = snapshot_of(race).runners[0];
    CHECK(again.status == RunStatus::running);
    CHECK(steps_of(again) == steps_of(run) - 100);
  }
  race.reset();
  race.step(kSteps);
  const RunnerSnapshot whole = snapshot_of(race).runners[0];
  CHECK(whole.status == RunStatus::running);
  CHECK(steps_of(whole) == kSteps);
}

TEST_CASE("a branch whose record finds no memory is refused and changes nothing") {
  Race race;
  REQUIRE(steps_of(after(race, long_run(), kSteps)) == kSteps);
  {
    const MemoryLimit limit(1000);
    CHECK(message(race.branch(0, 2000, {})) == "the page has no memory for another record of 2,000 steps");
    CHECK(snapshot_of(race).runners.size() == 1);
    CHECK(steps_of(snapshot_of(race).runners[0]) == kSteps);
  }
  CHECK(message(race.branch(0, 2000, {})).empty());
  CHECK(snapshot_of(race).runners.size() == 2);
}

}  // namespace
}  // namespace descent::testing
