// SPDX-License-Identifier: MIT
// A weight's terms add up to the engine's gradient, the difference in double is the derivative, kinks are noticed.
#include "engine/inspect/weight.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/kernels/softmax.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"

using namespace descent;
using testing::close;

namespace {

struct Sums {
  double terms = 0, sizes = 0;
};

Sums sums_of(const std::vector<float>& terms) {
  Sums sums;
  for (const float term : terms) {
    sums.terms += static_cast<double>(term);
    sums.sizes += std::abs(static_cast<double>(term));
  }
  return sums;
}

// exact_gradients() is the loss's gradient in double, for the same weights.
std::vector<double> exact_gradients(const nn::Network<float>& network, const inspect::Pass& pass) {
  nn::Network<double> twin = testing::build<double>(network.spec());
  std::copy(network.parameters().begin(), network.parameters().end(), twin.parameters().begin());
  const auto trace = twin.trace(std::vector<double>(pass.trace.image.begin(), pass.trace.image.end()));
  std::vector<double> dlogits(trace.outputs.back().size()), gradients(twin.parameters().size());
  kernels::cross_entropy_gradient(twin.classes(), trace.outputs.back().data(), pass.label, 1, dlogits.data());
  CHECK(twin.trace_back(trace, dlogits, gradients).image.size() == pass.trace.image.size());
  return gradients;
}

// Every `stride`-th element of every parameter.
void check_weights(const nn::NetworkSpec& spec, std::int64_t stride) {
  const nn::Network<float> network = testing::build<float>(spec);
  const auto pass = inspect::make_pass(network, testing::random_images<float>(spec, 1), 1);
  REQUIRE(pass.ok());
  const std::vector<double> exact = exact_gradients(network, *pass);
  inspect::DoubleTwin twin;
  int checked = 0, kinks = 0;
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    const nn::Shape shape = network.output_shape(info.layer);
    for (std::int64_t index = stride / 3; index < info.size; index += stride, ++checked) {
      CAPTURE(info.name);
      CAPTURE(index);
      const auto result = inspect::weight(network, *pass, twin, info.name, index);
      REQUIRE(result.ok());
      const auto at = static_cast<std::size_t>(network.arena_index(info, index));
      CHECK(result->value == network.parameters()[at]);
      CHECK(result->gradient == pass->gradients[at]);
      CHECK(result->terms_shape == std::array<int, 2>{shape.height, shape.width});
      const Sums sums = sums_of(result->terms);
      CHECK(close(sums.terms, static_cast<double>(result->gradient), 0, 1e-6 * sums.sizes));
      if (result->difference.kink)
        ++kinks;
      else
        CHECK(close(result->difference.value, exact[at], 1e-7, 1e-9));
    }
  }
  CHECK(checked > 50);
  CHECK(kinks * 4 < checked);
}

// A network of one number, image → dense → relu → dense, and its first weight's difference.
inspect::CentralDifference difference_at(float weight, float bias) {
  nn::NetworkSpec spec;
  spec.input = {1, 1, 1};
  spec.layers = {{"flatten", {}}, {"dense", {{"units", 1}}}, {"relu", {}}, {"dense", {{"units", 2}}}};
  nn::Network<float> network = testing::build<float>(spec);
  const std::vector<float> values{weight, bias, 1, -1, 0, 0};
  std::copy(values.begin(), values.end(), network.parameters().begin());
  const std::vector<float> image{1};
  const auto pass = inspect::make_pass(network, image, 1);
  REQUIRE(pass.ok());
  inspect::DoubleTwin twin;
  const auto result = inspect::weight(network, *pass, twin, "1.weight", 0);
  REQUIRE(result.ok());
  return result->difference;
}

}  // namespace

TEST_CASE("terms add up to the gradient and the difference agrees, in a network of all layers") {
  check_weights(testing::mixed_network(0.4), 3);
}

TEST_CASE("terms add up to the gradient and the difference agrees, in the reference network") {
  check_weights(nn::reference_network(), 4001);
}

TEST_CASE("a difference says when a ReLU switches between its sides") {
  CHECK(difference_at(0.5F, 0).kink == false);
  CHECK(difference_at(-0.5F, 0).kink == false);
  const inspect::CentralDifference at_zero = difference_at(0, 0);
  CHECK(at_zero.kink);
  CHECK(close(at_zero.value, 0.5, 1e-4, 0));  // half of the slope to the right: 2 · (1 − 1/2)
  CHECK(difference_at(1e-6F, 0).kink);
  CHECK(!difference_at(1e-5F, 0).kink);
  CHECK(!difference_at(0, 0.25F).kink);
}

TEST_CASE("a difference says when a max-pooling window takes another cell") {
  nn::NetworkSpec spec;
  spec.input = {1, 2, 2};
  spec.layers = {{"conv2d", {{"out_channels", 1}, {"kernel", 1}}},
                 {"avg_pool2d", {{"kernel", 1}, {"stride", 1}}},
                 {"max_pool2d", {{"kernel", 2}, {"stride", 1}, {"padding", 1}}},
                 {"flatten", {}},
                 {"dense", {{"units", 2}}}};
  nn::Network<float> network = testing::build<float>(spec);
  const std::vector<float> image{1, 0, 0, 1};  // the first pixel shows channel 0, the second channel 1
  inspect::DoubleTwin twin;
  const auto kink_with = [&](float first, float second) {
    network.parameters()[0] = first;
    network.parameters()[1] = second;
    const auto pass = inspect::make_pass(network, image, 0);
    REQUIRE(pass.ok());
    const auto result = inspect::weight(network, *pass, twin, "0.weight", 0);
    REQUIRE(result.ok());
    CHECK(close(sums_of(result->terms).terms, static_cast<double>(result->gradient), 1e-6, 1e-9));
    return result->difference.kink;
  };
  CHECK(kink_with(0.5F, 0.5F));
  CHECK(!kink_with(0.5F, 0.25F));  // the twin follows the parameters
}

TEST_CASE("where a weight meets padding its terms are 0, and a bias counts every place") {
  const nn::NetworkSpec spec = testing::mixed_network(0);
  const nn::Network<float> network = testing::build<float>(spec);
  const auto pass = inspect::make_pass(network, testing::random_images<float>(spec, 1), 0);
  REQUIRE(pass.ok());
  inspect::DoubleTwin twin;
  const auto corner = inspect::weight(network, *pass, twin, "0.weight", 9);  // filter 1, row 0, column 0
  REQUIRE(corner.ok());
  const auto width = static_cast<std::size_t>(corner->terms_shape[1]);
  for (std::size_t i = 0; i < corner->terms.size(); ++i) {
    const bool padding = i < width || i % width == 0;
    const std::size_t pixel = padding ? 0 : i - width - 1;
    CHECK(corner->derivatives[i] == (padding ? 0.0F : pass->trace.image[pixel]));
    CHECK(corner->deltas[i] == pass->back.deltas[0][i * 5 + 1]);
    CHECK(corner->terms[i] == corner->deltas[i] * corner->derivatives[i]);
  }
  const auto bias = inspect::weight(network, *pass, twin, "0.bias", 1);
  REQUIRE(bias.ok());
  CHECK(std::count(bias->derivatives.begin(), bias->derivatives.end(), 1.0F) == 72);
  CHECK(bias->terms == corner->deltas);
  const auto dense = inspect::weight(network, *pass, twin, "10.weight", 12);
  REQUIRE(dense.ok());
  CHECK(dense->terms.size() == 1);
}

// The bars of a batch: their mean is the engine's own gradient of the whole batch.
TEST_CASE("the images of a batch add up to its gradient") {
  for (const nn::NetworkSpec& spec : {testing::mixed_network(0), nn::reference_network()}) {
    constexpr int kBatch = 7;
    nn::Network<float> network = testing::build<float>(spec);
    const std::vector<float> images = testing::random_images<float>(spec, kBatch);
    const std::vector<std::uint16_t> labels = testing::random_labels(network.classes(), kBatch);
    parallel::ThreadPool pool(2);
    static_cast<void>(network.loss_and_gradients(images, labels, 0, pool));
    const std::vector<float> batch(network.gradients().begin(), network.gradients().end());
    const auto size = static_cast<std::size_t>(network.input_size());
    inspect::DoubleTwin twin;
    for (const nn::ParameterInfo& info : network.parameter_infos()) {
      CAPTURE(info.name);
      const std::int64_t index = info.size * 2 / 3, at = network.arena_index(info, index);
      const std::vector<float> bars = inspect::image_gradients(network, images, labels, at, pool);
      REQUIRE(bars.size() == kBatch);
      double mean = 0, sizes = 0;
      for (std::size_t i = 0; i < bars.size(); ++i) {
        const auto pass = inspect::make_pass(network, std::span(images).subspan(i * size, size), labels[i]);
        REQUIRE(pass.ok());
        const auto alone = inspect::weight(network, *pass, twin, info.name, index);
        REQUIRE(alone.ok());
        const Sums sums = sums_of(alone->terms);
        CHECK(close(static_cast<double>(bars[i]), sums.terms, 0, 1e-6 * sums.sizes));
        mean += static_cast<double>(bars[i]) / kBatch;
        sizes += sums.sizes / kBatch;
      }
      CHECK(sizes > 0);
      CHECK(close(mean, static_cast<double>(batch[static_cast<std::size_t>(at)]), 0, 1e-6 * sizes));
    }
  }
}

TEST_CASE("the plane of a kernel: every map is its own weight's") {
  const nn::Network<float> network = testing::build<float>(nn::reference_network());
  const auto pass = inspect::make_pass(network, std::vector<float>(784, 0.5F), 0);
  REQUIRE(pass.ok());
  inspect::DoubleTwin twin;
  const auto plane = inspect::kernel_plane(network, *pass, "3.weight", 1000);
  REQUIRE(plane.size() == 9);
  for (std::size_t i = 0; i < plane.size(); ++i) {
    CHECK(plane[i].index == 999 + static_cast<std::int64_t>(i));
    const auto alone = inspect::weight(network, *pass, twin, "3.weight", plane[i].index);
    REQUIRE(alone.ok());
    CHECK(plane[i].terms == alone->terms);
    const Sums sums = sums_of(plane[i].terms);
    CHECK(close(plane[i].gradient, static_cast<double>(alone->gradient), 0, 1e-6 * sums.sizes));
  }
  CHECK(inspect::kernel_plane(network, *pass, "3.bias", 1).empty());
  CHECK(inspect::kernel_plane(network, *pass, "7.weight", 1).empty());
}

TEST_CASE("one twin serves one network after another") {
  inspect::DoubleTwin twin;
  for (const nn::NetworkSpec& spec : {testing::mixed_network(0), nn::reference_network(), testing::mixed_network(0)}) {
    const nn::Network<float> network = testing::build<float>(spec);
    const auto pass = inspect::make_pass(network, testing::random_images<float>(spec, 1), 2);
    REQUIRE(pass.ok());
    const auto result = inspect::weight(network, *pass, twin, network.parameter_infos().back().name, 2);
    REQUIRE(result.ok());
    CHECK(close(result->difference.value, static_cast<double>(result->gradient), 1e-5, 0));
  }
}

TEST_CASE("parameters and elements that are not there are refused in a sentence") {
  const nn::Network<float> network = testing::build<float>(nn::reference_network());
  const auto pass = inspect::make_pass(network, std::vector<float>(784, 0.5F), 0);
  REQUIRE(pass.ok());
  inspect::DoubleTwin twin;
  CHECK(inspect::weight(network, *pass, twin, "8.weight", 0).message() ==
        "there is no parameter '8.weight'; this network has 0.weight, 0.bias, 3.weight, 3.bias, 7.weight, 7.bias, "
        "9.weight, 9.bias");
  CHECK(inspect::weight(network, *pass, twin, "0.weight", 300).message() ==
        "0.weight has 288 elements; index 300 is outside");
  CHECK(!inspect::weight(network, *pass, twin, "0.weight", -1).ok());
}
