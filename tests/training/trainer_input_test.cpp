// SPDX-License-Identifier: MIT
// Trainer and bad input: each refusal names the thing and the limit, and what was running goes on untouched.
#include <limits>

#include "tests/support/memory_limit.h"
#include "tests/training/helpers.h"

namespace descent::testing {
namespace {

using training::Trainer;
using training::TrainerConfig;
using training::TrainerState;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST_CASE("bad configurations, counts and images are refused while training goes on") {
  const auto trainer = small_trainer();
  REQUIRE(trainer->train_epochs(3).ok());
  trainer->advance(0);
  const TrainerConfig good = trainer->config();
  const std::uint64_t before = hash_of_run(*trainer);
  const auto check = [&](const std::string& sentence, std::string_view part) {
    INFO(sentence);
    CHECK_FALSE(sentence.empty());
    CHECK(contains(sentence, part));
    CHECK(trainer->config() == good);
    CHECK(trainer->state() == TrainerState::training);
    CHECK(hash_of_run(*trainer) == before);
  };
  const auto refused = [&](auto change, std::string_view part) {
    TrainerConfig config = good;
    change(config);
    check(message(trainer->configure(config)), part);
    CHECK_FALSE(snapshot_of(*trainer).message.empty());
  };
  refused([](TrainerConfig& c) { c.batch_size = 0; }, "batch_size is 0; it must be between 1 and 4,096");
  refused([](TrainerConfig& c) { c.batch_size = 1000000000; }, "4,096");
  refused([](TrainerConfig& c) { c.epochs = 0; }, "epochs is 0");
  refused([](TrainerConfig& c) { c.threads = 65; }, "threads is 65");
  refused([](TrainerConfig& c) { c.threads = -1; }, "threads is -1");
  refused([](TrainerConfig& c) { c.seed = ~0ULL; }, "seed");
  refused([](TrainerConfig& c) { c.optimizer = "adamant"; }, "adamant");
  refused(
      [](TrainerConfig& c) {
        c.optimizer = "newton";
        c.hyperparameters = {};
      },
      "newton");
  refused([](TrainerConfig& c) { c.hyperparameters[0] = -0.001; }, "learning_rate is -0.001");
  refused([](TrainerConfig& c) { c.hyperparameters[0] = kNaN; }, "learning_rate is NaN");
  refused([](TrainerConfig& c) { c.hyperparameters.pop_back(); }, "adam");
  refused([](TrainerConfig& c) { c.network.layers[0].type = "conv3d"; }, "conv3d");
  refused([](TrainerConfig& c) { c.network.layers[0].parameters[1].value = 29; }, "");
  refused([](TrainerConfig& c) { c.network.layers.back().parameters[0].value = 7; }, "7 outputs");
  refused([](TrainerConfig& c) { c.network.layers.clear(); }, "");
  check(message(trainer->set_batch_size(-5)), "batch_size is -5");
  check(message(trainer->set_hyperparameter(0, -1)), "learning_rate is -1");
  check(message(trainer->set_hyperparameter(99, 1)), "99");
  check(message(trainer->train_steps(0)), "steps is 0");
  check(message(trainer->train_epochs(100000)), "1,000");
  std::vector<float> image(784, 0.5f);
  image[3] = std::numeric_limits<float>::quiet_NaN();
  check(trainer->predict(image).message(), "pixel 3 of image 0 is NaN");
  image[3] = 255;
  check(trainer->predict(image).message(), "255");
  check(trainer->predict(std::span(image).first(783)).message(), "784");
  check(trainer->predict({}).message(), "784");
  image[3] = 1;
  check(trainer->gradients(image, {}).message(), "labels: 0 given for 1");
  const std::vector<std::int32_t> label{10};
  check(trainer->gradients(image, label).message(), "labels[0] is 10; it must be between 0 and 9");
  trainer->look({.test_index = 200});
  CHECK(contains(snapshot_of(*trainer).inspection.refusal, "no test image 200"));
  CHECK(snapshot_of(*trainer).inspection.layers.empty());
  trainer->look({.image = std::vector<float>(5)});
  CHECK(contains(snapshot_of(*trainer).inspection.refusal, "784"));
  trainer->look({});
  CHECK(snapshot_of(*trainer).inspection.refusal.empty());
  run_until_idle(*trainer);
  CHECK(snapshot_of(*trainer).epoch == 3);
}

TEST_CASE("without data there is nothing to train on, but predictions work") {
  Trainer trainer;
  CHECK(snapshot_of(trainer).state == TrainerState::empty);
  CHECK(contains(message(trainer.train_epochs(1)), "load one first"));
  CHECK(trainer.predict(std::vector<float>(784, 0.0f)).ok());
}

TEST_CASE("a data set that the network does not fit is refused") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 2);
  auto wide = std::make_shared<data::DataSplit>(*small_split());
  wide->train.width = 14;
  wide->train.height = 14;
  CHECK(contains(message(trainer->load(wide)), "14x14"));
  auto one = std::make_shared<data::DataSplit>(*small_split());
  one->class_labels = {3};
  CHECK(contains(message(trainer->load(one)), "at least 2 classes"));
  auto many = std::make_shared<data::DataSplit>(*small_split());
  many->class_labels.resize(1001);
  CHECK(contains(message(trainer->load(many)), "1,001 classes; at most 1,000 are possible"));
  CHECK(snapshot_of(*trainer).step == 2);
  CHECK_FALSE(snapshot_of(*trainer).earlier.has_value());
}

TEST_CASE("the last, smaller batch of an epoch and a batch larger than the data work") {
  TrainerConfig config = small_config();
  config.batch_size = 300;
  const auto trainer = small_trainer(config);
  train_steps(*trainer, 5);
  CHECK(snapshot_of(*trainer).epoch == 1);
  REQUIRE(trainer->set_batch_size(4096).ok());
  train_steps(*trainer, 1);
  CHECK(snapshot_of(*trainer).epoch == 2);
}

TEST_CASE("a network or a batch that no memory is there for is refused while training goes on") {
  const auto trainer = small_trainer();
  REQUIRE(trainer->train_epochs(3).ok());
  trainer->advance(0);
  const TrainerConfig good = trainer->config();
  const std::uint64_t before = hash_of_run(*trainer);
  TrainerConfig other = good;
  other.network = small_network(4, 17);
  TrainerConfig large = good;
  large.batch_size = 4096;
  constexpr std::string_view kNoMemory = " MB; the browser gives the page no memory for as much";
  {
    const MemoryLimit limit(100000);  // bytes; the parameters take 22,000
    const std::string network = message(trainer->configure(other));
    INFO(network);
    CHECK(network.starts_with("network: batches of 128 images in evaluation (32 in training) take another "));
    CHECK(network.ends_with(kNoMemory));
    for (const std::string& batch : {message(trainer->configure(large)), message(trainer->set_batch_size(4096))}) {
      INFO(batch);
      CHECK(batch.starts_with("network: batches of 4096 images in training take another "));
      CHECK(batch.ends_with(kNoMemory));
    }
    CHECK(trainer->config() == good);
    CHECK(trainer->state() == TrainerState::training);
    CHECK(hash_of_run(*trainer) == before);
  }
  CHECK(message(trainer->configure(large)).empty());
  CHECK(message(trainer->configure(other)).empty());
}

}  // namespace
}  // namespace descent::testing
