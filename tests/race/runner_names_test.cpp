// SPDX-License-Identifier: MIT
// Names of runs: unique in every race, branches by where they left, the same in the status and in the table.
#include "engine/race/runner_names.h"

#include <set>

#include "engine/script/status_json.h"
#include "tests/support/golden.h"
#include "tests/support/race_helpers.h"

namespace descent::testing {
namespace {

using race::Race;
using race::RaceSnapshot;
using race::runner_name;

// Adam and gradient descent, 40 steps.
void prepare(Race& race) {
  REQUIRE(race.configure(race_on("himmelblau", {0.5, -1}, {runner("adam"), runner("gradient_descent")})).ok());
  race.step(40);
}

std::vector<std::string> names(const RaceSnapshot& race) {
  std::vector<std::string> list;
  for (std::size_t i = 0; i < race.runners.size(); ++i) list.push_back(runner_name(race, i).full());
  return list;
}

TEST_CASE("a branch is called after the step at which it left, a second one has a number") {
  Race race;
  prepare(race);
  for (const auto& [parent, step] : std::vector<std::pair<int, int>>{{0, 12}, {1, 12}, {0, 12}, {2, 20}, {0, 0}})
    REQUIRE(message(race.branch(parent, step, {})).empty());
  const RaceSnapshot now = snapshot_of(race);
  CHECK(names(now) == std::vector<std::string>{"Adam", "Gradient descent", "Adam from step 12",
                                               "Gradient descent from step 12", "Adam from step 12 (2)",
                                               "Adam from step 20", "Adam from step 0"});
  CHECK(runner_name(now, 4).brief() == "Adam from 12 (2)");
  CHECK(runner_name(now, 3).item == "gradient_descent 2");
  CHECK(runner_name(now, 5).item == "adam 4");
  for (std::size_t i = 0; i < now.runners.size(); ++i)
    CHECK(runner_name(now.config.runners, i).full() == runner_name(now, i).full());
}

TEST_CASE("equal optimizers that are no branches have numbers; the first has none") {
  Race race;
  REQUIRE(race.configure(race_on("quadratic", {1, 1}, {runner("adam"), runner("momentum"), runner("adam")})).ok());
  CHECK(names(snapshot_of(race)) == std::vector<std::string>{"Adam", "Momentum", "Adam (2)"});
}

TEST_CASE("runs of one optimizer are named by what differs, with a number only where nothing does") {
  const auto descent = [](double rate) { return one_run("quadratic", {1, 1}, "gradient_descent", rate).runners[0]; };
  Race race;
  REQUIRE(
      race.configure(race_on("quadratic", {1, 1}, {descent(0.02), runner("adam"), descent(0.3), descent(0.02)})).ok());
  CHECK(names(snapshot_of(race)) == std::vector<std::string>{"Gradient descent, rate 0.02", "Adam",
                                                             "Gradient descent, rate 0.3",
                                                             "Gradient descent, rate 0.02 (2)"});
  CHECK(runner_name(snapshot_of(race), 3).item == "gradient_descent 3");
  // A name follows what is changed, and a run that is alone needs no more than its title.
  REQUIRE(race.set_hyperparameter(3, 0, 0.1).ok());
  CHECK(names(snapshot_of(race))[3] == "Gradient descent, rate 0.1");
  CHECK(names(snapshot_of(race))[1] == "Adam");
  CHECK(runner_name(snapshot_of(race), 3).brief() == "Gradient descent, rate 0.1");
  // Where all are of one optimizer what differs is enough.
  REQUIRE(race.configure(race_on("quadratic", {1, 1}, {descent(0.02), descent(0.3)})).ok());
  CHECK(runner_name(snapshot_of(race), 1).brief() == "rate 0.3");
  CHECK(runner_name(snapshot_of(race), 1).full() == "Gradient descent, rate 0.3");
  const std::vector<core::NamedValue> uncorrected{{"bias_correction", 0}};
  race::RunnerConfig cosine = runner("adam");
  cosine.schedule = "cosine";
  REQUIRE(race.configure(race_on("quadratic", {1, 1}, {runner("adam"), runner("adam", uncorrected), cosine})).ok());
  CHECK(names(snapshot_of(race)) == std::vector<std::string>{"Adam, bias correction 1, constant",
                                                             "Adam, bias correction 0, constant",
                                                             "Adam, bias correction 1, cosine"});
}

TEST_CASE("branches of one step are told apart by their rates") {
  Race race;
  prepare(race);
  REQUIRE(message(race.branch(0, 12, {})).empty());
  const auto parameters = snapshot_of(race).runners[0].config.hyperparameters;
  std::vector<double> changed = parameters;
  changed[0] = 0.2;
  REQUIRE(message(race.branch(0, 12, changed)).empty());
  CHECK(runner_name(snapshot_of(race), 3).full() == "Adam from step 12, rate 0.2");
  CHECK(runner_name(snapshot_of(race), 3).brief() == "Adam from 12, rate 0.2");
}

TEST_CASE("sixteen branches of one run from one step are told apart, in the status and in the table") {
  Race race;
  prepare(race);
  while (snapshot_of(race).runners.size() < race::kMaxRunners) REQUIRE(race.branch(0, 30, {}).ok());
  const RaceSnapshot now = snapshot_of(race);
  const std::vector<std::string> list = names(now);
  std::set<std::string> items;
  for (std::size_t i = 0; i < list.size(); ++i) items.insert(runner_name(now, i).item);
  CHECK(std::set<std::string>(list.begin(), list.end()).size() == list.size());
  CHECK(items.size() == list.size());
  const Json status = Json::parse(script::race_status_json(now), nullptr, false);
  const std::string csv = script::race_csv(now);
  for (std::size_t i = 0; i < list.size(); ++i) {
    CHECK(status["optimizers"][i]["title"] == list[i]);
    CHECK(contains(csv, "," + list[i] + "\r\n"));
  }
  CHECK_FALSE(contains(csv, ",Adam from step 29\r\n"));
}

}  // namespace
}  // namespace descent::testing
