// SPDX-License-Identifier: MIT
// One weight and one image: the gradient of the loss as a sum over the places where the weight is used, and the same
// number by nudging the weight.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/inspect/double_twin.h"
#include "engine/inspect/pass.h"

namespace descent::inspect {

struct WeightTerms {
  float value = 0;
  float gradient = 0;  // the engine's: ∂loss/∂weight of this image alone
  // A term for each place (height, width) of the layer's output, one for a dense layer: delta · derivative. They add up
  // to the gradient.
  std::vector<float> terms;
  std::array<int, 2> terms_shape{1, 1};
  std::vector<float> derivatives;  // ∂output/∂weight at each place: the input under a weight (0 in the padding), or 1
  std::vector<float> deltas;       // ∂loss/∂output at each place
  CentralDifference difference;
};

// index: in torch's order. An error when the network has no such parameter or element.
[[nodiscard]] core::Result<WeightTerms> weight(const nn::Network<float>& network, const Pass& pass, DoubleTwin& twin,
                                               std::string_view parameter, std::int64_t index);

}  // namespace descent::inspect
