// SPDX-License-Identifier: MIT
// Whole networks: gradients by central differences through every layer at once, float against double for many batch
// sizes, the same bits for every number of threads, evaluation, parameters out and in.
#include "engine/nn/network.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "tests/nn/gradient_check.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"

using namespace descent;
using testing::close;

TEST_CASE("a network of all layers has the gradients of its loss") {
  for (double rate : {0.0, 0.4}) {
    nn::Network<double> network = testing::build<double>(testing::mixed_network(rate));
    constexpr int kImages = 7;
    const std::vector<double> images = testing::random_images<double>(network.spec(), kImages);
    const std::vector<std::uint16_t> labels = testing::random_labels(4, kImages);
    parallel::ThreadPool pool(1);
    network.loss_and_gradients(images, labels, 3, pool);
    const std::vector<double> analytic(network.gradients().begin(), network.gradients().end());
    std::vector<double> x(network.parameters().begin(), network.parameters().end());
    const auto loss = [&] {
      std::copy(x.begin(), x.end(), network.parameters().begin());
      return network.loss_and_gradients(images, labels, 3, pool).loss;
    };
    CHECK(testing::worst_difference(x, analytic, loss) < 1e-8);
    std::vector<double> wrong = analytic;
    wrong[wrong.size() / 2] += 1e-6;
    CHECK(testing::worst_difference(x, wrong, loss) > 1e-7);
  }
}

TEST_CASE("float agrees with double, whatever the batch size") {
  for (int batch : {1, 2, 3, 5, 8, 9, 16, 31, 33, 100, 257, 300}) {
    CAPTURE(batch);
    const nn::NetworkSpec spec = testing::mixed_network(0.3);
    nn::Network<float> single = testing::build<float>(spec);
    nn::Network<double> reference = testing::build<double>(spec);
    std::copy(single.parameters().begin(), single.parameters().end(), reference.parameters().begin());
    const std::vector<std::uint16_t> labels = testing::random_labels(4, batch);
    parallel::ThreadPool pool(2);
    const nn::BatchLoss a = single.loss_and_gradients(testing::random_images<float>(spec, batch), labels, 5, pool);
    const nn::BatchLoss b = reference.loss_and_gradients(testing::random_images<double>(spec, batch), labels, 5, pool);
    CHECK(close(a.loss, b.loss, 1e-6, 0));
    CHECK(close(single.gradients(), reference.gradients(), 1e-4, 2e-6));
    CHECK(close(single.logits(), reference.logits(), 1e-5, 2e-6));
  }
}

namespace {

// Two convolutions with ReLU and pooling each; the first makes the channels that the second sees.
nn::NetworkSpec pooled_network(std::vector<core::NamedValue> convolution, std::vector<core::NamedValue> pooling,
                               const char* activation = "relu") {
  nn::NetworkSpec spec;
  spec.input = {16, 15, 2};
  spec.layers = {{"conv2d", {{"out_channels", 5}, {"kernel", 3}, {"padding", 1}}},
                 {"relu", {}},
                 {"max_pool2d", {}},
                 {"conv2d", std::move(convolution)},
                 {activation, {}},
                 {"max_pool2d", std::move(pooling)},
                 {"flatten", {}},
                 {"dense", {{"units", 3}}}};
  return spec;
}

}  // namespace

TEST_CASE("networks that the planner fuses, and some that it may not, agree with double") {
  const std::vector<nn::NetworkSpec> specs{
      pooled_network({{"out_channels", 9}, {"kernel", 3}}, {}),
      pooled_network({{"out_channels", 7}, {"kernel", 2}, {"stride", 2}, {"padding", 1}},
                     {{"kernel", 2}, {"stride", 3}}),
      pooled_network({{"out_channels", 8}, {"kernel", 3}, {"padding", 1}}, {{"kernel", 3}, {"stride", 3}}),
      pooled_network({{"out_channels", 8}, {"kernel", 3}}, {{"kernel", 3}, {"stride", 2}}),                  // overlap
      pooled_network({{"out_channels", 8}, {"kernel", 3}}, {{"kernel", 2}, {"stride", 2}, {"padding", 1}}),  // padding
      pooled_network({{"out_channels", 8}, {"kernel", 1}}, {}),  // short runs
      pooled_network({{"out_channels", 8}, {"kernel", 3}, {"padding", 2}, {"dilation", 2}}, {}),
      pooled_network({{"out_channels", 8}, {"kernel", 3}}, {}, "tanh")};
  constexpr int kImages = 21;
  parallel::ThreadPool pool(2);
  for (std::size_t i = 0; i < specs.size(); ++i) {
    CAPTURE(i);
    nn::Network<float> single = testing::build<float>(specs[i]);
    nn::Network<double> reference = testing::build<double>(specs[i]);
    std::copy(single.parameters().begin(), single.parameters().end(), reference.parameters().begin());
    const std::vector<std::uint16_t> labels = testing::random_labels(3, kImages);
    const auto images = testing::random_images<float>(specs[i], kImages);
    const nn::BatchLoss a = single.loss_and_gradients(images, labels, 0, pool);
    const nn::BatchLoss b =
        reference.loss_and_gradients(testing::random_images<double>(specs[i], kImages), labels, 0, pool);
    CHECK(close(a.loss, b.loss, 1e-6, 0));
    CHECK(close(single.gradients(), reference.gradients(), 1e-4, 2e-6));
    CHECK(single.evaluate(images, labels, {}, pool).loss == a.loss);
  }
}

TEST_CASE("a batch's gradient is the mean of its images' gradients") {
  const nn::NetworkSpec spec = testing::mixed_network(0);
  constexpr int kImages = 40;
  nn::Network<double> network = testing::build<double>(spec);
  const std::vector<double> images = testing::random_images<double>(spec, kImages);
  const std::vector<std::uint16_t> labels = testing::random_labels(4, kImages);
  parallel::ThreadPool pool(1);
  std::vector<double> mean(network.gradients().size());
  double loss = 0;
  int correct = 0;
  for (std::size_t i = 0; i < kImages; ++i) {
    const auto size = static_cast<std::size_t>(network.input_size());
    const nn::BatchLoss one =
        network.loss_and_gradients(std::span(images).subspan(i * size, size), std::span(labels).subspan(i, 1), 0, pool);
    loss += one.loss / kImages;
    correct += one.correct;
    for (std::size_t p = 0; p < mean.size(); ++p) mean[p] += network.gradients()[p] / kImages;
  }
  const nn::BatchLoss batch = network.loss_and_gradients(images, labels, 0, pool);
  CHECK(close(batch.loss, loss, 1e-13, 0));
  CHECK(batch.correct == correct);
  CHECK(close(network.gradients(), std::span<const double>(mean), 1e-11, 1e-15));
}

namespace {

// FNV-1a over the bits.
std::uint64_t hash_of(std::span<const float> values) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const float value : values) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    for (int shift = 0; shift < 32; shift += 8) hash = (hash ^ ((bits >> shift) & 0xFFU)) * 0x100000001B3ULL;
  }
  return hash;
}

std::uint64_t hash_after_training(const nn::NetworkSpec& spec, int classes, int threads, int batch, int steps,
                                  std::uint64_t seed = 1) {
  nn::Network<float> network = testing::build<float>(spec, seed);
  const std::vector<float> images = testing::random_images<float>(spec, batch);
  const std::vector<std::uint16_t> labels = testing::random_labels(classes, batch);
  parallel::ThreadPool pool(threads);
  for (int step = 0; step < steps; ++step) {
    network.loss_and_gradients(images, labels, static_cast<std::uint64_t>(step), pool);
    for (std::size_t i = 0; i < network.parameters().size(); ++i)
      network.parameters()[i] -= 0.1F * network.gradients()[i];
  }
  return hash_of(network.parameters());
}

}  // namespace

TEST_CASE("training gives the same bits with 1, 2 and 4 threads") {
  for (int batch : {1, 6, 32, 300}) {
    CAPTURE(batch);
    const nn::NetworkSpec spec = testing::mixed_network(0.3);
    const std::uint64_t one = hash_after_training(spec, 4, 1, batch, 4);
    CHECK(hash_after_training(spec, 4, 2, batch, 4) == one);
    CHECK(hash_after_training(spec, 4, 4, batch, 4) == one);
    CHECK(hash_after_training(spec, 4, 2, batch, 4, 2) != one);
    CHECK(hash_after_training(spec, 4, 2, batch, 5) != one);
  }
  const std::uint64_t one = hash_after_training(nn::reference_network(), 10, 1, 32, 2);
  CHECK(hash_after_training(nn::reference_network(), 10, 2, 32, 2) == one);
  CHECK(hash_after_training(nn::reference_network(), 10, 4, 32, 2) == one);
}

TEST_CASE("evaluation is the forward pass with dropout off, for any number of images and threads") {
  const nn::NetworkSpec spec = testing::mixed_network(0.5);
  constexpr int kImages = 523;
  nn::Network<float> network = testing::build<float>(spec);
  const std::vector<float> images = testing::random_images<float>(spec, kImages);
  const std::vector<std::uint16_t> labels = testing::random_labels(4, kImages);
  parallel::ThreadPool one(1), three(3);
  std::vector<float> probabilities(kImages * 4), again(kImages * 4);
  const nn::BatchLoss a = network.evaluate(images, labels, probabilities, one);
  const nn::BatchLoss b = network.evaluate(images, labels, again, three);
  CHECK(a.loss == b.loss);
  CHECK(a.correct == b.correct);
  CHECK(probabilities == again);
  double loss = 0;
  int correct = 0;
  for (std::size_t n = 0; n < kImages; ++n) {
    const float* p = probabilities.data() + 4 * n;
    CHECK(close(static_cast<double>(p[0] + p[1] + p[2] + p[3]), 1, 1e-6, 0));
    loss -= std::log(static_cast<double>(p[labels[n]])) / kImages;
    correct += std::max_element(p, p + 4) - p == labels[n] ? 1 : 0;
  }
  CHECK(close(a.loss, loss, 1e-5, 0));
  CHECK(a.correct == correct);
  CHECK(network.evaluate(images, {}, probabilities, one).loss == 0);
}

TEST_CASE("parameters go out in torch's order and come back") {
  nn::NetworkSpec spec;
  spec.input = {3, 4, 2};
  spec.layers = {{"conv2d", {{"out_channels", 3}, {"kernel", 2}}}, {"flatten", {}}, {"dense", {{"units", 2}}}};
  nn::Network<float> network = testing::build<float>(spec);
  const auto infos = network.parameter_infos();
  REQUIRE(infos.size() == 4);
  CHECK(infos[0].name == "0.weight");
  CHECK(infos[0].shape == std::vector<std::int64_t>{3, 2, 2, 2});
  CHECK(infos[1].name == "0.bias");
  CHECK(infos[2].name == "2.weight");
  CHECK(infos[2].shape == std::vector<std::int64_t>{2, 18});  // a 2x3x3 map
  CHECK(infos[3].name == "2.bias");
  for (std::size_t i = 0; i < network.parameters().size(); ++i) network.parameters()[i] = static_cast<float>(i);

  std::vector<float> oihw(24), columns(36);
  network.export_parameter(infos[0], network.parameters(), std::span<float>(oihw));
  network.export_parameter(infos[2], network.parameters(), std::span<float>(columns));
  // Arena: (ky, kx, in, out). Element o = 2, i = 1, ky = 1, kx = 0.
  CHECK(oihw[2 * 8 + 1 * 4 + 1 * 2 + 0] == static_cast<float>(((1 * 2 + 0) * 2 + 1) * 3 + 2));
  // Arena: (y, x, c) rows of (out). Element o = 1, c = 2, y = 1, x = 0 of the 2x3x3 map.
  CHECK(columns[18 + 2 * 6 + 1 * 3 + 0] == static_cast<float>(infos[2].offset + ((1 * 3 + 0) * 3 + 2) * 2 + 1));

  std::vector<float> arena(network.parameters().size(), -1);
  for (const nn::ParameterInfo& info : infos) {
    std::vector<float> torch(static_cast<std::size_t>(info.size));
    network.export_parameter(info, network.parameters(), std::span<float>(torch));
    network.import_parameter(info, std::span<const float>(torch), std::span<float>(arena));
    for (std::int64_t i = 0; i < info.size; ++i) {
      const std::int64_t at = network.arena_index(info, i);
      CHECK(torch[static_cast<std::size_t>(i)] == network.parameters()[static_cast<std::size_t>(at)]);
      CHECK(network.torch_index(info, at) == i);
    }
  }
  CHECK(std::equal(arena.begin(), arena.end(), network.parameters().begin()));
}

TEST_CASE("the memory of large batches has a limit") {
  nn::Network<float> network = testing::build<float>(nn::reference_network());
  CHECK(network.memory_for(100, 1) < network.memory_for(512, 1));
  CHECK(network.memory_for(512, 1) < network.memory_for(512, 8));
  network.plan(512);
  CHECK(network.memory_bytes() == network.memory_for(512, 1));
  CHECK(network.memory_bytes() < 300'000'000);
  const std::int64_t before = network.memory_bytes();
  network.plan(nn::kMaxBatch);
  CHECK(network.memory_bytes() - before < 1'000'000);
}
