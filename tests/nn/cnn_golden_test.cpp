// SPDX-License-Identifier: MIT
// The reference network in float against PyTorch's double-precision numbers (golden/cnn.json): loss, logits, every
// gradient tensor's norm, sum and samples, and the losses of five Adam steps on the full batch; weights by a formula.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/nn/network.h"
#include "engine/optim/optimizer.h"
#include "engine/parallel/thread_pool.h"
#include "tests/nn/mnist.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"
#include "tests/support/golden.h"

using namespace descent;
using testing::close;
using testing::Json;

namespace {

constexpr int kImages = 32;

std::vector<std::uint16_t> golden_labels(const Json& golden) {
  return golden["labels"].get<std::vector<std::uint16_t>>();
}

template <class T>
void check_gradients(const nn::Network<T>& network, const Json& golden, double tolerance) {
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    CAPTURE(info.name);
    const Json& expected = golden["gradients"][info.name];
    CHECK(info.shape == expected["shape"].template get<std::vector<std::int64_t>>());
    std::vector<T> torch(static_cast<std::size_t>(info.size));
    network.export_parameter(info, network.gradients(), std::span<T>(torch));
    double squares = 0, sum = 0;
    for (const T value : torch) {
      squares += static_cast<double>(value) * static_cast<double>(value);
      sum += static_cast<double>(value);
    }
    const double norm = expected["l2"];
    CHECK(close(std::sqrt(squares), norm, tolerance, 0));
    // Sums cancel; their error is measured against what is summed.
    CHECK(close(sum, expected["sum"], tolerance, tolerance * norm));
    for (const Json& sample : expected["samples"])
      CHECK(close(static_cast<double>(torch[sample[0].template get<std::size_t>()]), sample[1], tolerance,
                  tolerance * norm / std::sqrt(static_cast<double>(info.size))));
  }
}

template <class T>
void check_network(double tolerance, double logit_tolerance, double gradient_tolerance) {
  const std::vector<T> images = testing::first_mnist_images<T>(kImages);
  if (images.empty()) {
    MESSAGE("skipped: DESCENT_MNIST_IDX does not name a folder with train-images-idx3-ubyte");
    return;
  }
  const Json golden = testing::load_golden("cnn.json");
  REQUIRE(!golden.is_null());
  auto network = nn::Network<T>::build(nn::reference_network());
  REQUIRE(network.ok());
  testing::set_formula_weights(*network);
  parallel::ThreadPool pool(2);
  const std::vector<std::uint16_t> labels = golden_labels(golden);
  const nn::BatchLoss loss = network->loss_and_gradients(images, labels, 0, pool);
  CHECK(close(loss.loss, golden["loss"], tolerance, 0));
  for (std::size_t n = 0; n < 4; ++n)
    for (std::size_t c = 0; c < 10; ++c)
      CHECK(close(static_cast<double>(network->logits()[n * 10 + c]), golden["logits_first4"][n][c], logit_tolerance,
                  logit_tolerance));
  check_gradients(*network, golden, gradient_tolerance);
}

}  // namespace

TEST_CASE("the reference network agrees with PyTorch in float") {
  check_network<float>(1e-5, 1e-5, 1e-4);
}

// The images behind the file were rounded to single precision, which shows in the eighth digit.
TEST_CASE("the reference network agrees with PyTorch in double") {
  check_network<double>(1e-9, 2e-7, 2e-7);
}

TEST_CASE("five full-batch Adam steps give PyTorch's losses") {
  const std::vector<float> images = testing::first_mnist_images<float>(kImages);
  if (images.empty()) {
    MESSAGE("skipped: DESCENT_MNIST_IDX does not name a folder with train-images-idx3-ubyte");
    return;
  }
  const Json golden = testing::load_golden("cnn.json");
  REQUIRE(!golden.is_null());
  const std::vector<double> expected = golden["adam_losses"]["loss_before_each_step_and_after_last"];
  auto network = nn::Network<float>::build(nn::reference_network());
  REQUIRE(network.ok());
  testing::set_formula_weights(*network);
  auto adam = optim::make_optimizer<float>("adam", {});
  REQUIRE(adam.ok());
  (*adam)->reset(network->parameters().size());
  parallel::ThreadPool pool(2);
  const std::vector<std::uint16_t> labels = golden_labels(golden);
  for (std::size_t step = 0; step < expected.size(); ++step) {
    CAPTURE(step);
    const nn::BatchLoss loss = network->loss_and_gradients(images, labels, step, pool);
    CHECK(close(loss.loss, expected[step], 1e-4, 0));
    (*adam)->step(network->parameters(), network->gradients(),
                  {.t = static_cast<std::int64_t>(step) + 1, .learning_rate = golden["adam_losses"]["learning_rate"]});
  }
}
