// SPDX-License-Identifier: MIT
// The editor's part without a screen: layers come, go and move, and what does not fit is said at its layer.
#include "web/model/network/network_edit.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "engine/nn/initialization.h"
#include "engine/nn/layer.h"
#include "engine/nn/plan.h"
#include "web/model/network/presets.h"

namespace descent::web {
namespace {

std::string types_of(const nn::NetworkSpec& spec) {
  std::string types;
  for (const nn::LayerSpec& layer : spec.layers) types += (types.empty() ? "" : " ") + layer.type;
  return types;
}

nn::NetworkSpec perceptron() {
  return {.input = {28, 28, 1},
          .layers = {{"flatten", {}}, {"dense", {{"units", 128}}}, {"relu", {}}, {"dense", {{"units", 10}}}}};
}

const core::ParamSpec& parameter(std::string_view type, std::string_view name) {
  const auto parameters = nn::find_layer_type(type)->info->parameters;
  return parameters[static_cast<std::size_t>(core::find_param(parameters, name))];
}

}  // namespace

TEST_CASE("network edit: a layer goes before the last dense one, or behind the one that is named") {
  nn::NetworkSpec spec = perceptron();
  CHECK(insert_layer(spec, "dropout", -1) == 3);
  CHECK(types_of(spec) == "flatten dense relu dropout dense");
  CHECK(insert_layer(spec, "tanh", 4) == 5);
  CHECK(insert_layer(spec, "conv2d", 99) == 4);
  CHECK(types_of(spec) == "flatten dense relu dropout conv2d dense tanh");
  CHECK(insert_layer(spec, "attention", -1) == -1);
  nn::NetworkSpec bare{.input = {28, 28, 1}, .layers = {{"flatten", {}}}};
  CHECK(insert_layer(bare, "dense", -1) == 1);
}

TEST_CASE("network edit: there are never more layers than the engine takes, and never none") {
  nn::NetworkSpec spec = perceptron();
  while (insert_layer(spec, "relu", -1) >= 0) continue;
  CHECK(spec.layers.size() == nn::kMaxLayers);
  CHECK(check_network(spec, 10, "MNIST").wrong == -1);
  for (int i = 0; i < 2 * nn::kMaxLayers; ++i) remove_layer(spec, 0);
  CHECK(types_of(spec) == "dense");
  remove_layer(spec, -1);
  remove_layer(spec, 7);
  CHECK(spec.layers.size() == 1);
}

TEST_CASE("network edit: layers change places, not beyond the ends") {
  nn::NetworkSpec spec = perceptron();
  CHECK(move_layer(spec, 2, -1) == 1);
  CHECK(types_of(spec) == "flatten relu dense dense");
  CHECK(move_layer(spec, 0, -1) == 0);
  CHECK(move_layer(spec, 3, 1) == 3);
  CHECK(move_layer(spec, 9, 1) == 9);
  CHECK(move_layer(spec, 1, 1) == 2);
  CHECK(spec == perceptron());
}

TEST_CASE("network edit: parameters stay inside their limits, and defaults need not be written down") {
  nn::NetworkSpec spec = nn::reference_network();
  set_parameter(spec.layers[0], parameter("conv2d", "kernel"), 99);
  CHECK(parameter_value(spec.layers[0], parameter("conv2d", "kernel")) == 15);
  set_parameter(spec.layers[0], parameter("conv2d", "kernel"), 3);
  set_parameter(spec.layers[0], parameter("conv2d", "stride"), 1);
  CHECK_FALSE(spec == nn::reference_network());
  CHECK(same_network(spec, nn::reference_network()));
  set_parameter(spec.layers[0], parameter("conv2d", "stride"), 2);
  CHECK_FALSE(same_network(spec, nn::reference_network()));
}

TEST_CASE("network edit: layers in words, with all that tells them apart") {
  const nn::NetworkSpec spec = nn::reference_network();
  CHECK(describe(spec.layers[0]) == "Convolution 3×3 → 32");
  CHECK(describe(spec.layers[0], true) == "Conv 3×3");
  CHECK(describe(spec.layers[2]) == "Max pooling 2×2");
  CHECK(describe(spec.layers[6]) == "Flatten");
  CHECK(describe(spec.layers[7], true) == "Dense 128");
  CHECK(describe({"dropout", {}}) == "Dropout 0.5");
}

TEST_CASE("network edit: what does not fit is said in a sentence, at its layer") {
  nn::NetworkSpec spec = nn::reference_network();
  NetworkCheck check = check_network(spec, 10, "MNIST");
  CHECK(check.wrong == -1);
  CHECK(check.sentence.empty());
  CHECK(check.outline.parameters == 225034);
  CHECK(check.activations == 784 + 2 * 21632 + 5408 + 2 * 7744 + 2 * 1600 + 2 * 128 + 10);

  set_parameter(spec.layers[3], parameter("conv2d", "kernel"), 15);
  check = check_network(spec, 10, "MNIST");
  CHECK(check.wrong == 3);
  CHECK(check.sentence.starts_with("Layer 3 (conv2d): "));
  CHECK(check.outline.layers.size() == 3);

  spec = nn::reference_network();
  remove_layer(spec, 6);
  CHECK(check_network(spec, 10, "MNIST").wrong == 6);

  spec = perceptron();
  spec.layers.pop_back();
  check = check_network(spec, 10, "MNIST");
  CHECK(check.wrong == 2);
  CHECK(check.sentence == "Layer 2 (relu): the last layer has 128 outputs; the data set (MNIST) has 10 classes");
  CHECK(check_network(spec, 0, "").wrong == -1);
}

TEST_CASE("network edit: first weights of all layers at once") {
  nn::NetworkSpec spec = nn::reference_network();
  CHECK(common_initialization(spec) == 0);
  set_parameter(spec.layers[7], nn::kInitSpec, 2);
  CHECK(common_initialization(spec) == -1);
  initialize_all(spec, 1);
  CHECK(common_initialization(spec) == 1);
  CHECK(spec.layers[1].parameters.empty());
  CHECK(common_initialization({.input = {28, 28, 1}, .layers = {{"flatten", {}}}}) == -1);
}

}  // namespace descent::web
