// SPDX-License-Identifier: MIT
// A pass and its explanation: the loss, the gradients and the deltas are those of training, and of PyTorch where the
// images are at hand.
#include <doctest/doctest.h>

#include <cmath>

#include "engine/inspect/explain.h"
#include "tests/nn/mnist.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"
#include "tests/support/golden.h"

using namespace descent;
using testing::close;

TEST_CASE("an explanation is training's forward and backward pass of one image") {
  for (const nn::NetworkSpec& spec : {testing::mixed_network(0), nn::reference_network()}) {
    nn::Network<float> network = testing::build<float>(spec);
    const std::vector<float> image = testing::random_images<float>(spec, 1);
    const auto pass = inspect::make_pass(network, image, 3);
    REQUIRE(pass.ok());
    const inspect::Explanation explanation = inspect::explain(network, *pass);
    parallel::ThreadPool pool(1);
    const std::uint16_t label = 3;
    CHECK(explanation.label == 3);
    CHECK(close(explanation.loss, network.loss_and_gradients(image, {&label, 1}, 0, pool).loss, 1e-6, 0));
    CHECK(close(std::span<const float>(pass->gradients), network.gradients(), 1e-4, 1e-6));
    std::vector<float> probabilities(static_cast<std::size_t>(network.classes()));
    network.evaluate(image, {}, probabilities, pool);
    CHECK(close(std::span<const float>(explanation.probabilities), std::span<const float>(probabilities), 1e-5, 0));
    REQUIRE(explanation.layers.size() == spec.layers.size());
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
      CHECK(explanation.layers[i].type == spec.layers[i].type);
      CHECK(explanation.layers[i].shape == network.output_shape(static_cast<int>(i)));
      CHECK(explanation.layers[i].output.size() == explanation.layers[i].delta.size());
    }
    // The logits' deltas are p − y, and a bias's gradient is its unit's delta.
    probabilities[3] -= 1;
    CHECK(close(std::span<const float>(explanation.layers.back().delta), std::span<const float>(probabilities), 1e-5,
                1e-7));
    double squares = 0;
    for (const inspect::LayerSheet& sheet : explanation.layers) squares += sheet.gradient_norm * sheet.gradient_norm;
    double wanted = 0;
    for (const float g : network.gradients()) wanted += static_cast<double>(g) * static_cast<double>(g);
    CHECK(close(squares, wanted, 1e-5, 0));
    CHECK(explanation.image_delta.size() == image.size());
  }
}

TEST_CASE("without a label the network's own answer is explained") {
  const nn::NetworkSpec spec = testing::mixed_network(0);
  const nn::Network<float> network = testing::build<float>(spec);
  const auto pass = inspect::make_pass(network, testing::random_images<float>(spec, 1), -1);
  REQUIRE(pass.ok());
  CHECK(pass->label == pass->answer);
  for (const float p : pass->probabilities) CHECK(p <= pass->probabilities[static_cast<std::size_t>(pass->answer)]);
}

TEST_CASE("an image or a label that does not fit is refused in a sentence") {
  const nn::Network<float> network = testing::build<float>(nn::reference_network());
  const std::vector<float> image(784);
  CHECK(inspect::make_pass(network, std::span(image).first(100), 0).message() ==
        "the image has 100 numbers; this network reads 784");
  CHECK(inspect::make_pass(network, image, 10).message() ==
        "label is 10; it must be one of this network's 10 classes, 0 to 9");
  CHECK(!inspect::make_pass(network, image, -2).ok());
}

TEST_CASE("the mean of all images' gradients is PyTorch's") {
  constexpr std::size_t kImages = 32;
  const std::vector<float> images = testing::first_mnist_images<float>(kImages);
  if (images.empty()) {
    MESSAGE("skipped: DESCENT_MNIST_IDX does not name a folder with train-images-idx3-ubyte");
    return;
  }
  const testing::Json golden = testing::load_golden("cnn.json");
  REQUIRE(!golden.is_null());
  nn::Network<float> network = testing::build<float>(nn::reference_network());
  testing::set_formula_weights(network);
  std::vector<double> mean(network.parameters().size());
  double loss = 0;
  for (std::size_t n = 0; n < kImages; ++n) {
    const auto pass = inspect::make_pass(network, std::span(images).subspan(n * 784, 784), golden["labels"][n]);
    REQUIRE(pass.ok());
    loss += pass->loss / kImages;
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += static_cast<double>(pass->gradients[i]) / kImages;
  }
  CHECK(close(loss, golden["loss"], 1e-5, 0));
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    CAPTURE(info.name);
    const testing::Json& expected = golden["gradients"][info.name];
    const double norm = expected["l2"];
    for (const testing::Json& sample : expected["samples"]) {
      const auto at = static_cast<std::size_t>(network.arena_index(info, sample[0]));
      CHECK(close(mean[at], sample[1], 1e-4, 1e-4 * norm / std::sqrt(static_cast<double>(info.size))));
    }
  }
}
