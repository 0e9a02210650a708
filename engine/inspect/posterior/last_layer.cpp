// SPDX-License-Identifier: MIT
#include "engine/inspect/posterior/last_layer.h"

#include <algorithm>
#include <utility>

#include "engine/core/check.h"
#include "engine/core/fill.h"

namespace descent::inspect {
namespace {

int last_of(const nn::Network<float>& network) {
  return static_cast<int>(network.spec().layers.size()) - 1;
}

}  // namespace

LastLayer::LastLayer(nn::Network<float> network)
    : network_(std::move(network)),
      before_(network_.range(0, last_of(network_), std::as_const(network_).parameters())),
      last_(network_.range(last_of(network_), last_of(network_) + 1, std::as_const(network_).parameters())) {}

core::Result<LastLayer> LastLayer::cut(const nn::Network<float>& network) {
  const std::string& type = network.spec().layers.back().type;
  if (type != "dense")
    return core::Error{
        core::fill("the posterior is that of a dense last layer; this network's last layer, number {}, is {}",
                   last_of(network), type)};
  core::Result<nn::Network<float>> copy = nn::Network<float>::build(network.spec());
  if (!copy.ok()) return copy.error();
  std::copy(network.parameters().begin(), network.parameters().end(), copy->parameters().begin());
  return LastLayer(std::move(*copy));
}

std::vector<double> LastLayer::features_of(std::span<const float> image) const {
  DESCENT_ASSERT(static_cast<std::int64_t>(image.size()) == image_size());
  Memory memory;
  const float* values = run(1, image.data(), memory);
  std::vector<double> features(values, values + inputs());
  features.push_back(1);
  return features;
}

std::vector<double> LastLayer::matrix() const {
  const auto classes_count = static_cast<std::size_t>(classes()), width = static_cast<std::size_t>(features());
  std::vector<double> matrix(classes_count * width);
  const std::span<const float> values = network_.parameters();
  for (const nn::ParameterInfo& info : network_.parameter_infos()) {
    if (info.layer != last_of(network_)) continue;
    // They lie (inputs, classes) in the arena, whatever the inputs' order is in torch.
    const std::size_t first = info.shape.size() > 1 ? 0 : width - 1;
    for (std::size_t i = 0; i < static_cast<std::size_t>(info.size); ++i)
      matrix[i % classes_count * width + first + i / classes_count] =
          static_cast<double>(values[static_cast<std::size_t>(info.offset) + i]);
  }
  return matrix;
}

}  // namespace descent::inspect
