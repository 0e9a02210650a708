// SPDX-License-Identifier: MIT
// Trainer: learning, the same bits for any number of threads and any slicing, live changes, pause, divergence.
#include "engine/training/trainer.h"

#include <cmath>
#include <limits>

#include "tests/support/close.h"
#include "tests/support/race_helpers.h"
#include "tests/training/helpers.h"

namespace descent::testing {
namespace {

using training::Trainer;
using training::TrainerConfig;
using training::TrainerSnapshot;
using training::TrainerState;

TEST_CASE("the same bits come out with 1, 2, 3 and 4 threads") {
  std::uint64_t expected = 0;
  for (const int threads : {1, 2, 3, 4}) {
    CAPTURE(threads);
    TrainerConfig config = small_config();
    config.threads = threads;
    config.batch_size = 48;
    const auto trainer = small_trainer(config);
    CHECK(snapshot_of(*trainer).threads == threads);
    train_steps(*trainer, 25);
    const std::uint64_t hash = hash_of_run(*trainer);
    if (threads == 1) expected = hash;
    CHECK(hash == expected);
  }
}

TEST_CASE("negative control: another seed gives other bits") {
  TrainerConfig config = small_config();
  const auto one = small_trainer(config);
  config.seed = 2;
  const auto two = small_trainer(config);
  CHECK(hash_of_run(*one) != hash_of_run(*two));
}

TEST_CASE("the result does not depend on slices, pauses, predictions or a change of threads") {
  const auto straight = small_trainer();
  train_steps(*straight, 24);
  const auto broken = small_trainer();
  REQUIRE(broken->train_steps(24).ok());
  int slices = 0;
  while (snapshot_of(*broken).step < 24) {
    broken->advance(0);
    if (++slices % 3 == 0) {
      const std::int64_t left = 24 - snapshot_of(*broken).step;
      broken->pause();
      CHECK_FALSE(broken->busy());
      const std::vector<float> image(784, 0.5f);
      CHECK(broken->predict(image).ok());
      const std::vector<std::int32_t> label{3};
      CHECK(broken->gradients(image, label).ok());
      TrainerConfig config = broken->config();
      config.threads = 1 + slices % 2;
      CHECK(broken->configure(config).ok());
      if (left > 0) REQUIRE(broken->train_steps(left).ok());
    }
  }
  run_until_idle(*broken);
  CHECK(hash_of_run(*straight) == hash_of_run(*broken));
}

TEST_CASE("it learns the procedural digits") {
  TrainerConfig config = small_config();
  config.network = small_network(16, 48);
  config.hyperparameters = runner("adam", std::vector<core::NamedValue>{{"learning_rate", 0.003}}).hyperparameters;
  const auto trainer = small_trainer(config);
  REQUIRE(trainer->load(std::make_shared<const data::DataSplit>(data::synthetic_split(7, 2000, 300))).ok());
  CHECK(snapshot_of(*trainer).state == TrainerState::ready);
  CHECK_FALSE(snapshot_of(*trainer).test.known);
  REQUIRE(trainer->train_epochs(6).ok());
  CHECK(trainer->state() == TrainerState::training);
  run_until_idle(*trainer);
  const TrainerSnapshot end = snapshot_of(*trainer);
  CHECK(end.state == TrainerState::finished);
  CHECK(end.epoch == 6);
  CHECK(end.steps_per_epoch == 63);
  CHECK(end.step == 6 * 63);
  CHECK(end.target_step == end.step);
  CHECK(end.test.accuracy > 0.9);
  CHECK(end.train.accuracy > 0.9);
  CHECK(end.test_curve.size() == 6);
  CHECK(end.test_curve.back().epoch == 6);
  CHECK(end.train_curve.front().loss > 1.5);
  CHECK(end.train_curve.back().loss < 0.4);
  CHECK(end.images_per_second > 0);
  CHECK(end.seconds > 0);
  CHECK(end.dataset == data::kProceduralDigits);
}

TEST_CASE("negative control: with a learning rate of 0 nothing is learned and no weight moves") {
  const auto trainer = small_trainer();
  REQUIRE(trainer->set_hyperparameter(0, 0).ok());
  const std::uint64_t before = hash_of_weights(*trainer);
  train_steps(*trainer, 40);
  CHECK(snapshot_of(*trainer).test.accuracy < 0.5);
  CHECK(hash_of_weights(*trainer) == before);
}

TEST_CASE("learning rate, batch size and epochs change live") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 10);
  CHECK(snapshot_of(*trainer).step == 10);
  REQUIRE(trainer->set_batch_size(100).ok());
  CHECK(snapshot_of(*trainer).step == 10);
  CHECK(snapshot_of(*trainer).steps_per_epoch == 10);
  REQUIRE(trainer->set_hyperparameter(0, 0.0005).ok());
  REQUIRE(trainer->train_epochs(1).ok());
  run_until_idle(*trainer);
  const TrainerSnapshot end = snapshot_of(*trainer);
  CHECK(end.epoch == 1);
  CHECK(end.step == 10 + 7);  // 320 images in steps of 32, then 680 in steps of 100
  CHECK(end.config.hyperparameters[0] == 0.0005);
}

TEST_CASE("train() goes to the configured epochs, which may change under way") {
  TrainerConfig config = small_config();
  config.epochs = 2;
  config.batch_size = 250;
  const auto trainer = small_trainer(config);
  REQUIRE(trainer->train().ok());
  trainer->advance(0);
  CHECK(snapshot_of(*trainer).target_step == 8);
  config.epochs = 3;
  REQUIRE(trainer->configure(config).ok());
  CHECK(trainer->busy());
  run_until_idle(*trainer);
  CHECK(snapshot_of(*trainer).epoch == 3);
  REQUIRE(trainer->train().ok());
  run_until_idle(*trainer);
  CHECK(snapshot_of(*trainer).epoch == 6);
}

TEST_CASE("every stop is reported once, with the state it stopped in") {
  const auto trainer = small_trainer();
  std::vector<TrainerState> stops;
  trainer->set_on_stop([&](const Trainer& t) { stops.push_back(t.state()); });
  trainer->pause();  // idle: reported at once
  REQUIRE(trainer->train_steps(3).ok());
  run_until_idle(*trainer);
  REQUIRE(trainer->train_epochs(1).ok());
  trainer->advance(0);
  trainer->pause();
  REQUIRE(trainer->train_epochs(1).ok());
  trainer->reset();
  REQUIRE(trainer->train_epochs(1).ok());
  TrainerConfig config = trainer->config();
  config.seed = 9;
  REQUIRE(trainer->configure(config).ok());
  CHECK(stops == std::vector{TrainerState::ready, TrainerState::finished, TrainerState::paused, TrainerState::ready,
                             TrainerState::ready});
}

TEST_CASE("reset gives the run of a fresh trainer") {
  const auto trainer = small_trainer();
  const std::uint64_t fresh = hash_of_run(*trainer);
  train_steps(*trainer, 12);
  CHECK(hash_of_run(*trainer) != fresh);
  trainer->reset();
  CHECK(hash_of_run(*trainer) == fresh);
  const TrainerSnapshot snapshot = snapshot_of(*trainer);
  CHECK(snapshot.step == 0);
  CHECK(snapshot.train_curve.empty());
  CHECK(snapshot.state == TrainerState::ready);
}

TEST_CASE("divergence is a state with a sentence, and the last finite weights stay") {
  TrainerConfig config = small_config();
  config.optimizer = "gradient_descent";
  config.network.layers = {
      {"flatten", {}}, {"dense", {{"units", 16}}}, {"dense", {{"units", 16}}}, {"dense", {{"units", 10}}}};
  const auto trainer = small_trainer(config);
  train_steps(*trainer, 5);
  REQUIRE(trainer->set_hyperparameter(0, 1000).ok());
  REQUIRE(trainer->train_epochs(20).ok());
  run_until_idle(*trainer);
  const TrainerSnapshot end = snapshot_of(*trainer);
  INFO(end.message);
  CHECK(end.state == TrainerState::diverged);
  CHECK(contains(end.message, "diverged at step " + std::to_string(end.step + 1)));
  CHECK(contains(end.message, "learning rate 1000"));
  const std::vector<float> image(784, 0.25f);
  const auto probabilities = trainer->predict(image);
  REQUIRE(probabilities.ok());
  for (const float p : *probabilities) CHECK(std::isfinite(p));
  CHECK_FALSE(trainer->train_steps(1).ok());
  REQUIRE(trainer->set_hyperparameter(0, 0.05).ok());
  trainer->reset();
  train_steps(*trainer, 5);
  CHECK(snapshot_of(*trainer).state == TrainerState::finished);
}

TEST_CASE("the inspected image follows the weights and the choice") {
  const auto trainer = small_trainer();
  TrainerSnapshot snapshot = snapshot_of(*trainer);
  CHECK(snapshot.inspection.test_index == 0);
  CHECK(snapshot.inspection.label == small_split()->test.labels[0]);
  REQUIRE(snapshot.inspection.layers.size() == small_network().layers.size());
  for (const training::LayerActivation& layer : snapshot.inspection.layers)
    CHECK(static_cast<std::int64_t>(layer.values.size()) == layer.shape.size());
  double sum = 0;
  for (const float p : snapshot.inspection.probabilities) sum += static_cast<double>(p);
  CHECK(close(sum, 1, 0, 1e-5).ok);
  const std::uint64_t version = snapshot.inspection.version;
  trainer->publish(snapshot);
  CHECK(snapshot.inspection.version == version);
  train_steps(*trainer, 1);
  trainer->publish(snapshot);
  CHECK(snapshot.inspection.version != version);
  const std::vector<float> drawn(784, 0.75f);
  trainer->look({.image = drawn});
  trainer->publish(snapshot);
  CHECK(snapshot.inspection.test_index == -1);
  CHECK(snapshot.inspection.image == drawn);
  const auto probabilities = trainer->predict(drawn);
  REQUIRE(probabilities.ok());
  for (std::size_t i = 0; i < 10; ++i)
    CHECK(close(static_cast<double>(snapshot.inspection.probabilities[i]), static_cast<double>((*probabilities)[i]),
                1e-4, 1e-6)
              .ok);
}

TEST_CASE("the newest step in numbers: plain gradient descent moves by η times the gradient") {
  TrainerConfig config = small_config();
  config.optimizer = "gradient_descent";
  config.hyperparameters =
      runner("gradient_descent", std::vector<core::NamedValue>{{"learning_rate", 0.25}}).hyperparameters;
  const auto trainer = small_trainer(config);
  TrainerSnapshot snapshot = snapshot_of(*trainer);
  CHECK_FALSE(snapshot.newest.known);
  CHECK(snapshot.newest.weight_norm > 0);
  train_steps(*trainer, 1);
  trainer->publish(snapshot);
  const training::StepFigures figures = snapshot.newest;
  REQUIRE(figures.known);
  CHECK(figures.gradient_norm > 0);
  CHECK(close(figures.step_norm, 0.25 * figures.gradient_norm, 1e-5, 0).ok);
  CHECK(close(figures.loss, snapshot.train_curve.back().loss, 1e-12, 0).ok);
  // Anything a script asks in between changes none of it.
  const std::vector<float> image(784, 0.5f);
  const std::vector<std::int32_t> label{3};
  REQUIRE(trainer->gradients(image, label).ok());
  train_steps(*trainer, 1);
  REQUIRE(trainer->gradients(image, label).ok());
  trainer->look({.test_index = 1});
  trainer->publish(snapshot);
  CHECK(close(snapshot.newest.step_norm, 0.25 * snapshot.newest.gradient_norm, 1e-5, 0).ok);
  trainer->reset();
  trainer->publish(snapshot);
  CHECK_FALSE(snapshot.newest.known);
}

TEST_CASE("predictions are the same one by one and by the thousand") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 20);
  std::vector<float> images(200 * 784);  // more than one part of 128
  for (std::int64_t i = 0; i < 200; ++i)
    data::to_floats(small_split()->test.image(i), std::span(images).subspan(static_cast<std::size_t>(i) * 784, 784));
  const auto together = trainer->predict(images);
  REQUIRE(together.ok());
  REQUIRE(together->size() == 2000);
  for (const std::size_t i : {std::size_t{0}, std::size_t{127}, std::size_t{128}, std::size_t{199}}) {
    const auto one = trainer->predict(std::span(images).subspan(i * 784, 784));
    REQUIRE(one.ok());
    for (std::size_t k = 0; k < 10; ++k)
      CHECK(close(static_cast<double>((*one)[k]), static_cast<double>((*together)[10 * i + k]), 1e-5, 1e-7).ok);
  }
}

TEST_CASE("an evaluation can be interrupted and is finished later") {
  TrainerConfig config = small_config();
  config.batch_size = 500;
  const auto trainer = small_trainer(config);
  REQUIRE(trainer->train_epochs(1).ok());
  while (trainer->state() == TrainerState::training) trainer->advance(0);
  REQUIRE(trainer->state() == TrainerState::evaluating);
  trainer->pause();
  CHECK(trainer->state() == TrainerState::paused);
  CHECK_FALSE(snapshot_of(*trainer).test.known);
  REQUIRE(trainer->train_epochs(1).ok());
  run_until_idle(*trainer);
  CHECK(snapshot_of(*trainer).test_curve.size() == 2);
  CHECK(snapshot_of(*trainer).test.known);
}

}  // namespace
}  // namespace descent::testing
