// SPDX-License-Identifier: MIT
// Weights in and out: going on bit for bit after save and restore, torch's names and layouts, gradients, and files that
// must be refused without touching the run.
#include <cmath>
#include <functional>
#include <limits>

#include "engine/io/safetensors.h"
#include "engine/script/config_json.h"
#include "tests/support/close.h"
#include "tests/training/helpers.h"

namespace descent::testing {
namespace {

using training::Trainer;
using training::TrainerConfig;
using training::TrainerState;

TEST_CASE("train 2N steps == train N, save, restore into a fresh trainer, train N, for every optimizer") {
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    if (entry.make_float == nullptr) continue;
    CAPTURE(entry.info->name);
    TrainerConfig config = small_config();
    config.optimizer = entry.info->name;
    config.batch_size = 96;
    const auto straight = small_trainer(config);
    train_steps(*straight, 8);
    const std::vector<std::uint8_t> saved = straight->save();
    train_steps(*straight, 8);  // over the end of the first epoch
    TrainerConfig other = config;
    other.seed = 77;  // the file's seed takes over
    const auto restored = small_trainer(other);
    train_steps(*restored, 3);
    REQUIRE(message(restored->restore(saved)).empty());
    CHECK(restored->config().seed == config.seed);
    CHECK(restored->state() == TrainerState::paused);
    CHECK(snapshot_of(*restored).step == 8);
    CHECK(snapshot_of(*restored).message.empty());
    train_steps(*restored, 8);
    CHECK(snapshot_of(*restored).epoch == 1);
    CHECK(hash_of_run(*restored) == hash_of_run(*straight));
  }
}

TEST_CASE("weights restored before there is any data are kept when the data comes") {
  const auto source = small_trainer();
  train_steps(*source, 40);
  Trainer early;
  REQUIRE(early.configure(small_config()).ok());
  REQUIRE(early.restore(source->save()).ok());
  CHECK(early.state() == TrainerState::empty);
  REQUIRE(early.load(small_split()).ok());
  CHECK(early.state() == TrainerState::paused);
  CHECK(hash_of_run(early) == hash_of_run(*source));
  train_steps(early, 5);
  train_steps(*source, 5);
  CHECK(hash_of_run(early) == hash_of_run(*source));
  REQUIRE(early.load(small_split()).ok());  // other data later start anew
  CHECK(snapshot_of(early).step == 0);
}

TEST_CASE("tensors carry torch's names, layouts and shapes") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 2);
  const std::vector<std::uint8_t> bytes = script::weights_file(*trainer);
  const auto file = io::read_safetensors(bytes, "saved");
  REQUIRE(file.ok());
  const auto shape = [&](std::string_view name) {
    const io::TensorView* tensor = file->find(name);
    REQUIRE_MESSAGE(tensor != nullptr, name);
    return tensor->shape;
  };
  using Extents = std::vector<std::int64_t>;
  CHECK(shape("0.weight") == Extents{4, 1, 3, 3});
  CHECK(shape("0.bias") == Extents{4});
  CHECK(shape("4.weight") == Extents{16, 4 * 6 * 6});
  CHECK(shape("6.bias") == Extents{10});
  CHECK(shape("optimizer.m.0.weight") == Extents{4, 1, 3, 3});
  CHECK(file->metadata.at("step") == "2");
  CHECK(file->metadata.at("optimizer") == "adam");
  const auto config = script::trainer_request_from_json(file->metadata.at("config"), {});
  REQUIRE(config.ok());
  CHECK(config->config == trainer->config());
  const std::vector<std::uint8_t> weights = trainer->save("{}", false);
  const auto alone = io::read_safetensors(weights, "weights");
  REQUIRE(alone.ok());
  CHECK(alone->tensors.size() == 6);
  for (const io::TensorView& tensor : alone->tensors) CHECK_FALSE(tensor.name.starts_with("optimizer."));
}

TEST_CASE("scalars of an optimizer travel too") {
  TrainerConfig config = small_config();
  config.optimizer = "nadam";
  const auto trainer = small_trainer(config);
  train_steps(*trainer, 2);
  const std::vector<std::uint8_t> bytes = trainer->save();
  const auto file = io::read_safetensors(bytes, "saved");
  REQUIRE(file.ok());
  const io::TensorView* product = file->find("optimizer.mu_product");
  REQUIRE(product != nullptr);
  CHECK(product->shape == std::vector<std::int64_t>{1});
}

TEST_CASE("weights alone, or with another optimizer's state, start a run at step 0") {
  const auto source = small_trainer();
  train_steps(*source, 4);
  TrainerConfig config = small_config();
  config.optimizer = "momentum";
  const auto target = small_trainer(config);
  train_steps(*target, 4);
  for (const bool with_optimizer : {false, true}) {
    REQUIRE(message(target->restore(source->save("{}", with_optimizer))).empty());
    const training::TrainerSnapshot snapshot = snapshot_of(*target);
    CHECK(snapshot.step == 0);
    CHECK(snapshot.state == TrainerState::ready);
    CHECK(contains(snapshot.message, with_optimizer ? "adam" : "no optimizer state"));
    std::vector<float> image(784, 0.5f);
    CHECK(*target->predict(image) == *source->predict(image));
  }
}

TEST_CASE("gradients() changes nothing and does not depend on the parts") {
  const auto trainer = small_trainer();
  const std::size_t count = 140;  // more than one part of 128
  std::vector<float> images(count * 784);
  std::vector<std::int32_t> labels(count);
  for (std::size_t i = 0; i < count; ++i) {
    data::to_floats(small_split()->train.image(static_cast<std::int64_t>(i)), std::span(images).subspan(i * 784, 784));
    labels[i] = small_split()->train.labels[i];
  }
  const std::uint64_t before = hash_of_run(*trainer);
  const auto parts = trainer->gradients(images, labels);
  REQUIRE(parts.ok());
  REQUIRE(trainer->set_batch_size(256).ok());
  const auto whole = trainer->gradients(images, labels);
  REQUIRE(whole.ok());
  CHECK(hash_of_run(*trainer) == before);
  const auto a = io::read_safetensors(*parts, "a");
  const auto b = io::read_safetensors(*whole, "b");
  REQUIRE(a.ok());
  REQUIRE(b.ok());
  CHECK(close(std::stod(a->metadata.at("loss")), std::stod(b->metadata.at("loss")), 1e-6, 0).ok);
  const auto values = [](const io::TensorView& tensor) {
    std::vector<float> out(tensor.size());
    io::copy_values(tensor, std::span<float>(out));
    return out;
  };
  double norm = 0;
  for (const io::TensorView& tensor : a->tensors) {
    CHECK(
        close(std::span<const float>(values(tensor)), std::span<const float>(values(*b->find(tensor.name))), 1e-3, 1e-6)
            .ok);
    for (const float g : values(tensor)) norm += static_cast<double>(g) * static_cast<double>(g);
  }
  CHECK(norm > 1e-4);
}

// A saved file with one tensor (or the metadata) changed.
std::vector<std::uint8_t> altered(const std::vector<std::uint8_t>& bytes,
                                  const std::function<void(std::vector<io::TensorView>&, io::Metadata&)>& change) {
  auto file = io::read_safetensors(bytes, "saved");
  REQUIRE(file.ok());
  change(file->tensors, file->metadata);
  return io::write_safetensors(file->tensors, file->metadata);
}

TEST_CASE("files that do not fit are refused with a sentence and the run goes on untouched") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 3);
  const std::vector<std::uint8_t> good = trainer->save();
  REQUIRE(trainer->train_epochs(2).ok());
  trainer->advance(0);
  const std::uint64_t before = hash_of_run(*trainer);
  const auto refused = [&](const std::vector<std::uint8_t>& bytes, std::string_view part) {
    const std::string sentence = message(trainer->restore(bytes));
    INFO(sentence);
    CHECK_FALSE(sentence.empty());
    CHECK(contains(sentence, part));
    CHECK(trainer->busy());
    CHECK(hash_of_run(*trainer) == before);
  };
  std::vector<float> bad(36, 0.1f);
  bad[5] = std::numeric_limits<float>::quiet_NaN();
  refused(
      altered(good, [&](auto& tensors, auto&) { std::erase_if(tensors, [](auto& t) { return t.name == "6.bias"; }); }),
      "'6.bias'");
  refused(altered(good,
                  [&](auto& tensors, auto&) {
                    for (auto& t : tensors)
                      if (t.name == "0.weight") t = io::tensor_view(t.name, {4, 1, 9, 1}, std::span<const float>(bad));
                  }),
          "[4, 1, 9, 1]");
  refused(altered(good,
                  [&](auto& tensors, auto&) {
                    for (auto& t : tensors)
                      if (t.name == "0.weight") t = io::tensor_view(t.name, {4, 1, 3, 3}, std::span<const float>(bad));
                  }),
          "NaN");
  refused(altered(good,
                  [&](auto& tensors, auto&) {
                    for (auto& t : tensors)
                      if (t.name == "optimizer.m.0.weight")
                        t = io::tensor_view(t.name, {4, 1, 3, 3}, std::span<const float>(bad));
                  }),
          "NaN");
  refused(
      altered(good, [&](auto& tensors,
                        auto&) { tensors.push_back(io::tensor_view("9.weight", {36}, std::span<const float>(bad))); }),
      "'9.weight'");
  refused(altered(good, [](auto&, io::Metadata& metadata) { metadata["step"] = "-4"; }), "step is '-4'");
  refused(altered(good, [](auto&, io::Metadata& metadata) { metadata["epoch"] = "1e9"; }), "1e9");
  refused(altered(good, [](auto&, io::Metadata& metadata) { metadata["seed"] = "99999999999999999999"; }), "seed");
  refused({good.begin(), good.begin() + 100}, "");
  refused({}, "");
  std::vector<std::uint8_t> long_header = good;
  long_header[7] = 0x10;  // a header of 2^60 bytes
  refused(long_header, "");
  run_until_idle(*trainer);
  CHECK(snapshot_of(*trainer).epoch == 2);
}

TEST_CASE("negative control: the unaltered file is taken, and F64 weights are too") {
  const auto trainer = small_trainer();
  train_steps(*trainer, 3);
  const std::vector<std::uint8_t> good = trainer->save();
  const std::uint64_t expected = hash_of_run(*trainer);
  train_steps(*trainer, 3);
  CHECK(message(trainer->restore(altered(good, [](auto&, auto&) {}))).empty());
  CHECK(hash_of_run(*trainer) == expected);
  std::vector<double> wide(4, 0.125);
  CHECK(message(trainer->restore(altered(good, [&](auto& tensors, auto&) {
          for (auto& t : tensors)
            if (t.name == "0.bias") t = io::tensor_view(t.name, {4}, std::span<const double>(wide));
        }))).empty());
}

}  // namespace
}  // namespace descent::testing
