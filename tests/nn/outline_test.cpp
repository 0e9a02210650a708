// SPDX-License-Identifier: MIT
// The outline of a network against the network itself, and against what build() refuses.
#include "engine/nn/outline.h"

#include <doctest/doctest.h>

#include <string>

#include "engine/nn/network.h"
#include "engine/nn/plan.h"
#include "tests/nn/networks.h"

using namespace descent;

namespace {

// refusal() is what build() says; empty when it builds.
std::string refusal(const nn::NetworkSpec& spec) {
  const auto network = nn::Network<float>::build(spec);
  return network.ok() ? std::string() : network.message();
}

nn::NetworkSpec stack(std::vector<nn::LayerSpec> layers) {
  nn::NetworkSpec spec;
  spec.layers = std::move(layers);
  return spec;
}

}  // namespace

TEST_CASE("an outline has the shapes and parameter counts of the network") {
  for (const nn::NetworkSpec& spec : {nn::reference_network(), testing::mixed_network(0.5)}) {
    const nn::Outline outline = nn::outline(spec);
    REQUIRE(outline.fits.ok());
    const nn::Network<float> network = testing::build<float>(spec);
    REQUIRE(outline.layers.size() == spec.layers.size());
    std::vector<std::int64_t> parameters(spec.layers.size());
    for (const nn::ParameterInfo& info : network.parameter_infos())
      parameters[static_cast<std::size_t>(info.layer)] += info.size;
    for (std::size_t i = 0; i < outline.layers.size(); ++i) {
      CAPTURE(i);
      CHECK(outline.layers[i].type == spec.layers[i].type);
      CHECK(outline.layers[i].output == network.output_shape(static_cast<int>(i)));
      CHECK(outline.layers[i].parameters == parameters[i]);
    }
    CHECK(outline.parameters == static_cast<std::int64_t>(network.parameters().size()));
  }
}

TEST_CASE("an outline refuses what build() refuses, in its words, and has the layers before") {
  struct Case {
    nn::NetworkSpec spec;
    std::size_t sound;  // layers that fit
  };
  const Case cases[] = {
      {stack({}), 0},
      {stack(std::vector<nn::LayerSpec>(nn::kMaxLayers + 1, {"relu", {}})), 0},
      {stack({{"conv2d", {}}, {"conv3d", {}}}), 1},
      {stack({{"conv2d", {{"units", 3}}}, {"flatten", {}}}), 0},
      {stack({{"max_pool2d", {}}, {"max_pool2d", {}}, {"conv2d", {{"kernel", 5}, {"dilation", 2}}}}), 2},
      {stack({{"flatten", {}}, {"dense", {{"units", 8192}}}, {"relu", {}}, {"dense", {{"units", 8192}}}}), 3},
      {stack({{"conv2d", {}}, {"relu", {}}}), 2},  // no vector at the end
  };
  for (const Case& c : cases) {
    const nn::Outline outline = nn::outline(c.spec);
    const std::string expected = refusal(c.spec);
    CAPTURE(expected);
    CHECK(!expected.empty());
    REQUIRE(!outline.fits.ok());
    CHECK(outline.fits.message() == expected);
    CHECK(outline.layers.size() == c.sound);
  }
}
