// SPDX-License-Identifier: MIT
// Explanation: what every layer makes of one image, and what the loss asks of it in return.
#pragma once

#include <string>
#include <vector>

#include "engine/inspect/pass.h"

namespace descent::inspect {

struct LayerSheet {
  std::string type;
  nn::Shape shape;
  std::vector<float> output, delta;  // (height, width, channels); delta = ∂loss/∂output
  double gradient_norm = 0;          // ‖∂loss/∂parameters‖ of this layer, 0 when it has none
};

struct Explanation {
  int label = 0;
  double loss = 0;
  std::vector<float> probabilities;
  std::vector<LayerSheet> layers;
  std::vector<float> image_delta;  // ∂loss/∂image
};

[[nodiscard]] Explanation explain(const nn::Network<float>& network, const Pass& pass);

}  // namespace descent::inspect
