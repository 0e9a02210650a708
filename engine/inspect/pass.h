// SPDX-License-Identifier: MIT
// Pass: one image through the network to its loss and all the way back, dropout off. What is said about one image (the
// explanation, a weight, a unit, the Jacobian) is read off the same pass, so that it is made once for all of them.
#pragma once

#include <span>
#include <vector>

#include "engine/core/result.h"
#include "engine/nn/network.h"

namespace descent::inspect {

struct Pass {
  int label = 0;                     // the class that the loss is about
  int answer = 0;                    // the network's: the class of the largest logit
  double loss = 0;                   // cross-entropy, in nats
  std::vector<float> probabilities;  // (classes)
  nn::Trace<float> trace;
  nn::BackTrace<float> back;     // of the loss
  std::vector<float> gradients;  // ∂loss/∂parameter of this image alone, laid out as Network::parameters()
};

// image: (input_size). label: -1 for the network's own answer. An error when either does not fit the network. The pass
// speaks of the parameters as they are now; whoever reads it later keeps them so.
[[nodiscard]] core::Result<Pass> make_pass(const nn::Network<float>& network, std::span<const float> image, int label);

}  // namespace descent::inspect
