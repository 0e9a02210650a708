// SPDX-License-Identifier: MIT
// One unit at a place, for one image: what it is made of, and what the loss asks of it through which of its readers.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/inspect/pass.h"

namespace descent::inspect {

// Terms value · derivative of a sum, each with the unit at its other end.
struct TermList {
  std::vector<std::int64_t> units;       // indices into (height, width, channels) of the map at the other end
  std::vector<std::int64_t> parameters;  // the weight on the way, an index into Network::parameters(); -1: none
  std::vector<float> values;             // what stands at the other end: an input, or a delta
  std::vector<float> derivatives;        // ∂(reader)/∂(what it reads): the weight, the slope or the gate on the way
  std::vector<float> terms;
};

struct UnitTerms {
  float value = 0;
  float bias = 0;
  // The inputs that the unit reads, of the layer before (of the image for layer 0). With the bias their terms add up to
  // the value, except where the layer bends them smoothly (tanh, sigmoid).
  TermList inputs;
  float delta = 0;  // ∂loss/∂value
  // The units that read this one, of the layer behind, whose terms add up to delta. A logit's two terms are its
  // probability and −1 or −0, as it is the label's or not.
  TermList outputs;
};

// position: (y, x, channel) in the layer's output. An error when there is no such layer or place.
[[nodiscard]] core::Result<UnitTerms> unit(const nn::Network<float>& network, const Pass& pass, int layer,
                                           const std::array<int, 3>& position);

}  // namespace descent::inspect
