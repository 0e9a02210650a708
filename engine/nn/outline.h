// SPDX-License-Identifier: MIT
// The outline of a network: what comes out of each layer and how many parameters it has, without any memory for them.
// For an editor, which asks at every change, and for scripts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/nn/spec.h"

namespace descent::nn {

struct LayerOutline {
  std::string type;  // "conv2d"
  Shape output;
  std::int64_t parameters = 0;  // numbers that are learned
};

struct Outline {
  std::vector<LayerOutline> layers;  // all of them, or those before the layer that does not fit
  std::int64_t parameters = 0;       // of these layers together
  core::Status fits;                 // what Network::build would refuse, in the same sentence, room in memory apart
};

[[nodiscard]] Outline outline(const NetworkSpec& spec);

}  // namespace descent::nn
