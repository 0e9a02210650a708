// SPDX-License-Identifier: MIT
// A unit's terms add up to its value, and its readers' to its delta, at every unit of a network of all layers.
#include "engine/inspect/unit.h"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

#include "engine/inspect/lookup.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"

using namespace descent;
using testing::close;

namespace {

struct Sums {
  double terms = 0, sizes = 0;
};

// check_list() sums the terms, each of which must be its value times its derivative; values: of the map at the other
// end.
Sums check_list(const nn::Network<float>& network, const inspect::TermList& list, const std::vector<float>& values) {
  Sums sums;
  REQUIRE(list.units.size() == list.terms.size());
  for (std::size_t k = 0; k < list.terms.size(); ++k) {
    CHECK(list.values[k] == values[static_cast<std::size_t>(list.units[k])]);
    CHECK(list.terms[k] == list.values[k] * list.derivatives[k]);
    if (list.parameters[k] >= 0)
      CHECK(list.derivatives[k] == network.parameters()[static_cast<std::size_t>(list.parameters[k])]);
    sums.terms += static_cast<double>(list.terms[k]);
    sums.sizes += std::abs(static_cast<double>(list.terms[k]));
  }
  return sums;
}

void check_unit(const nn::Network<float>& network, const inspect::Pass& pass, int layer,
                const std::array<int, 3>& position) {
  const auto i = static_cast<std::size_t>(layer);
  const auto result = inspect::unit(network, pass, layer, position);
  REQUIRE(result.ok());
  const Sums in = check_list(network, result->inputs, i == 0 ? pass.trace.image : pass.trace.outputs[i - 1]);
  const std::string& type = network.spec().layers[i].type;
  const auto bias = static_cast<double>(result->bias);
  if (type != "tanh" && type != "sigmoid")
    CHECK(close(in.terms + bias, static_cast<double>(result->value), 0, 1e-6 * (in.sizes + std::abs(bias)) + 1e-12));
  Sums out;
  if (i + 1 < pass.back.deltas.size()) {
    out = check_list(network, result->outputs, pass.back.deltas[i + 1]);
  } else {
    for (const float term : result->outputs.terms) out.terms += static_cast<double>(term);
    out.sizes = 1;
  }
  CHECK(close(out.terms, static_cast<double>(result->delta), 0, 1e-6 * out.sizes + 1e-12));
}

}  // namespace

TEST_CASE("terms add up to every unit's value and delta, in a network of all layers") {
  const nn::NetworkSpec spec = testing::mixed_network(0.4);
  std::set<std::string> types;
  for (const nn::LayerSpec& layer : spec.layers) types.insert(layer.type);
  REQUIRE(types.size() == nn::layer_catalog().size());
  const nn::Network<float> network = testing::build<float>(spec);
  const auto pass = inspect::make_pass(network, testing::random_images<float>(spec, 1), 1);
  REQUIRE(pass.ok());
  for (int layer = 0; layer < static_cast<int>(spec.layers.size()); ++layer) {
    CAPTURE(layer);
    const nn::Shape shape = network.output_shape(layer);
    for (int y = 0; y < shape.height; ++y)
      for (int x = 0; x < shape.width; ++x)
        for (int c = 0; c < shape.channels; ++c) check_unit(network, *pass, layer, {y, x, c});
  }
}

TEST_CASE("terms add up in the reference network") {
  const nn::NetworkSpec spec = nn::reference_network();
  const nn::Network<float> network = testing::build<float>(spec);
  const auto pass = inspect::make_pass(network, testing::random_images<float>(spec, 1), 7);
  REQUIRE(pass.ok());
  core::Rng rng(4);
  for (int layer = 0; layer < static_cast<int>(spec.layers.size()); ++layer)
    for (int k = 0; k < 20; ++k) {
      const nn::Shape shape = network.output_shape(layer);
      const auto below = [&](int n) { return static_cast<int>(rng.below(static_cast<std::uint64_t>(n))); };
      check_unit(network, *pass, layer, {below(shape.height), below(shape.width), below(shape.channels)});
    }
}

TEST_CASE("a term names the weight on its way, in torch's order") {
  const nn::NetworkSpec spec = testing::mixed_network(0);
  const nn::Network<float> network = testing::build<float>(spec);
  const auto pass = inspect::make_pass(network, testing::random_images<float>(spec, 1), 0);
  REQUIRE(pass.ok());
  // A middle unit of the second convolution (6 filters, 3x3, 5 channels in): its first input is at the kernel's corner.
  const auto inner = inspect::unit(network, *pass, 3, {1, 1, 4});
  REQUIRE(inner.ok());
  REQUIRE(inner->inputs.parameters.size() == 45);
  const inspect::ParameterPlace place = inspect::place_of(network, inner->inputs.parameters[9 + 5]);  // ky 0, kx 2, 4
  CHECK(place.parameter == "3.weight");
  CHECK(place.index == ((4 * 5 + 4) * 3 + 0) * 3 + 2);
  const inspect::ParameterPlace last =
      inspect::place_of(network, static_cast<std::int64_t>(network.parameters().size()) - 1);
  CHECK(last.parameter == "10.bias");
  CHECK(last.index == 3);
  // At the edge the window covers padding, which is no input.
  const auto edge = inspect::unit(network, *pass, 3, {0, 0, 4});
  REQUIRE(edge.ok());
  CHECK(edge->inputs.terms.size() == 20);
}

TEST_CASE("a logit's delta is its probability less 1 for the label") {
  const nn::NetworkSpec spec = testing::mixed_network(0);
  const nn::Network<float> network = testing::build<float>(spec);
  const auto pass = inspect::make_pass(network, testing::random_images<float>(spec, 1), 2);
  REQUIRE(pass.ok());
  for (int c = 0; c < 4; ++c) {
    const auto logit = inspect::unit(network, *pass, 10, {0, 0, c});
    REQUIRE(logit.ok());
    CHECK(logit->outputs.terms[0] == pass->probabilities[static_cast<std::size_t>(c)]);
    CHECK(logit->outputs.terms[1] == (c == 2 ? -1.0F : 0.0F));
  }
}

TEST_CASE("layers and places that are not there are refused in a sentence") {
  const nn::Network<float> network = testing::build<float>(nn::reference_network());
  const auto pass = inspect::make_pass(network, std::vector<float>(784, 0.5F), 0);
  REQUIRE(pass.ok());
  CHECK(inspect::unit(network, *pass, 3, {11, 0, 0}).message() ==
        "layer 3's output is 11x11x64; position [11, 0, 0] is outside");
  CHECK(inspect::unit(network, *pass, 9, {0, 0, 10}).message() ==
        "layer 9's output is 1x1x10; position [0, 0, 10] is outside");
  CHECK(inspect::unit(network, *pass, 10, {0, 0, 0}).message() ==
        "there is no layer 10; this network has layers 0 to 9");
  CHECK(!inspect::unit(network, *pass, -1, {0, 0, 0}).ok());
  CHECK(!inspect::unit(network, *pass, 0, {0, -1, 0}).ok());
}
