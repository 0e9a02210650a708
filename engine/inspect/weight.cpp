// SPDX-License-Identifier: MIT
#include "engine/inspect/weight.h"

#include "engine/core/fill.h"
#include "engine/inspect/lookup.h"

namespace descent::inspect {

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
  std::vector<nn::LocalTerm<float>> touched;
  network.layer(info.layer)
      .outputs_of_parameter(point_at(network, pass, info.layer), at - network.parameter_offset(info.layer), touched);
  const std::vector<float>& deltas = pass.back.deltas[static_cast<std::size_t>(info.layer)];
  for (const nn::LocalTerm<float>& term : touched) {
    const auto place = static_cast<std::size_t>(term.unit / shape.channels);
    result.derivatives[place] = term.derivative;
    result.deltas[place] = deltas[static_cast<std::size_t>(term.unit)];
    result.terms[place] = result.deltas[place] * term.derivative;
  }
  const core::Result<CentralDifference> difference = twin.difference(network, pass.trace.image, pass.label, info, at);
  if (!difference.ok()) return difference.error();
  result.difference = *difference;
  return result;
}

}  // namespace descent::inspect
