// SPDX-License-Identifier: MIT
// A branch leaves the former run as it was, and what runs leave behind keeps to its memory.
#include <cmath>

#include "engine/training/kept_runs.h"
#include "tests/training/short_run.h"

namespace descent::testing {
namespace {

using training::KeptRun;
using training::KeptRuns;
using training::TrainerConfig;
using training::TrainerSnapshot;
using training::TrainerState;

TEST_CASE("a branch goes on with other settings as a run would whose settings were changed there") {
  const auto changed = trainer_of();
  train_steps(*changed, 100);
  REQUIRE(changed->set_hyperparameter(0, 0.01).ok());
  train_steps(*changed, 60);
  const auto trainer = trainer_of();
  train_steps(*trainer, 230);
  const TrainerSnapshot former = snapshot_of(*trainer);
  const std::uint64_t hash = hash_of_run(*trainer);
  TrainerConfig config = trainer->config();
  config.hyperparameters[0] = 0.01;
  REQUIRE(message(trainer->branch(100, config)).empty());
  TrainerSnapshot branch = snapshot_of(*trainer);
  CHECK(branch.step == 100);
  CHECK(branch.state == TrainerState::paused);
  CHECK(branch.run != former.run);
  REQUIRE(branch.branched);
  CHECK(branch.branched->run == former.run);
  CHECK(branch.branched->step == 100);
  CHECK(steps_of(branch) == std::vector<std::int64_t>{0, 100});
  REQUIRE(branch.kept_runs.size() == 1);
  CHECK(branch.kept_runs[0]->id == former.run);
  CHECK(same_curve(branch.kept_runs[0]->train_curve, former.train_curve));
  train_steps(*trainer, 60);
  CHECK(alike(*trainer, *changed));
  // The former one as it stood, and then this one again.
  REQUIRE(message(trainer->go_to(former.run, former.config, former.layout)).empty());
  CHECK(hash_of_run(*trainer) == hash);
  branch = snapshot_of(*trainer);
  CHECK(branch.kept_runs.size() == 1);
  CHECK(branch.kept_runs[0]->id != former.run);
  train_steps(*changed, 30);
  REQUIRE(message(trainer->go_to(branch.kept_runs[0]->id, branch.kept_runs[0]->config, former.layout)).empty());
  train_steps(*trainer, 30);
  CHECK(alike(*trainer, *changed));
}

TEST_CASE("a branch with another optimizer begins that one's memory at its first step") {
  const auto trainer = trainer_of("gradient_descent");
  train_steps(*trainer, 200);
  TrainerConfig config = trainer->config();
  config.optimizer = "adam";
  config.hyperparameters.clear();
  config.schedule = "constant";
  config.schedule_parameters.clear();
  REQUIRE(message(trainer->branch(100, config)).empty());
  CHECK(steps_of(snapshot_of(*trainer)).empty());
  const TrainerSnapshot before = snapshot_of(*trainer);
  train_steps(*trainer, 1);
  // Adam's first step is the learning rate in every weight with a gradient: never longer.
  const double longest = trainer->config().hyperparameters[0] * std::sqrt(static_cast<double>(before.parameter_count));
  const training::StepFigures step = snapshot_of(*trainer).newest;
  CHECK(step.step_norm <= 1.001 * longest);
  CHECK(step.step_norm > 0.3 * longest);
  train_steps(*trainer, 30);
  const auto restored =
      small_trainer(trainer->config(), std::make_shared<const data::DataSplit>(data::synthetic_split(7, 128, 25)));
  REQUIRE(message(restored->restore(trainer->save_run())).empty());
  train_steps(*restored, 20);
  train_steps(*trainer, 20);
  CHECK(alike(*restored, *trainer));
}

TEST_CASE("what a branch cannot have is refused, and the run under way goes on") {
  const auto trainer = trainer_of();
  train_steps(*trainer, 20);
  REQUIRE(message(trainer->train_steps(100)).empty());
  trainer->advance(0);
  const std::uint64_t run = snapshot_of(*trainer).run;
  TrainerConfig config = trainer->config();
  config.seed = 5;
  CHECK(contains(message(trainer->branch(0, config)), "the network and the seed"));
  config = trainer->config();
  config.hyperparameters[0] = -1;
  CHECK(contains(message(trainer->branch(0, config)), "learning_rate"));
  CHECK(contains(message(trainer->branch(1000, trainer->config())), "the run goes from 0 to"));
  CHECK(trainer->busy());
  CHECK(snapshot_of(*trainer).run == run);
}

TEST_CASE("a branch that made no steps is no run: another one takes its place, and the former is still there") {
  const auto trainer = trainer_of();
  train_steps(*trainer, 230);
  const TrainerSnapshot former = snapshot_of(*trainer);
  const std::uint64_t hash = hash_of_run(*trainer);
  REQUIRE(trainer->branch(100, trainer->config()).ok());
  CHECK(snapshot_of(*trainer).learned);
  REQUIRE(trainer->branch(0, trainer->config()).ok());
  CHECK(snapshot_of(*trainer).branched->run == former.run);
  CHECK(snapshot_of(*trainer).branched->step == 0);
  CHECK(snapshot_of(*trainer).kept_runs.size() == 1);
  REQUIRE(message(trainer->go_to(former.run, former.config, former.layout)).empty());
  CHECK(hash_of_run(*trainer) == hash);
  CHECK(snapshot_of(*trainer).kept_runs.empty());
}

TEST_CASE("training on from an earlier place is another run, and the former comes back") {
  const auto trainer = trainer_of();
  train_steps(*trainer, 230);
  const TrainerSnapshot former = snapshot_of(*trainer);
  const std::uint64_t hash = hash_of_run(*trainer);
  REQUIRE(trainer->seek(100).ok());
  CHECK(snapshot_of(*trainer).run == former.run);
  train_steps(*trainer, 5);
  const TrainerSnapshot next = snapshot_of(*trainer);
  CHECK(next.run != former.run);
  REQUIRE(next.kept_runs.size() == 1);
  CHECK(next.kept_runs[0]->step == 230);  // all of it, not to where it stood
  CHECK(next.kept_runs[0]->state == TrainerState::finished);
  REQUIRE(message(trainer->go_to(former.run, former.config, former.layout)).empty());
  REQUIRE(trainer->seek(230).ok());
  CHECK(hash_of_run(*trainer) == hash);
}

TEST_CASE("runs are kept when others begin, pinned ones longer, and can be removed") {
  const auto trainer = trainer_of();
  trainer->reset();
  CHECK(snapshot_of(*trainer).kept_runs.empty());  // it made no steps
  train_steps(*trainer, 20);
  const std::uint64_t first = snapshot_of(*trainer).run;
  REQUIRE(trainer->keep_run(first, true).ok());
  CHECK(contains(message(trainer->remove_run(first)), "the present one"));
  trainer->reset();
  REQUIRE(snapshot_of(*trainer).kept_runs.size() == 1);
  CHECK(snapshot_of(*trainer).kept_runs[0]->pinned);
  CHECK_FALSE(snapshot_of(*trainer).pinned);
  REQUIRE(trainer->keep_run(first, false).ok());
  CHECK_FALSE(snapshot_of(*trainer).kept_runs[0]->pinned);
  REQUIRE(trainer->remove_run(first).ok());
  CHECK(snapshot_of(*trainer).kept_runs.empty());
  CHECK(contains(message(trainer->remove_run(first)), "there is no run"));
  CHECK(contains(message(trainer->keep_run(99, true)), "there is no run"));
}

TEST_CASE("kept runs keep to their memory: the oldest that is not pinned goes first") {
  KeptRuns runs;
  KeptRun run;
  run.train_curve.resize(30'000);
  run.id = 1;
  run.pinned = true;
  runs.add(run);
  run.pinned = false;
  for (run.id = 2; run.id <= 40; ++run.id) {
    runs.add(run);
    CHECK(runs.bytes() <= training::kKeptRunBytes);
  }
  REQUIRE(runs.all().size() > 3);
  CHECK(runs.all()[0]->id == 1);
  CHECK(runs.all()[1]->id > 2);
  CHECK(runs.all().back()->id == 40);
  CHECK(runs.gone() == 40 - static_cast<std::int64_t>(runs.all().size()));
  runs.add(run = *runs.all().back());
  CHECK(runs.all().back()->id == 40);
}

}  // namespace
}  // namespace descent::testing
