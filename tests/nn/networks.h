// SPDX-License-Identifier: MIT
// Networks and data for tests: small ones that use every layer, seeded random images and labels.
#pragma once

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/core/rng.h"
#include "engine/nn/network.h"

namespace descent::testing {

// Every layer of the catalog, odd extents, stride and padding.
inline nn::NetworkSpec mixed_network(double dropout_rate) {
  nn::NetworkSpec spec;
  spec.input = {9, 8, 1};
  spec.layers = {
      {"conv2d", {{"out_channels", 5}, {"kernel", 3}, {"padding", 1}}},
      {"relu", {}},
      {"max_pool2d", {{"kernel", 2}, {"stride", 2}}},
      {"conv2d", {{"out_channels", 6}, {"kernel", 3}, {"stride", 2}, {"padding", 1}, {"init", 1}}},
      {"tanh", {}},
      {"avg_pool2d", {{"kernel", 2}, {"stride", 1}}},
      {"flatten", {}},
      {"dense", {{"units", 11}, {"init", 2}}},
      {"sigmoid", {}},
      {"dropout", {{"rate", dropout_rate}}},
      {"dense", {{"units", 4}}},
  };
  return spec;
}

template <class T>
nn::Network<T> build(const nn::NetworkSpec& spec, std::uint64_t seed = 1) {
  auto network = nn::Network<T>::build(spec);
  REQUIRE_MESSAGE(network.ok(), (network.ok() ? std::string() : network.message()));
  network->initialize(seed);
  return std::move(*network);
}

// The reference network's weights in golden/cnn.json:
// float32(sin(0.001 i² + 1.7 i + t) · 1.5 / sqrt(fan_in)) for tensor t in torch's order.
template <class T>
void set_formula_weights(nn::Network<T>& network) {
  constexpr std::array<double, 8> kFanIn{9, 9, 288, 288, 1600, 1600, 128, 128};
  for (std::size_t t = 0; t < network.parameter_infos().size(); ++t) {
    const nn::ParameterInfo& info = network.parameter_infos()[t];
    std::vector<T> torch(static_cast<std::size_t>(info.size));
    for (std::size_t i = 0; i < torch.size(); ++i) {
      const double x = static_cast<double>(i);
      torch[i] =
          static_cast<float>(std::sin(0.001 * x * x + 1.7 * x + static_cast<double>(t)) * 1.5 / std::sqrt(kFanIn[t]));
    }
    network.import_parameter(info, std::span<const T>(torch), network.parameters());
  }
}

template <class T>
std::vector<T> random_images(const nn::NetworkSpec& spec, int count) {
  core::Rng rng(11);
  std::vector<T> images(static_cast<std::size_t>(spec.input.size() * count));
  for (T& value : images) value = static_cast<T>(static_cast<float>(rng.uniform()));
  return images;
}

inline std::vector<std::uint16_t> random_labels(int classes, int count) {
  core::Rng rng(12);
  std::vector<std::uint16_t> labels(static_cast<std::size_t>(count));
  for (std::uint16_t& label : labels)
    label = static_cast<std::uint16_t>(rng.below(static_cast<std::uint64_t>(classes)));
  return labels;
}

}  // namespace descent::testing
