// SPDX-License-Identifier: MIT
// Data sets of other people: any number of classes, labels from any smallest number, images that lie on their side; and
// the way back to the run that a set took the place of.
#include <algorithm>
#include <cmath>

#include "engine/io/safetensors.h"
#include "tests/support/close.h"
#include "tests/training/helpers.h"

namespace descent::testing {
namespace {

using data::DataSplit;
using data::Layout;
using training::Trainer;
using training::TrainerConfig;
using training::TrainerSnapshot;
using training::TrainerState;

// The small digits with other labels: image i is of class i modulo `classes`, which the set calls `first`, `first` + 1,
// …
std::shared_ptr<const DataSplit> relabelled(int classes, int first) {
  auto split = std::make_shared<DataSplit>(*small_split());
  split->name = "your files";
  split->class_labels.clear();
  for (int k = 0; k < classes; ++k) split->class_labels.push_back(first + k);
  for (data::Dataset* part : {&split->train, &split->test}) {
    part->classes = classes;
    for (std::size_t i = 0; i < part->labels.size(); ++i)
      part->labels[i] = static_cast<std::uint16_t>(i % static_cast<std::size_t>(classes));
  }
  return split;
}

std::shared_ptr<const DataSplit> on_its_side() {
  auto split = std::make_shared<DataSplit>(*small_split());
  for (data::Dataset* part : {&split->train, &split->test})
    for (std::int64_t i = 0; i < part->size(); ++i) {
      std::uint8_t* pixels = part->images.data() + i * 784;
      for (int y = 0; y < 28; ++y)
        for (int x = 0; x < y; ++x) std::swap(pixels[y * 28 + x], pixels[x * 28 + y]);
    }
  return split;
}

std::vector<float> tensor_of(const std::vector<std::uint8_t>& bytes, std::string_view name) {
  const auto file = io::read_safetensors(bytes, "saved");
  REQUIRE(file.ok());
  const io::TensorView* tensor = file->find(name);
  REQUIRE(tensor != nullptr);
  std::vector<float> values(tensor->size());
  io::copy_values(*tensor, std::span<float>(values));
  return values;
}

TEST_CASE("the last layer takes as many outputs as the data set has classes, and everything follows") {
  const auto trainer = small_trainer();
  REQUIRE(message(trainer->load(relabelled(26, 1))).empty());
  CHECK(trainer->config().network.layers.back().parameters[0].value == 26);
  const TrainerSnapshot snapshot = snapshot_of(*trainer);
  CHECK(snapshot.class_labels.size() == 26);
  CHECK(snapshot.class_labels.front() == 1);
  CHECK(snapshot.inspection.label == 0);
  CHECK(snapshot.inspection.probabilities.size() == 26);
  const std::vector<float> image(784, 0.5f);
  const auto probabilities = trainer->predict(image);
  REQUIRE(probabilities.ok());
  REQUIRE(probabilities->size() == 26);
  double sum = 0;
  for (const float p : *probabilities) sum += static_cast<double>(p);
  CHECK(close(sum, 1.0, 1e-6, 0).ok);
  train_steps(*trainer, 12);
  CHECK(snapshot_of(*trainer).test.known);
  const std::vector<std::uint8_t> saved = trainer->save("{}", false);
  CHECK(tensor_of(saved, "6.bias").size() == 26);
  CHECK(contains(io::read_safetensors(saved, "saved")->metadata.at("class_labels"), "[1, 2, 3,"));
}

TEST_CASE("gradients take labels as the data set calls them, above 255 too") {
  const auto trainer = small_trainer();
  REQUIRE(message(trainer->load(relabelled(300, -3))).empty());
  const std::vector<float> image(784, 0.5f);
  const std::vector<std::int32_t> label{296};
  const auto file = trainer->gradients(image, label);
  REQUIRE(file.ok());
  // d(loss)/d(logit) is p − 1 at the label and p elsewhere.
  const std::vector<float> gradient = tensor_of(*file, "6.bias");
  REQUIRE(gradient.size() == 300);
  for (std::size_t k = 0; k < gradient.size(); ++k) CHECK((gradient[k] < 0) == (k == 299));
  CHECK(trainer->gradients(image, std::vector<std::int32_t>{297}).message() ==
        "labels[0] is 297; it must be between -3 and 296");
  auto gaps = std::make_shared<DataSplit>(*relabelled(3, 0));
  gaps->class_labels = {3, 8, 9};
  REQUIRE(message(trainer->load(gaps)).empty());
  CHECK(trainer->gradients(image, std::vector<std::int32_t>{8}).ok());
  CHECK(trainer->gradients(image, std::vector<std::int32_t>{5}).message() ==
        "labels[0] is 5; it must be one of the data set's 3 labels, from 3 to 9");
}

TEST_CASE("a thousand classes are trained on") {
  TrainerConfig config = small_config();
  config.network.layers = {{"flatten", {}}, {"dense", {{"units", 10}}}};
  const auto trainer = small_trainer(config);
  REQUIRE(message(trainer->load(relabelled(1000, 0))).empty());
  train_steps(*trainer, 1);
  CHECK(close(snapshot_of(*trainer).train.loss, std::log(1000.0), 0.1, 0).ok);  // knows nothing yet
}

TEST_CASE(
    "a network without a last dense layer that fits is refused, and so is one that is asked for and does not fit") {
  TrainerConfig config = small_config();
  config.network.layers = {{"conv2d", {{"out_channels", 2}, {"kernel", 13}}},
                           {"max_pool2d", {{"kernel", 4}, {"stride", 4}}},
                           {"conv2d", {{"out_channels", 10}, {"kernel", 4}}},
                           {"flatten", {}}};
  const auto trainer = small_trainer(config);
  CHECK(message(trainer->load(relabelled(26, 1))) ==
        "network: the last layer has 10 outputs; the data set (your files) has 26 classes");
  CHECK(message(trainer->load(relabelled(26, 1), small_config())) ==
        "network: the last layer has 10 outputs; the data set (your files) has 26 classes");
  REQUIRE(message(trainer->load(relabelled(10, 1))).empty());
  TrainerConfig other = small_config();
  other.network = nn::with_outputs(other.network, 26);
  REQUIRE(message(trainer->load(relabelled(26, 1), other)).empty());
  CHECK(trainer->config().network == other.network);
}

TEST_CASE("a configuration from elsewhere takes the outputs that the present data needs") {
  const auto trainer = small_trainer();
  REQUIRE(trainer->load(relabelled(26, 1)).ok());
  CHECK(trainer->fitted(small_config()).network == trainer->config().network);
  CHECK(Trainer().fitted(small_config()) == small_config());
}

TEST_CASE("undo changes places with the run before, bit for bit, and back again") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 40);
  const std::uint64_t before = hash_of_run(*trainer);
  const TrainerConfig config = trainer->config();
  const TrainerSnapshot then = snapshot_of(*trainer);
  REQUIRE(message(trainer->load(relabelled(26, 1))).empty());
  const TrainerSnapshot now = snapshot_of(*trainer);
  CHECK(now.step == 0);
  CHECK(now.train_curve.empty());
  CHECK(now.earlier == training::EarlierRun{"procedural digits", 10, 40});
  train_steps(*trainer, 30);
  const std::uint64_t letters = hash_of_run(*trainer);
  TrainerSnapshot shown = snapshot_of(*trainer);
  REQUIRE(message(trainer->undo_load()).empty());
  trainer->publish(shown);  // the same snapshot again, as the page's workers do
  CHECK(hash_of_run(*trainer) == before);
  CHECK(trainer->config() == config);
  CHECK(shown.step == 40);
  CHECK(shown.dataset == "procedural digits");
  CHECK(shown.class_labels.size() == 10);
  CHECK(shown.test.accuracy == then.test.accuracy);
  REQUIRE(shown.train_curve.size() == then.train_curve.size());
  for (std::size_t i = 0; i < then.train_curve.size(); ++i)
    CHECK(shown.train_curve[i].loss == then.train_curve[i].loss);
  CHECK(shown.earlier == training::EarlierRun{"your files", 26, 30});
  REQUIRE(message(trainer->undo_load()).empty());
  CHECK(hash_of_run(*trainer) == letters);
  REQUIRE(message(trainer->undo_load()).empty());
  // It goes on as if nothing had been in between.
  const auto straight = small_trainer();
  train_steps(*straight, 40);
  train_steps(*straight, 20);
  train_steps(*trainer, 20);
  CHECK(hash_of_run(*trainer) == hash_of_run(*straight));
}

TEST_CASE("a run under way stands still when other data comes, and whoever waits for its end is told") {
  const auto trainer = small_trainer();
  int ends = 0;
  trainer->set_on_stop([&](const Trainer&) { ++ends; });
  REQUIRE(trainer->train_epochs(5).ok());
  trainer->advance(0);
  CHECK(ends == 0);
  REQUIRE(message(trainer->load(relabelled(26, 1))).empty());
  CHECK(ends == 1);
  CHECK(trainer->state() == TrainerState::ready);
  REQUIRE(message(trainer->undo_load()).empty());
  CHECK(trainer->state() == TrainerState::paused);
}

TEST_CASE("only what took somebody's time is kept for undoing; without a run before there is nothing to undo") {
  const auto trainer = small_trainer();
  CHECK(contains(message(trainer->undo_load()), "no earlier data set"));
  train_steps(*trainer, 3);
  const std::uint64_t before = hash_of_run(*trainer);
  REQUIRE(trainer->load(relabelled(26, 1)).ok());
  REQUIRE(trainer->load(relabelled(47, 0)).ok());  // the letters were not trained on
  REQUIRE(trainer->undo_load().ok());
  CHECK(hash_of_run(*trainer) == before);
  Trainer fresh;
  REQUIRE(fresh.configure(small_config()).ok());
  REQUIRE(fresh.load(relabelled(26, 1)).ok());
  CHECK(snapshot_of(fresh).earlier == training::EarlierRun{"", 10, 0});
  REQUIRE(fresh.undo_load().ok());
  CHECK(fresh.state() == TrainerState::empty);
  CHECK(fresh.config() == small_trainer()->config());
}

TEST_CASE("turned images train as upright ones do, and the preview shows them") {
  const auto upright = small_trainer();
  const auto turned = small_trainer();
  REQUIRE(message(turned->load(on_its_side())).empty());
  const std::vector<float> lying = snapshot_of(*turned).preview;
  CHECK_FALSE(lying == snapshot_of(*upright).preview);
  REQUIRE(message(turned->set_layout(Layout::transposed)).empty());
  CHECK(snapshot_of(*turned).preview == snapshot_of(*upright).preview);
  CHECK(snapshot_of(*turned).preview.size() == 8 * 784);
  CHECK(snapshot_of(*turned).preview_classes[7] == small_split()->train.labels[7]);
  CHECK(snapshot_of(*turned).inspection.image == snapshot_of(*upright).inspection.image);
  train_steps(*upright, 12);
  train_steps(*turned, 12);
  CHECK(hash_of_run(*turned) == hash_of_run(*upright));
  CHECK(snapshot_of(*turned).test.loss == snapshot_of(*upright).test.loss);
  // Turning back starts anew; what was trained is an undo away.
  REQUIRE(message(turned->set_layout(Layout::upright)).empty());
  CHECK(snapshot_of(*turned).step == 0);
  REQUIRE(message(turned->undo_load()).empty());
  CHECK(snapshot_of(*turned).layout == Layout::transposed);
  CHECK(hash_of_run(*turned) == hash_of_run(*upright));
  Trainer empty;
  CHECK(contains(message(empty.set_layout(Layout::transposed)), "load one first"));
}

}  // namespace
}  // namespace descent::testing
