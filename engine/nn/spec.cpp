// SPDX-License-Identifier: MIT
#include "engine/nn/spec.h"

#include <algorithm>

namespace descent::nn {

std::string to_string(const Shape& shape) {
  if (shape.flat) return std::to_string(shape.size());
  return std::to_string(shape.height) + "x" + std::to_string(shape.width) + "x" + std::to_string(shape.channels);
}

bool operator==(const LayerSpec& a, const LayerSpec& b) {
  return a.type == b.type && std::equal(a.parameters.begin(), a.parameters.end(), b.parameters.begin(),
                                        b.parameters.end(), [](const core::NamedValue& p, const core::NamedValue& q) {
                                          return p.name == q.name && p.value == q.value;
                                        });
}

NetworkSpec reference_network() {
  NetworkSpec spec;
  spec.layers = {
      {"conv2d", {{"out_channels", 32}, {"kernel", 3}}},
      {"relu", {}},
      {"max_pool2d", {{"kernel", 2}, {"stride", 2}}},
      {"conv2d", {{"out_channels", 64}, {"kernel", 3}}},
      {"relu", {}},
      {"max_pool2d", {{"kernel", 2}, {"stride", 2}}},
      {"flatten", {}},
      {"dense", {{"units", 128}}},
      {"relu", {}},
      {"dense", {{"units", 10}}},
  };
  return spec;
}

NetworkSpec with_outputs(NetworkSpec spec, int outputs) {
  const auto last = std::find_if(spec.layers.rbegin(), spec.layers.rend(),
                                 [](const LayerSpec& layer) { return layer.type == "dense"; });
  if (last == spec.layers.rend()) return spec;
  const auto units = std::find_if(last->parameters.begin(), last->parameters.end(),
                                  [](const core::NamedValue& value) { return value.name == "units"; });
  if (units == last->parameters.end())
    last->parameters.push_back({"units", static_cast<double>(outputs)});
  else
    units->value = outputs;
  return spec;
}

}  // namespace descent::nn
