// SPDX-License-Identifier: MIT
// The trainer's doctor on real runs: what goes wrong is found, what is offered was tried, and a run's bits are the same
// with and without it.
#include <cmath>

#include "engine/words/training_words.h"
#include "tests/support/close.h"
#include "tests/training/helpers.h"

namespace descent::testing {
namespace {

using training::Trainer;
using training::TrainerConfig;
using training::TrainerSnapshot;
using training::Trouble;

TrainerConfig with_rate(std::string optimizer, double rate) {
  TrainerConfig config = small_config();
  config.hyperparameters = core::default_values(optim::find_optimizer(optimizer)->info->parameters);
  config.hyperparameters[0] = rate;
  config.optimizer = std::move(optimizer);
  return config;
}

// The mean loss of the first training images, as the trainer's own predictions have it.
double probe_loss(Trainer& trainer, int images) {
  const data::DataSplit& split = *small_split();
  double loss = 0;
  for (int i = 0; i < images; ++i) {
    std::vector<float> image(split.train.image_size());
    data::read_image(split.train, data::Layout::upright, i, image);
    const auto shares = trainer.predict(image);
    REQUIRE(shares.ok());
    loss -= std::log(static_cast<double>((*shares)[split.train.labels[static_cast<std::size_t>(i)]])) / images;
  }
  return loss;
}

// An offer is a run that can be had: the same rate from step 0 comes to the same loss.
void check_tried(const TrainerSnapshot& snapshot) {
  REQUIRE(snapshot.advice.offers());
  CHECK(snapshot.advice.to < snapshot.advice.from);
  TrainerConfig config = snapshot.config;
  config.hyperparameters[0] = snapshot.advice.learning_rate;
  const auto trainer = small_trainer(config);
  const int images = static_cast<int>(snapshot.advice.images);
  CHECK(close(probe_loss(*trainer, images), snapshot.advice.from, 1e-6, 0));
  train_steps(*trainer, snapshot.advice.steps);
  CHECK(close(probe_loss(*trainer, images), snapshot.advice.to, 1e-6, 0));
}

// A run of so many steps with this rate, and what is tried for it.
std::unique_ptr<Trainer> assisted(const TrainerConfig& config, std::int64_t steps) {
  auto trainer = small_trainer(config);
  trainer->assist(true);
  train_steps(*trainer, steps);
  return trainer;
}

TEST_CASE("the doctor of the trainer: Adam at a rate of 10 kills the ReLUs, and a rate that trains is offered") {
  const auto trainer = assisted(with_rate("adam", 10), 400);
  const TrainerSnapshot snapshot = snapshot_of(*trainer);
  CHECK((snapshot.diagnosis.kind == Trouble::dead_relus || snapshot.diagnosis.kind == Trouble::chance));
  CHECK(snapshot.diagnosis.relus.size() == 2);
  CHECK(snapshot.advice.learning_rate < 1);
  check_tried(snapshot);
  const words::Statement said = words::statement(snapshot);
  CAPTURE(said.text());
  CHECK(said.reasons.find("one answer for all images") != std::string::npos);
  CHECK(words::offer(snapshot.advice).starts_with("Back to step 0 with 0.0"));
}

TEST_CASE("the doctor of the trainer: divergence, and the loss that does not move") {
  TrainerConfig wild = with_rate("gradient_descent", 1e3);
  wild.network.layers = {// nothing in it stops what grows
                         {"flatten", {}},
                         {"dense", {{"units", 16}}},
                         {"dense", {{"units", 16}}},
                         {"dense", {{"units", 10}}}};
  const auto broken = assisted(wild, 50);
  TrainerSnapshot snapshot = snapshot_of(*broken);
  CHECK(snapshot.state == training::TrainerState::diverged);
  CHECK(snapshot.diagnosis.kind == Trouble::diverged);
  check_tried(snapshot);
  for (const char* optimizer : {"adam", "gradient_descent"}) {
    CAPTURE(optimizer);
    const auto still = assisted(with_rate(optimizer, 1e-7), 600);
    snapshot = snapshot_of(*still);
    CHECK(snapshot.diagnosis.kind == Trouble::no_progress);
    CHECK(snapshot.advice.learning_rate > 1e-5);
    check_tried(snapshot);
  }
  // Nothing is offered that was not tried.
  const auto alone = small_trainer(with_rate("adam", 1e-7));
  train_steps(*alone, 600);
  CHECK(snapshot_of(*alone).diagnosis.kind == Trouble::no_progress);
  CHECK_FALSE(snapshot_of(*alone).advice.offers());
}

TEST_CASE("the doctor of the trainer: a few images learned by heart, and the epochs that would have been enough") {
  TrainerConfig config = with_rate("adam", 0.01);
  config.epochs = 150;
  Trainer trainer;
  REQUIRE(trainer.configure(config).ok());
  REQUIRE(trainer.load(std::make_shared<const data::DataSplit>(data::synthetic_split(3, 40, 200))).ok());
  REQUIRE(trainer.train().ok());
  run_until_idle(trainer);
  const TrainerSnapshot snapshot = snapshot_of(trainer);
  REQUIRE(snapshot.diagnosis.kind == Trouble::overfitting);
  REQUIRE(snapshot.advice.epochs > 0);
  config.epochs = static_cast<int>(snapshot.advice.epochs);
  REQUIRE(trainer.configure(config).ok());
  trainer.reset();
  REQUIRE(trainer.train().ok());
  run_until_idle(trainer);
  CHECK(snapshot_of(trainer).test.loss == snapshot.advice.to);
  CHECK(snapshot_of(trainer).diagnosis.kind == Trouble::none);
}

TEST_CASE("the rate finder: the largest rate that trains, anew when something else is trained") {
  const auto trainer = small_trainer();
  training::LensWish wish;
  wish.rates = true;
  trainer->look(wish);
  CHECK(trainer->busy());
  run_until_idle(*trainer);
  const TrainerSnapshot snapshot = snapshot_of(*trainer);
  REQUIRE(snapshot.rates.known);
  CHECK_FALSE(snapshot.searches);
  CHECK(snapshot.rates.largest >= 0.003);
  CHECK(snapshot.rates.largest <= 0.5);
  CHECK(words::rates_text(snapshot.rates).find("Smith") != std::string::npos);
  for (const training::RateTrial& trial : snapshot.rates.trials) {
    CAPTURE(trial.learning_rate);
    if (trial.learning_rate == snapshot.rates.largest) CHECK(trial.trains);
    if (trial.trains) CHECK(trial.loss < snapshot.rates.first_loss);
  }
  // Its own rate, schedule and epochs do not matter.
  TrainerConfig config = trainer->config();
  config.hyperparameters[0] *= 2;
  config.epochs = 3;
  config.schedule = "one_cycle";
  REQUIRE(trainer->configure(config).ok());
  CHECK_FALSE(trainer->busy());
  for (const auto& change : {+[](TrainerConfig& c) { c.batch_size = 64; }, +[](TrainerConfig& c) { c.seed = 5; },
                             +[](TrainerConfig& c) { c.network = small_network(3, 8); },
                             +[](TrainerConfig& c) { c.optimizer = "gradient_descent", c.hyperparameters.clear(); }}) {
    change(config);
    REQUIRE(trainer->configure(config).ok());
    CHECK(trainer->busy());
    CHECK_FALSE(snapshot_of(*trainer).rates.known);
    run_until_idle(*trainer);
    CHECK(snapshot_of(*trainer).rates.known);
  }
  CHECK(snapshot_of(*trainer).rates.largest > snapshot.rates.largest);  // gradient descent's
}

TEST_CASE("the rate finder leaves the run as it is, bit for bit") {
  const auto straight = small_trainer(), watched = small_trainer();
  training::LensWish wish;
  wish.rates = true;
  watched->look(wish);
  watched->assist(true);
  train_steps(*straight, 60);
  train_steps(*watched, 60);
  CHECK(snapshot_of(*watched).rates.known);
  CHECK(hash_of_run(*straight) == hash_of_run(*watched));
}

}  // namespace
}  // namespace descent::testing
