// SPDX-License-Identifier: MIT
// Small networks that use every layer, with strides, paddings and dilations, against PyTorch (golden/inspect.json):
// every layer's output, loss, probabilities and single gradients of one image, in float and in double.
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "engine/nn/network.h"
#include "engine/parallel/thread_pool.h"
#include "tests/support/close.h"
#include "tests/support/inspect_golden.h"

using namespace descent;
using testing::close;
using testing::Json;

namespace {

template <class T>
void check_array(const std::vector<T>& actual, const Json& golden, double tolerance) {
  const std::vector<double> expected = golden;
  CHECK(close(std::span<const T>(actual), std::span<const double>(expected), tolerance, tolerance));
}

template <class T>
void check_outputs(const Json& golden, double tolerance) {
  const nn::NetworkSpec spec = testing::inspected_spec(golden);
  auto network = testing::inspected_network<T>(spec);
  const std::vector<T> image = testing::inspected_images<T>(spec.input, 1);
  const std::vector<std::vector<T>> outputs = network.trace(image).outputs;
  REQUIRE(outputs.size() == golden["outputs"].size());
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    CAPTURE(i);
    check_array(outputs[i], golden["outputs"][i], tolerance);
  }
  parallel::ThreadPool pool(1);
  std::vector<T> probabilities(static_cast<std::size_t>(network.classes()));
  const std::vector<std::uint16_t> labels{golden["label"]};
  const nn::BatchLoss loss = network.evaluate(image, labels, probabilities, pool);
  CHECK(close(loss.loss, golden["loss"], tolerance, 0));
  check_array(probabilities, golden["probabilities"], tolerance);
}

// A training step has dropout on; the golden has it off.
nn::NetworkSpec without_dropout(nn::NetworkSpec spec) {
  for (nn::LayerSpec& layer : spec.layers)
    if (layer.type == "dropout") layer.parameters = {{"rate", 0}};
  return spec;
}

template <class T>
void check_gradients(const Json& golden, double tolerance) {
  const nn::NetworkSpec spec = without_dropout(testing::inspected_spec(golden));
  auto network = testing::inspected_network<T>(spec);
  const std::vector<T> image = testing::inspected_images<T>(spec.input, 1);
  const std::vector<std::uint16_t> labels{golden["label"]};
  parallel::ThreadPool pool(1);
  CHECK(close(network.loss_and_gradients(image, labels, 0, pool).loss, golden["loss"], tolerance, 0));
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    CAPTURE(info.name);
    std::vector<T> torch(static_cast<std::size_t>(info.size)), chosen;
    network.export_parameter(info, network.gradients(), std::span<T>(torch));
    for (const Json& index : golden["gradients"][info.name]["indices"])
      chosen.push_back(torch[index.template get<std::size_t>()]);
    check_array(chosen, golden["gradients"][info.name]["values"], tolerance);
  }
}

}  // namespace

TEST_CASE("the inspected networks agree with PyTorch") {
  const Json golden = testing::load_golden("inspect.json");
  REQUIRE(!golden.is_null());
  std::set<std::string> types;
  for (const auto& [name, network] : golden["networks"].items()) {
    CAPTURE(name);
    for (const nn::LayerSpec& layer : testing::inspected_spec(network).layers) types.insert(layer.type);
    check_outputs<double>(network, 2e-8);
    check_outputs<float>(network, 5e-6);
    check_gradients<double>(network, 2e-8);
    check_gradients<float>(network, 5e-6);
  }
  CHECK(types.size() == nn::layer_catalog().size());
}

TEST_CASE("the comparison with PyTorch sees another dilation") {
  const Json golden = testing::load_golden("inspect.json");
  REQUIRE(!golden.is_null());
  const Json& network = golden["networks"]["dilated"];
  nn::NetworkSpec spec = testing::inspected_spec(network);
  const std::vector<float> image = testing::inspected_images<float>(spec.input, 1);
  const std::vector<double> expected = network["outputs"][0];
  for (core::NamedValue& value : spec.layers[0].parameters)
    if (value.name == "dilation" || value.name == "padding") value.value = 1;
  const std::vector<float> output = testing::inspected_network<float>(spec).trace(image).outputs[0];
  REQUIRE(output.size() == expected.size());
  CHECK(!close(std::span<const float>(output), std::span<const double>(expected), 1e-3, 1e-3));
}
