// SPDX-License-Identifier: MIT
// Checkpoints spread over the run within their memory, and the way back to one goes on bit for bit.
#include <algorithm>

#include "engine/optim/optimizer.h"
#include "engine/training/run_checkpoints.h"
#include "tests/support/memory_limit.h"
#include "tests/training/short_run.h"

namespace descent::testing {
namespace {

using training::RunCheckpoint;
using training::RunCheckpoints;
using training::TrainerSnapshot;
using training::TrainerState;

std::shared_ptr<RunCheckpoint> checkpoint(std::int64_t step, std::size_t values) {
  auto made = std::make_shared<RunCheckpoint>();
  made->step = step;
  made->values.resize(values);
  return made;
}

TEST_CASE("checkpoints keep to their memory, spread over the whole run, and the newest is there") {
  constexpr std::size_t kValues = 700'000;  // 2.8 MB
  RunCheckpoints all;
  for (std::int64_t step = 0; step <= 40'000; ++step) {
    if (!all.due(step)) continue;
    REQUIRE(all.make_room(RunCheckpoint::bytes_with(kValues, {})));
    all.add(checkpoint(step, kValues));
    CHECK(all.bytes() <= training::kCheckpointBytes);
    CHECK(all.end() == step);
    CHECK(all.all().front()->step == 0);
  }
  CHECK(all.all().size() > 7);
  std::int64_t widest = 0;
  for (std::size_t i = 1; i < all.all().size(); ++i)
    widest = std::max(widest, all.all()[i]->step - all.all()[i - 1]->step);
  CHECK(widest == all.interval());
  CHECK(widest <= 40'000 / 7);
  CHECK_FALSE(all.make_room(training::kCheckpointBytes));
  CHECK(all.before(all.interval() + 3)->step == all.interval());
  all.shrink(training::kCheckpointBytes / 4);
  CHECK(all.bytes() <= training::kCheckpointBytes / 4);
  CHECK(all.end() == 40'000 / all.interval() * all.interval());
  all.forget_after(0);
  CHECK(all.end() == 0);
  CHECK(all.due(all.interval()));
}

TEST_CASE("small ones are bounded in number") {
  RunCheckpoints all;
  for (std::int64_t step = 0; step <= 200'000; ++step)
    if (all.due(step) && all.make_room(1000)) all.add(checkpoint(step, 10));
  CHECK(all.all().size() <= training::kMostCheckpoints);
  CHECK(all.all().size() > training::kMostCheckpoints / 3);
}

TEST_CASE("seek, then the rest == the straight run, for every optimizer, dropout and a schedule") {
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    if (entry.make_float == nullptr) continue;
    CAPTURE(entry.info->name);
    const auto straight = trainer_of(entry.info->name);
    train_steps(*straight, 250);
    const auto there = trainer_of(entry.info->name);
    train_steps(*there, 100);
    const auto trainer = trainer_of(entry.info->name);
    train_steps(*trainer, 250);
    REQUIRE(message(trainer->seek(180)).empty());
    CHECK(snapshot_of(*trainer).step == 100);
    CHECK(trainer->state() == TrainerState::paused);
    CHECK(hash_of_run(*trainer) == hash_of_run(*there));
    CHECK_FALSE(alike(*trainer, *straight));
    CHECK(steps_of(snapshot_of(*trainer)) == std::vector<std::int64_t>{0, 100, 200, 250});
    CHECK(snapshot_of(*trainer).run_end == 250);
    REQUIRE(message(trainer->seek(250)).empty());
    CHECK(alike(*trainer, *straight));
    REQUIRE(message(trainer->seek(100)).empty());
    train_steps(*trainer, 150);
    CHECK(alike(*trainer, *straight));
  }
}

TEST_CASE("a run is the same bits with checkpoints and without") {
  const auto with = trainer_of();
  train_steps(*with, 230);
  const auto without = trainer_of();
  {
    const MemoryLimit limit(0);
    train_steps(*without, 230);
  }
  CHECK(snapshot_of(*without).checkpoints.empty());
  CHECK(snapshot_of(*with).checkpoints.size() == 3);
  CHECK(snapshot_of(*with).checkpoint_bytes > 0);
  CHECK(hash_of_run(*with) == hash_of_run(*without));
  without->reset();
  const MemoryLimit limit(0);
  train_steps(*without, 5);
  CHECK(contains(message(without->seek(0)), "no memory for checkpoints"));
}

TEST_CASE("seek refuses what is not there, and a refused one changes nothing") {
  const auto trainer = trainer_of();
  CHECK(contains(message(trainer->seek(0)), "no checkpoints yet"));
  train_steps(*trainer, 20);
  const std::uint64_t before = hash_of_run(*trainer);
  REQUIRE(message(trainer->train_steps(100)).empty());
  trainer->advance(0);
  CHECK(contains(message(trainer->seek(500)), "the run goes from 0 to"));
  CHECK(contains(message(trainer->seek(-1)), "the run goes from 0 to"));
  CHECK(trainer->busy());
  trainer->pause();
  REQUIRE(message(trainer->seek(0)).empty());
  CHECK(trainer->state() == TrainerState::ready);
  CHECK(snapshot_of(*trainer).train_curve.empty());
  const auto fresh = trainer_of();
  CHECK(hash_of_run(*trainer) == hash_of_run(*fresh));
  CHECK(before != hash_of_run(*trainer));
}

TEST_CASE("the settings of then come back, and a run that ended stands there ended") {
  const auto trainer = trainer_of();
  train_steps(*trainer, 150);
  const double rate = trainer->config().hyperparameters[0];
  REQUIRE(trainer->set_hyperparameter(0, 0.01).ok());
  REQUIRE(trainer->set_batch_size(20).ok());
  train_steps(*trainer, 60);
  const TrainerSnapshot end = snapshot_of(*trainer);
  const std::uint64_t hash = hash_of_run(*trainer);
  REQUIRE(message(trainer->seek(120)).empty());
  CHECK(trainer->config().hyperparameters[0] == rate);
  CHECK(trainer->config().batch_size == 12);
  CHECK(trainer->config_at(205).hyperparameters[0] == 0.01);
  CHECK(snapshot_of(*trainer).curve_changes.empty());
  CHECK(snapshot_of(*trainer).run == end.run);
  REQUIRE(message(trainer->seek(end.step)).empty());
  CHECK(trainer->config() == end.config);
  CHECK(trainer->state() == TrainerState::finished);
  CHECK(hash_of_run(*trainer) == hash);
  CHECK(snapshot_of(*trainer).curve_changes == end.curve_changes);
}

TEST_CASE("a diverged run goes back to before it did") {
  const auto trainer = trainer_of("gradient_descent");
  train_steps(*trainer, 120);
  training::TrainerConfig config = trainer->config();
  config.network.layers = {{"flatten", {}}, {"dense", {{"units", 16}}}, {"dense", {{"units", 10}}}};
  REQUIRE(trainer->configure(config).ok());
  train_steps(*trainer, 120);
  REQUIRE(trainer->set_hyperparameter(0, 1000).ok());
  REQUIRE(trainer->train().ok());
  run_until_idle(*trainer);
  REQUIRE(trainer->state() == TrainerState::diverged);
  const std::int64_t end = snapshot_of(*trainer).step;
  REQUIRE(message(trainer->seek(100)).empty());
  CHECK(trainer->state() == TrainerState::paused);
  CHECK(snapshot_of(*trainer).diagnosis.kind == training::Trouble::none);
  REQUIRE(message(trainer->seek(end)).empty());
  CHECK(trainer->state() == TrainerState::diverged);
  CHECK(snapshot_of(*trainer).diagnosis.kind == training::Trouble::diverged);
}

}  // namespace
}  // namespace descent::testing
