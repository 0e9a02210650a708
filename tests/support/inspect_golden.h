// SPDX-License-Identifier: MIT
// The networks of golden/inspect.json (make_inspect.py says what it holds): specification, weights and images.
#pragma once

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/nn/network.h"
#include "tests/support/inspect_arrays.h"

namespace descent::testing {

// golden: one of json["networks"].
inline nn::NetworkSpec inspected_spec(const Json& golden) {
  const Json& network = golden["network"];
  nn::NetworkSpec spec;
  spec.input = {network["input"][0], network["input"][1], network["input"][2]};
  for (const Json& item : network["layers"]) {
    nn::LayerSpec layer{item["type"].get<std::string>(), {}};
    for (const auto& [name, value] : item.items())
      if (name != "type") layer.parameters.push_back({name, value.get<double>()});
    spec.layers.push_back(std::move(layer));
  }
  return spec;
}

template <class T>
void set_inspected_weights(nn::Network<T>& network) {
  int number = 0;
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    const double fan_in = static_cast<double>(info.size) / static_cast<double>(info.shape[0]);
    const double scale = info.shape.size() > 1 ? 2 / std::sqrt(fan_in) : 0.25;
    const std::vector<T> torch = formula_array<T>(info.size, 0, scale, number++);
    network.import_parameter(info, std::span<const T>(torch), network.parameters());
  }
}

// The network with the golden's weights.
template <class T>
nn::Network<T> inspected_network(const nn::NetworkSpec& spec) {
  auto network = nn::Network<T>::build(spec);
  REQUIRE_MESSAGE(network.ok(), (network.ok() ? std::string() : network.message()));
  set_inspected_weights(*network);
  return std::move(*network);
}
template <class T>
nn::Network<T> inspected_network(const Json& golden) {
  return inspected_network<T>(inspected_spec(golden));
}

// Images first … first + count − 1 of an input shape, each (height, width, channels).
template <class T>
std::vector<T> inspected_images(const nn::Shape& input, int count, int first = 0) {
  return formula_array<T>(count * input.size(), 0.5, 0.5, 100, first * input.size());
}

}  // namespace descent::testing
