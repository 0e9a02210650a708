// SPDX-License-Identifier: MIT
// Loss, gradient and Hessian products over a subset against PyTorch's in double precision; against the network itself;
// threads, slices, and what a wrong Hessian would look like.
#include "engine/inspect/loss/subset_loss.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "engine/core/rng.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"
#include "tests/support/sharpness_golden.h"

using namespace descent;
using testing::close;
using testing::Json;

namespace {

template <class T>
inspect::SubsetLoss<T> subset(const nn::Network<T>& network, std::shared_ptr<const data::Dataset> dataset,
                              std::int64_t images) {
  auto loss = inspect::SubsetLoss<T>::build(network.spec(), std::move(dataset), data::Layout::upright, images);
  REQUIRE(loss.ok());
  loss->set_weights(network.parameters());
  return std::move(*loss);
}

template <class T>
std::vector<T> product(inspect::SubsetLoss<T>& loss, std::span<const T> direction, int threads, double seconds) {
  parallel::ThreadPool pool(threads);
  loss.start_product(direction);
  while (loss.advance(pool, seconds)) CHECK(loss.progress() < 1);
  return {loss.result().begin(), loss.result().end()};
}

template <class T>
void check_samples(const nn::Network<T>& network, std::span<const T> vector, const Json& golden, double tolerance) {
  double largest = 0;
  for (const auto& [name, expected] : golden.items())
    for (const double value : expected["values"]) largest = std::max(largest, std::abs(value));
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    CAPTURE(info.name);
    const Json& expected = golden[info.name];
    for (std::size_t k = 0; k < expected["indices"].size(); ++k) {
      const auto at = static_cast<std::size_t>(network.arena_index(info, expected["indices"][k]));
      CHECK(close(static_cast<double>(vector[at]), expected["values"][k], tolerance, tolerance * largest));
    }
  }
}

template <class T>
void check_golden(double tolerance) {
  const Json golden = testing::load_golden("sharpness.json");
  REQUIRE(!golden.is_null());
  const int images = golden["images"];
  parallel::ThreadPool pool(2);
  for (const auto& [name, expected] : golden["networks"].items()) {
    CAPTURE(name);
    const nn::Network<T> network = testing::inspected_network<T>(expected);
    auto loss = subset(network, testing::golden_dataset(network.spec(), network.classes(), images), images);
    loss.start_gradient();
    loss.finish(pool);
    CHECK(close(loss.loss(), expected["loss"], tolerance, 0));
    check_samples<T>(network, loss.result(), expected["gradient"], tolerance);
    const std::vector<T> direction = testing::golden_vector(network, 200);
    const std::vector<T> curved = product<T>(loss, direction, 2, 1);
    check_samples<T>(network, curved, expected["product"], tolerance);
    CHECK(close(loss.loss(), expected["loss"], tolerance, 0));
  }
}

// ReLUs, fused and padded convolutions, average pooling with padding, overlapping windows, dilation.
const nn::NetworkSpec kMany{
    .input = {13, 12, 1},
    .layers = {{"conv2d", {{"out_channels", 6}, {"kernel", 3}, {"padding", 2}}},
               {"relu", {}},
               {"max_pool2d", {{"kernel", 3}, {"stride", 3}}},
               {"conv2d", {{"out_channels", 8}, {"kernel", 3}, {"padding", 1}}},
               {"relu", {}},
               {"max_pool2d", {}},
               {"avg_pool2d", {{"kernel", 3}, {"stride", 1}, {"padding", 1}}},
               {"conv2d", {{"out_channels", 5}, {"kernel", 2}, {"dilation", 2}, {"padding", 2}}},
               {"relu", {}},
               {"dropout", {{"rate", 0.5}}},
               {"flatten", {}},
               {"dense", {{"units", 12}}},
               {"relu", {}},
               {"dense", {{"units", 4}}}}};

}  // namespace

TEST_CASE("loss, gradient and Hessian product are PyTorch's, in double to eight digits") {
  check_golden<double>(2e-8);
}

TEST_CASE("loss, gradient and Hessian product are PyTorch's, in single precision to five") {
  check_golden<float>(1e-5);
}

TEST_CASE("the fast kernels follow the plain ones through every kind of window") {
  const auto fast = testing::build<float>(kMany, 7);
  auto plain = testing::build<double>(kMany);
  std::copy(fast.parameters().begin(), fast.parameters().end(), plain.parameters().begin());
  const auto dataset = testing::golden_dataset(kMany, 4, 50);
  auto single = subset(fast, dataset, 50);
  auto precise = subset(plain, dataset, 50);
  core::Rng rng(3);
  std::vector<float> direction(fast.parameters().size());
  for (float& value : direction) value = static_cast<float>(rng.normal());
  const std::vector<double> same(direction.begin(), direction.end());
  const std::vector<float> a = product<float>(single, direction, 2, 1);
  const std::vector<double> b = product<double>(precise, same, 2, 1);
  double difference = 0, whole = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference += std::pow(static_cast<double>(a[i]) - b[i], 2);
    whole += b[i] * b[i];
  }
  CHECK(whole > 0);
  CHECK(std::sqrt(difference / whole) < 1e-5);
}

// On one smooth piece the product is the change of the gradient. The step is small enough to meet no kink.
TEST_CASE("in double the product is what the gradient changes by, and no other vector is") {
  auto network = testing::build<double>(kMany, 2);
  auto loss = subset(network, testing::golden_dataset(kMany, 4, 30), 30);
  core::Rng rng(4);
  std::vector<double> direction(network.parameters().size());
  for (double& value : direction) value = rng.normal();
  const std::vector<double> expected = product<double>(loss, direction, 1, 1);
  parallel::ThreadPool pool(2);
  constexpr double kStep = 1e-7;
  const auto gradient_at = [&](double t) {
    std::vector<double> weights(network.parameters().begin(), network.parameters().end());
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] += t * direction[i];
    loss.set_weights(weights);
    loss.start_gradient();
    loss.finish(pool);
    return std::vector<double>(loss.result().begin(), loss.result().end());
  };
  const std::vector<double> above = gradient_at(kStep), below = gradient_at(-kStep);
  double largest = 0, off = 0, off_with_gradient = 0;
  for (std::size_t i = 0; i < above.size(); ++i) {
    const double change = (above[i] - below[i]) / (2 * kStep);
    largest = std::max(largest, std::abs(change));
    off = std::max(off, std::abs(change - expected[i]));
    off_with_gradient = std::max(off_with_gradient, std::abs(change - expected[i] - above[i]));
  }
  CHECK(off < 1e-6 * largest);
  CHECK(off_with_gradient > 1e-3 * largest);
}

TEST_CASE("the loss is the network's own to the bit, and its gradient with dropout off") {
  for (const nn::NetworkSpec& spec : {testing::mixed_network(0), kMany}) {
    auto network = testing::build<float>(spec);
    const auto dataset = testing::golden_dataset(spec, network.classes(), 75);
    std::vector<float> images(dataset->images.size());
    data::to_floats(dataset->images, images);
    parallel::ThreadPool pool(2);
    auto loss = subset(network, dataset, 75);
    loss.start_loss();
    loss.finish(pool);
    CHECK(loss.loss() == network.evaluate(images, dataset->labels, {}, pool).loss);
    if (spec == kMany) continue;
    loss.start_gradient();
    loss.finish(pool);
    network.loss_and_gradients(images, dataset->labels, 0, pool);
    CHECK(close(loss.result(), std::span<const float>(network.gradients()), 1e-4, 1e-7));
  }
}

TEST_CASE("threads, slices and a pass that was given up make no difference to a bit") {
  const auto network = testing::build<float>(kMany);
  const auto dataset = testing::golden_dataset(kMany, 4, 75);
  auto loss = subset(network, dataset, 75);
  const std::vector<float> direction = testing::golden_vector(network, 5);
  const std::vector<float> one = product<float>(loss, direction, 1, 1e-9);
  parallel::ThreadPool pool(2);
  loss.start_gradient();
  CHECK(loss.advance(pool, 1e-9));
  CHECK(product<float>(loss, direction, 3, 10) == one);
}

TEST_CASE("only the images asked for are read") {
  const auto network = testing::build<float>(kMany);
  const auto dataset = testing::golden_dataset(kMany, 4, 75);
  auto fewer = std::make_shared<data::Dataset>(*dataset);
  fewer->labels.resize(40);
  const std::vector<float> direction = testing::golden_vector(network, 5);
  auto part = subset(network, dataset, 40), whole = subset(network, fewer, 40), more = subset(network, dataset, 41);
  const std::vector<float> expected = product<float>(whole, direction, 1, 1);
  CHECK(product<float>(part, direction, 1, 1) == expected);
  CHECK(product<float>(more, direction, 1, 1) != expected);
}

TEST_CASE("what is no number gives results that are none") {
  auto network = testing::build<float>(kMany);
  network.parameters().back() = std::numeric_limits<float>::quiet_NaN();
  auto loss = subset(network, testing::golden_dataset(kMany, 4, 10), 10);
  const std::vector<float> direction = testing::golden_vector(network, 5);
  CHECK(std::isnan(product<float>(loss, direction, 1, 1).back()));
  CHECK(std::isnan(loss.loss()));
}
