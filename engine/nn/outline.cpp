// SPDX-License-Identifier: MIT
#include "engine/nn/outline.h"

#include <memory>
#include <string>

#include "engine/nn/plan.h"

namespace descent::nn {

Outline outline(const NetworkSpec& spec) {
  Outline result;
  std::vector<std::unique_ptr<Layer<float>>> layers;
  result.fits = bind_layers<float>(spec, layers);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const std::int64_t parameters = parameter_count(*layers[i]);
    result.layers.push_back({spec.layers[i].type, layers[i]->output(), parameters, {}});
    for (const ParameterLayout& layout : layers[i]->parameters())
      if (layout.torch_shape.size() > 1)
        result.layers.back().weight = WeightOutline{std::to_string(i) + "." + std::string(layout.name), layout.extents};
    result.parameters += parameters;
  }
  return result;
}

}  // namespace descent::nn
