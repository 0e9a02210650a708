// SPDX-License-Identifier: MIT
#include "engine/inspect/weight.h"

#include "engine/core/fill.h"
#include "engine/inspect/lookup.h"

namespace descent::inspect {
namespace {

// PlacedTerm is the part of one output in a weight's gradient.
struct PlacedTerm {
  std::size_t place = 0;  // of the layer's output, row by row
  float derivative = 0, delta = 0;
};
std::vector<PlacedTerm> placed_terms(const nn::Network<float>& network, const nn::Trace<float>& trace,
                                     const nn::BackTrace<float>& back, int layer, std::int64_t arena_index) {
  std::vector<nn::LocalTerm<float>> touched;
  network.layer(layer).outputs_of_parameter(point_at(network, trace, layer),
                                            arena_index - network.parameter_offset(layer), touched);
  std::vector<PlacedTerm> placed;
  placed.reserve(touched.size());
  const int channels = network.output_shape(layer).channels;
  for (const nn::LocalTerm<float>& term : touched)
    placed.push_back({static_cast<std::size_t>(term.unit / channels), term.derivative,
                      back.deltas[static_cast<std::size_t>(layer)][static_cast<std::size_t>(term.unit)]});
  return placed;
}

}  // namespace

core::Result<WeightTerms> weight(const nn::Network<float>& network, const Pass& pass, DoubleTwin& twin,
                                 std::string_view parameter, std::int64_t index) {
  const core::Result<nn::ParameterInfo> found = find_parameter(network, parameter);
  if (!found.ok()) return found.error();
  const nn::ParameterInfo& info = found.value();
  if (index < 0 || index >= info.size)
    return core::Error{core::fill("{} has {} elements; index {} is outside", info.name, info.size, index)};
  const std::int64_t at = network.arena_index(info, index);
  const nn::Shape shape = network.output_shape(info.layer);
  const auto places = static_cast<std::size_t>(shape.height) * static_cast<std::size_t>(shape.width);
  WeightTerms result{.value = network.parameters()[static_cast<std::size_t>(at)],
                     .gradient = pass.gradients[static_cast<std::size_t>(at)],
                     .terms = std::vector<float>(places),
                     .terms_shape = {shape.height, shape.width},
                     .derivatives = std::vector<float>(places),
                     .deltas = std::vector<float>(places)};
  for (const auto& [place, derivative, delta] : placed_terms(network, pass.trace, pass.back, info.layer, at)) {
    result.derivatives[place] = derivative;
    result.deltas[place] = delta;
    result.terms[place] = delta * derivative;
  }
  const core::Result<CentralDifference> difference = twin.difference(network, pass.trace.image, pass.label, info, at);
  if (!difference.ok()) return difference.error();
  result.difference = *difference;
  return result;
}

std::vector<KernelWeight> kernel_plane(const nn::Network<float>& network, const Pass& pass, std::string_view parameter,
                                       std::int64_t index) {
  std::vector<KernelWeight> plane;
  const core::Result<nn::ParameterInfo> found = find_parameter(network, parameter);
  if (!found.ok() || found->shape.size() != 4) return plane;
  const std::int64_t size = found->shape[2] * found->shape[3];
  const nn::Shape shape = network.output_shape(found->layer);
  for (std::int64_t i = index - index % size; i < index - index % size + size; ++i) {
    KernelWeight& weight = plane.emplace_back();
    weight.index = i;
    weight.terms.resize(static_cast<std::size_t>(shape.height) * static_cast<std::size_t>(shape.width));
    for (const auto& [place, derivative, delta] :
         placed_terms(network, pass.trace, pass.back, found->layer, network.arena_index(*found, i))) {
      weight.terms[place] = delta * derivative;
      weight.gradient += static_cast<double>(weight.terms[place]);
    }
  }
  return plane;
}

}  // namespace descent::inspect
