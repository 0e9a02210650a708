// SPDX-License-Identifier: MIT
// Time travel: seeking along the record, both ways, leaves the same bits as never having sought, also where
// hyper-parameters were changed on the way and under noise and a schedule; branches share their record and can be
// configured again; what forgets the later record and what does not.
#include <algorithm>

#include "engine/race/race.h"
#include "tests/support/close.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using race::Race;
using race::RaceConfig;
using race::RaceSnapshot;
using race::RunnerSnapshot;

RaceConfig noisy_config(std::string_view optimizer) {
  RaceConfig config = race_on("himmelblau", {0.3, -0.4}, {runner(optimizer)});
  config.runners[0].schedule = "cosine";
  config.noise = 0.5;
  config.seed = 9;
  config.schedule_steps = 60;
  return config;
}

// 40 steps, with another learning rate from step 15 on.
void run_with_change(Race& race) {
  race.step(15);
  const double rate = race.config().runners[0].hyperparameters[0];
  REQUIRE(race.set_hyperparameter(0, 0, 0.7 * rate).ok());
  race.step(25);
}

bool same_record(const RunnerSnapshot& a, const RunnerSnapshot& b) {
  return same_bits(a.points, b.points) && same_bits(a.losses, b.losses);
}

TEST_CASE("seeking and going on gives the bits of a race that never sought, for every optimizer") {
  for (const optim::CatalogEntry& entry : optim::catalog())
    for (const bool noisy : {false, true}) {
      CAPTURE(entry.info->name);
      CAPTURE(noisy);
      RaceConfig config = noisy_config(entry.info->name);
      if (!noisy) config.noise = 0;
      Race straight;
      Race travelled;
      REQUIRE(message(straight.configure(config)).empty());
      REQUIRE(travelled.configure(config).ok());
      run_with_change(straight);
      run_with_change(travelled);
      const RunnerSnapshot whole = snapshot_of(straight).runners[0];
      const auto made = static_cast<std::int64_t>(whole.losses.size()) - 1;
      for (const std::int64_t step : {std::int64_t{0}, made / 2, std::min<std::int64_t>(made, 3), made}) {
        REQUIRE(travelled.seek(step).ok());
        const RunnerSnapshot now = snapshot_of(travelled).runners[0];
        const auto count = static_cast<std::size_t>(step) + 1;
        CHECK(same_bits(now.points, std::span(whole.points).first(2 * count)));
        CHECK(same_bits(now.later_losses, std::span(whole.losses).subspan(count)));
        CHECK(same_bits(now.later_points, std::span(whole.points).subspan(2 * count)));
        CHECK(snapshot_of(travelled).recorded == made);
      }
      REQUIRE(travelled.seek(made / 3).ok());
      travelled.step(made + 10);
      straight.step(10 + made / 3);
      const RunnerSnapshot far = snapshot_of(straight).runners[0];
      CHECK(same_record(far, snapshot_of(travelled).runners[0]));
      CHECK(far.status == snapshot_of(travelled).runners[0].status);
      CHECK(reason_of(far) == reason_of(snapshot_of(travelled).runners[0]));
    }
}

TEST_CASE("cut back and computed again, the record is the same, and with another rate it is not") {
  for (const char* name : {"adam", "momentum", "lbfgs", "nadam"}) {
    CAPTURE(name);
    Race race;
    REQUIRE(race.configure(noisy_config(name)).ok());
    race.step(40);
    const RunnerSnapshot first = snapshot_of(race).runners[0];
    race.back(25);
    CHECK(snapshot_of(race).recorded == 15);
    race.step(25);
    CHECK(same_record(first, snapshot_of(race).runners[0]));
    REQUIRE(race.seek(15).ok());
    REQUIRE(race.set_hyperparameter(0, 0, 1.5 * first.config.hyperparameters[0]).ok());
    CHECK(snapshot_of(race).recorded == 15);
    race.step(25);
    CHECK_FALSE(same_record(first, snapshot_of(race).runners[0]));
  }
}

TEST_CASE("changes of hyper-parameters stay in the history") {
  Race race;
  REQUIRE(race.configure(race_on("rosenbrock", {-1.2, 1}, {runner("adam")})).ok());
  CHECK(snapshot_of(race).runners[0].changes.empty());
  race.step(5);
  REQUIRE(race.set_hyperparameter(0, 0, 0.3).ok());
  REQUIRE(race.set_hyperparameter(0, 0, 0.2).ok());  // no step was made with 0.3
  race.step(5);
  RunnerSnapshot now = snapshot_of(race).runners[0];
  REQUIRE(now.changes.size() == 2);
  CHECK(now.changes[0].step == 0);
  CHECK(now.changes[1].step == 5);
  CHECK(now.changes[1].hyperparameters[0] == 0.2);
  CHECK(now.learning_rate == 0.2);
  REQUIRE(race.seek(5).ok());
  CHECK(snapshot_of(race).runners[0].learning_rate == 0.001);
  CHECK(snapshot_of(race).runners[0].changes.size() == 2);
  race.back(1);
  CHECK(snapshot_of(race).runners[0].changes.size() == 1);
}

TEST_CASE("a branch shares the record, keeps its parent and can be configured again") {
  for (const char* name : {"momentum", "adam", "lbfgs"}) {
    CAPTURE(name);
    Race race;
    REQUIRE(race.configure(noisy_config(name)).ok());
    run_with_change(race);
    const RunnerSnapshot parent = snapshot_of(race).runners[0];
    std::vector<double> own = parent.config.hyperparameters;
    own[0] *= 0.5;
    REQUIRE(message(race.branch(0, 20, own)).empty());
    const RaceSnapshot both = snapshot_of(race);
    REQUIRE(both.runners.size() == 2);
    CHECK(same_record(parent, both.runners[0]));
    const RunnerSnapshot& branch = both.runners[1];
    CHECK(branch.losses.size() == parent.losses.size());  // brought to where the race stands
    CHECK(same_bits(std::span(branch.points).first(42), std::span(parent.points).first(42)));
    CHECK(branch.points[42] != parent.points[42]);
    CHECK(branch.config.slot == 1);
    CHECK(branch.config.branch_of == 0);
    REQUIRE(branch.config.earlier.size() == 2);
    CHECK(branch.config.earlier[0].until == 15);
    CHECK(branch.config.earlier[1].until == 20);
    race.step(10);
    const RunnerSnapshot further = snapshot_of(race).runners[1];
    Race again;
    REQUIRE(message(again.configure(both.config)).empty());
    again.step(50);
    CHECK(same_record(further, snapshot_of(again).runners[1]));
    REQUIRE(again.branch(1, 30, {}).ok());  // a branch of the branch, with its parent's values
    CHECK(same_record(snapshot_of(again).runners[1], snapshot_of(again).runners[2]));
    CHECK(snapshot_of(again).runners[2].config.slot == 2);
  }
}

TEST_CASE("a branch from where a run diverged runs on") {
  RaceConfig config = race_on("quadratic", {-4, 1.5}, {runner("gradient_descent")});
  config.runners[0].hyperparameters[0] = 0.3;  // 2/λmax = 0.2
  Race race;
  REQUIRE(race.configure(config).ok());
  race.step(200);
  const RunnerSnapshot parent = snapshot_of(race).runners[0];
  CHECK(parent.status == race::RunStatus::diverged);
  const std::vector<double> own{0.15, 0};
  REQUIRE(race.branch(0, 5, own).ok());
  race.step(300);
  const RaceSnapshot now = snapshot_of(race);
  CHECK(now.runners[0].status == race::RunStatus::diverged);
  CHECK(reason_of(now.runners[0]) == reason_of(parent));
  CHECK(now.runners[1].losses.back() < 1e-6);
  REQUIRE(race.seek(2).ok());
  CHECK(snapshot_of(race).runners[0].status == race::RunStatus::running);
  CHECK_FALSE(snapshot_of(race).runners[0].end.ended());
  REQUIRE(race.seek(snapshot_of(race).recorded).ok());
  CHECK(reason_of(snapshot_of(race).runners[0]) == reason_of(parent));
}

TEST_CASE("refused journeys change nothing and say why") {
  Race race;
  REQUIRE(race.configure(noisy_config("adam")).ok());
  race.step(10);
  CHECK(contains(message(race.seek(11)), "step is 11; the record goes from 0 to 10"));
  CHECK(contains(message(race.seek(-1)), "step is -1"));
  CHECK(contains(message(race.branch(3, 5, {})), "runner 3 does not exist"));
  CHECK(contains(message(race.branch(0, 11, {})), "goes from 0 to 10"));
  std::vector<double> bad = snapshot_of(race).runners[0].config.hyperparameters;
  bad[0] = -1;
  CHECK(contains(message(race.branch(0, 5, bad)), "learning_rate is -1"));
  CHECK(snapshot_of(race).runners.size() == 1);
  CHECK(snapshot_of(race).step == 10);
  for (int i = 1; i < race::kMaxRunners; ++i) REQUIRE(race.branch(0, 5, {}).ok());
  CHECK(contains(message(race.branch(0, 5, {})), "remove one"));
}

TEST_CASE("all runners meet the same noise at equal steps") {
  RaceConfig config = race_on("quadratic", {1, 1}, {runner("gradient_descent"), runner("gradient_descent")});
  config.parameters = {1};
  config.noise = 2;
  config.runners[1].hyperparameters[0] = 0.5;
  Race race;
  REQUIRE(race.configure(config).ok());
  race.step(8);
  const RaceSnapshot now = snapshot_of(race);
  for (std::size_t k = 0; k < 8; ++k)
    for (std::size_t i = 0; i < 2; ++i) {
      // f = (x² + y²)/2: the gradient is the point, what is left of the step is the noise.
      const auto noise_of = [&](std::size_t r) {
        const std::vector<double>& p = now.runners[r].points;
        return (p[2 * k + i] - p[2 * k + 2 + i]) / config.runners[r].hyperparameters[0] - p[2 * k + i];
      };
      CHECK(close(noise_of(0), noise_of(1), 1e-9, 1e-12));
      CHECK(std::abs(noise_of(0)) > 1e-3);
    }
  config.seed = 2;
  REQUIRE(race.configure(config).ok());
  race.step(8);
  CHECK_FALSE(same_record(now.runners[0], snapshot_of(race).runners[0]));
}

TEST_CASE("a budget counts every gradient, and the schedule scales the rate") {
  RaceConfig config = race_on("rosenbrock", {-1.2, 1}, {runner("adam"), runner("lbfgs")});
  config.budget = 30;
  config.schedule_steps = 10;
  config.runners[0].schedule = "step";
  Race race;
  REQUIRE(message(race.configure(config)).empty());
  race.step(100);
  const RaceSnapshot now = snapshot_of(race);
  CHECK(now.runners[0].losses.size() == 31);
  CHECK(now.runners[0].gradient_evaluations == 30);
  CHECK(now.runners[0].status == race::RunStatus::stopped);
  CHECK(reason_of(now.runners[0]) == "stopped at step 30: budget of 30 gradient evaluations used");
  CHECK(now.runners[0].learning_rate < 0.001);
  CHECK(now.runners[1].losses.size() < 30);
  CHECK(now.runners[1].gradient_evaluations == 30);
  REQUIRE(race.seek(1).ok());
  CHECK(snapshot_of(race).runners[0].learning_rate == 0.001);
  config.budget = -1;
  CHECK(contains(message(race.configure(config)), "budget is -1"));
  config.budget = 0;
  config.schedule_steps = 0;
  CHECK(contains(message(race.configure(config)), "schedule_steps is 0"));
}

}  // namespace
}  // namespace descent::testing
