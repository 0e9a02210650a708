// SPDX-License-Identifier: MIT
#include "engine/inspect/explain.h"

#include <cmath>

namespace descent::inspect {

Explanation explain(const nn::Network<float>& network, const Pass& pass) {
  Explanation result{
      .label = pass.label, .loss = pass.loss, .probabilities = pass.probabilities, .image_delta = pass.back.image};
  const auto& layers = network.spec().layers;
  for (std::size_t i = 0; i < layers.size(); ++i)
    result.layers.push_back({.type = layers[i].type,
                             .shape = network.output_shape(static_cast<int>(i)),
                             .output = pass.trace.outputs[i],
                             .delta = pass.back.deltas[i]});
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    double& norm = result.layers[static_cast<std::size_t>(info.layer)].gradient_norm;
    for (const float g :
         std::span(pass.gradients).subspan(static_cast<std::size_t>(info.offset), static_cast<std::size_t>(info.size)))
      norm += static_cast<double>(g) * static_cast<double>(g);
  }
  for (LayerSheet& sheet : result.layers) sheet.gradient_norm = std::sqrt(sheet.gradient_norm);
  return result;
}

}  // namespace descent::inspect
