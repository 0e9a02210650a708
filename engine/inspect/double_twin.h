// SPDX-License-Identifier: MIT
// DoubleTwin: the network again in double precision on the plain reference kernels, to check a gradient by nudging a
// weight. It is built when it is first asked and kept, as building is what takes time; values are copied at each call.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "engine/core/result.h"
#include "engine/nn/network.h"

namespace descent::inspect {

struct CentralDifference {
  double value = 0;  // (L(w + h) − L(w − h)) / 2h
  double step = 0;   // h
  bool kink =
      false;  // a ReLU or a max-pooling window switched between the two sides, so that the loss has a kink there
};

class DoubleTwin {
 public:
  // The loss of `image` (input_size) and `label` along parameter `index` of Network::parameters(). An error when there
  // is no memory for the twin.
  [[nodiscard]] core::Result<CentralDifference> difference(const nn::Network<float>& network,
                                                           std::span<const float> image, int label,
                                                           const nn::ParameterInfo& parameter, std::int64_t index);

 private:
  std::optional<nn::Network<double>> twin_;
};

}  // namespace descent::inspect
