// SPDX-License-Identifier: MIT
// The networks, images and directions of golden/sharpness.json (make_sharpness.py says what it holds).
#pragma once

#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/nn/network.h"
#include "tests/support/inspect_golden.h"

namespace descent::testing {

// (parameters), in the engine's order. scale 0: that of the weights.
template <class T>
std::vector<T> golden_vector(const nn::Network<T>& network, int number, double offset = 0, double scale = 0) {
  std::vector<T> vector(network.parameters().size());
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    const double fan_in = static_cast<double>(info.size) / static_cast<double>(info.shape[0]);
    const double own = scale != 0 ? scale : info.shape.size() > 1 ? 2 / std::sqrt(fan_in) : 0.25;
    const std::vector<T> torch = formula_array<T>(info.size, offset, own, number++);
    network.import_parameter(info, std::span<const T>(torch), std::span<T>(vector));
  }
  return vector;
}

inline std::shared_ptr<const data::Dataset> golden_dataset(const nn::NetworkSpec& spec, int classes, int images) {
  auto dataset = std::make_shared<data::Dataset>();
  dataset->height = spec.input.height;
  dataset->width = spec.input.width;
  dataset->classes = classes;
  for (std::int64_t k = 0; k < images * spec.input.size(); ++k) {
    const double i = static_cast<double>(k);
    dataset->images.push_back(
        static_cast<std::uint8_t>(std::rint(255 * (0.5 + 0.5 * std::sin(0.37 * i * i + 1.7 * i + 100)))));
  }
  for (int n = 0; n < images; ++n) dataset->labels.push_back(static_cast<std::uint16_t>((5 * n + 1 + n / 3) % classes));
  return dataset;
}

}  // namespace descent::testing
