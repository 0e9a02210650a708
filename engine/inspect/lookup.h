// SPDX-License-Identifier: MIT
// Turns names into places in a network and back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/core/result.h"
#include "engine/inspect/pass.h"
#include "engine/nn/layer.h"
#include "engine/nn/network.h"

namespace descent::inspect {

// The parameter of that name ("0.weight"); an error lists those that there are.
[[nodiscard]] core::Result<nn::ParameterInfo> find_parameter(const nn::Network<float>& network, std::string_view name);

// A parameter's name and the index in torch's order of one of its elements.
struct ParameterPlace {
  std::string parameter;
  std::int64_t index = 0;
};
// index: into Network::parameters().
[[nodiscard]] ParameterPlace place_of(const nn::Network<float>& network, std::int64_t index);

// point_at() says where a layer stands in a trace, for its local Jacobian.
[[nodiscard]] nn::LayerPoint<float> point_at(const nn::Network<float>& network, const nn::Trace<float>& trace,
                                             int layer);

}  // namespace descent::inspect
