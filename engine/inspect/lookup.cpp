// SPDX-License-Identifier: MIT
#include "engine/inspect/lookup.h"

#include "engine/core/fill.h"

namespace descent::inspect {

core::Result<nn::ParameterInfo> find_parameter(const nn::Network<float>& network, std::string_view name) {
  std::string known;
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    if (info.name == name) return info;
    known += (known.empty() ? "" : ", ") + info.name;
  }
  return core::Error{core::fill("there is no parameter '{}'; this network has {}", name, known)};
}

ParameterPlace place_of(const nn::Network<float>& network, std::int64_t index) {
  const auto infos = network.parameter_infos();
  std::size_t i = infos.size() - 1;
  while (infos[i].offset > index) --i;
  return {infos[i].name, network.torch_index(infos[i], index)};
}

nn::LayerPoint<float> point_at(const nn::Network<float>& network, const nn::Trace<float>& trace, int layer) {
  const auto i = static_cast<std::size_t>(layer);
  return {.values = network.parameters().data() + network.parameter_offset(layer),
          .in = layer == 0 ? trace.image.data() : trace.outputs[i - 1].data(),
          .out = trace.outputs[i].data(),
          .cache = trace.caches[i].data()};
}

}  // namespace descent::inspect
