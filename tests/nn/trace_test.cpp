// SPDX-License-Identifier: MIT
// One image, layer by layer: the trace is the evaluation, the way back is the gradient of training and agrees with
// central differences at every unit, and several functions' gradients at once are each one's own.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "engine/kernels/softmax.h"
#include "engine/nn/network.h"
#include "tests/nn/gradient_check.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"

using namespace descent;
using testing::close;

namespace {

constexpr int kLabel = 2;

template <class T>
std::vector<T> loss_gradient(const std::vector<T>& logits) {
  std::vector<T> dlogits(logits.size());
  kernels::cross_entropy_gradient(static_cast<int>(logits.size()), logits.data(), kLabel, 1, dlogits.data());
  return dlogits;
}

template <class T>
void check_against_training(const nn::NetworkSpec& spec, double rtol, double atol) {
  nn::Network<T> network = testing::build<T>(spec);
  const std::vector<T> image = testing::random_images<T>(spec, 1);
  const std::uint16_t label = kLabel;
  parallel::ThreadPool pool(1);
  network.loss_and_gradients(image, {&label, 1}, 0, pool);
  const nn::Trace<T> trace = network.trace(image);
  CHECK(close(std::span<const T>(trace.outputs.back()), network.logits(), rtol, atol));
  std::vector<T> gradients(network.parameters().size(), T{7});
  const nn::BackTrace<T> back = network.trace_back(trace, loss_gradient(trace.outputs.back()), gradients);
  CHECK(close(std::span<const T>(gradients), network.gradients(), rtol, atol));
  // Without wanted parameters nothing else changes.
  const nn::BackTrace<T> alone = network.trace_back(trace, loss_gradient(trace.outputs.back()), {});
  CHECK(alone.image == back.image);
  CHECK(alone.deltas == back.deltas);
}

}  // namespace

TEST_CASE("a trace shows every layer of one image and leaves training alone") {
  const nn::NetworkSpec spec = testing::mixed_network(0.5);
  nn::Network<float> network = testing::build<float>(spec);
  const std::vector<float> image = testing::random_images<float>(spec, 1);
  parallel::ThreadPool pool(1);
  std::vector<float> probabilities(4);
  network.evaluate(image, {}, probabilities, pool);
  const std::vector<float> logits(network.logits().begin(), network.logits().end());
  nn::Trace<float> trace = network.trace(image);
  CHECK(trace.image == image);
  REQUIRE(trace.outputs.size() == spec.layers.size());
  for (std::size_t i = 0; i < trace.outputs.size(); ++i) {
    CHECK(static_cast<std::int64_t>(trace.outputs[i].size()) == network.output_shape(static_cast<int>(i)).size());
    CHECK(network.layer(static_cast<int>(i)).output() == network.output_shape(static_cast<int>(i)));
  }
  CHECK(close(std::span<const float>(trace.outputs.back()), network.logits(), 1e-6, 1e-7));
  CHECK(network.trace_back(trace, loss_gradient(logits), {}).deltas.size() == spec.layers.size());
  CHECK(std::equal(logits.begin(), logits.end(), network.logits().begin()));

  // Outputs that a retrace does not reach stay, those that it reaches follow the parameters.
  const auto before = trace.outputs;
  const nn::ParameterInfo& last = network.parameter_infos().back();
  network.parameters()[static_cast<std::size_t>(last.offset)] += 1;
  network.retrace(trace, last.layer + 1);
  CHECK(trace.outputs == before);
  network.retrace(trace, last.layer);
  CHECK(close(static_cast<double>(trace.outputs.back()[0]), static_cast<double>(before.back()[0]) + 1, 1e-6, 0));
  CHECK(trace.outputs.back()[1] == before.back()[1]);
}

TEST_CASE("the way back of the loss is training's gradient") {
  check_against_training<double>(testing::mixed_network(0), 1e-12, 1e-15);
  check_against_training<float>(testing::mixed_network(0), 1e-5, 1e-6);
  check_against_training<float>(nn::reference_network(), 1e-4, 1e-6);
}

TEST_CASE("every delta agrees with central differences") {
  // Dropout would be on in training; here it is off.
  const nn::NetworkSpec spec = testing::mixed_network(0.5);
  const nn::Network<double> network = testing::build<double>(spec);
  for (int layer = -1; layer < static_cast<int>(spec.layers.size()); ++layer) {
    CAPTURE(layer);
    nn::Trace<double> trace = network.trace(testing::random_images<double>(spec, 1));
    const auto i = static_cast<std::size_t>(layer);
    std::vector<double>& values = layer < 0 ? trace.image : trace.outputs[i];
    // No two values alike, so that no pooling window is at a kink between two of the ReLU's zeros.
    for (std::size_t k = 0; k < values.size(); ++k) values[k] += 1e-3 * static_cast<double>(k % 17);
    const auto loss = [&] {
      network.retrace(trace, layer + 1);
      return kernels::cross_entropy(network.classes(), trace.outputs.back().data(), kLabel);
    };
    loss();
    const nn::BackTrace<double> back = network.trace_back(trace, loss_gradient(trace.outputs.back()), {});
    std::vector<double> delta = layer < 0 ? back.image : back.deltas[i];
    CHECK(testing::worst_difference(values, delta, loss) < 1e-7);
    delta.back() += 1e-6;
    CHECK(testing::worst_difference(values, delta, loss) > 1e-7);
  }
}

namespace {

template <class T>
void check_image_gradients(const nn::NetworkSpec& spec, double rtol, double atol) {
  const nn::Network<T> network = testing::build<T>(spec);
  const std::vector<T> image = testing::random_images<T>(spec, 1);
  const auto classes = static_cast<std::size_t>(network.classes());
  std::vector<T> unit(classes * classes);
  for (std::size_t c = 0; c < classes; ++c) unit[c * classes + c] = 1;
  const std::vector<T> rows = network.image_gradients(image, unit);
  REQUIRE(rows.size() == classes * image.size());
  const nn::Trace<T> trace = network.trace(image);
  for (std::size_t c = 0; c < classes; ++c) {
    CAPTURE(c);
    const nn::BackTrace<T> back = network.trace_back(trace, std::span<const T>(unit).subspan(c * classes, classes), {});
    CHECK(close(std::span<const T>(rows).subspan(c * image.size(), image.size()), std::span<const T>(back.image), rtol,
                atol));
  }
}

}  // namespace

TEST_CASE("gradients of several functions at once are those of each") {
  check_image_gradients<double>(testing::mixed_network(0.5), 1e-13, 1e-16);
  check_image_gradients<float>(testing::mixed_network(0.5), 1e-5, 1e-6);
  check_image_gradients<float>(nn::reference_network(), 1e-4, 1e-6);  // fused
}
