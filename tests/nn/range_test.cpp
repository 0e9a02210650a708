// SPDX-License-Identifier: MIT
// Ranges of layers: the whole network gives its own logits to the bit, cut anywhere it gives the same numbers, on any
// number of rows.
#include <doctest/doctest.h>

#include "engine/nn/network_range.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"

using namespace descent;
using testing::close;

namespace {

// The mixed network, and one with layers that are fused.
std::vector<nn::NetworkSpec> networks() {
  return {testing::mixed_network(0.5),
          {.input = {12, 12, 1},
           .layers = {{"conv2d", {{"out_channels", 8}}},
                      {"relu", {}},
                      {"max_pool2d", {}},
                      {"flatten", {}},
                      {"dropout", {}},
                      {"dense", {{"units", 3}}}}}};
}

template <class T>
void check(double tolerance) {
  parallel::ThreadPool pool(1);
  for (const nn::NetworkSpec& spec : networks()) {
    constexpr int kRows = 11;
    auto network = testing::build<T>(spec);
    const std::vector<T> images = testing::random_images<T>(spec, kRows);
    network.evaluate(images, {}, {}, pool);
    const int layers = static_cast<int>(spec.layers.size());
    const std::span<const T> parameters = network.parameters();
    const auto whole = network.range(0, layers, parameters);
    CHECK(whole.input_size() == network.input_size());
    CHECK(whole.output_size() == network.classes());
    typename nn::LayerRange<T>::Memory first, second;
    const T* logits = whole.run(kRows, images.data(), first);
    CHECK(std::equal(network.logits().begin(), network.logits().end(), logits));
    for (int cut = 0; cut <= layers; ++cut) {
      CAPTURE(cut);
      const auto before = network.range(0, cut, parameters), behind = network.range(cut, layers, parameters);
      CHECK(before.output_size() == behind.input_size());
      const T* middle = before.run(kRows, images.data(), first);
      const std::vector<T> kept(middle, middle + kRows * before.output_size());
      logits = behind.run(kRows, middle, second);
      CHECK(close(std::span(logits, network.logits().size()), network.logits(), tolerance, tolerance));
      CHECK(std::equal(kept.begin(), kept.end(), middle));
    }
    CHECK(network.range(0, 0, parameters).run(kRows, images.data(), first) == images.data());
  }
}

}  // namespace

TEST_CASE("a range of layers gives the network's numbers in float") {
  check<float>(1e-5);
}

TEST_CASE("a range of layers gives the network's numbers in double") {
  check<double>(1e-14);
}
