// SPDX-License-Identifier: MIT
// Holds what is read off an inspection layer by layer; layer -1 is the image.
#pragma once

#include <span>

#include "engine/nn/spec.h"
#include "engine/training/lens.h"

namespace descent::web {

// has_layer() says whether that layer is in sight, as it is not while another network arrives.
[[nodiscard]] bool has_layer(const training::Inspection& seen, int layer);
// The shape of its output.
[[nodiscard]] nn::Shape shape_of(const training::Inspection& seen, int layer);
// values_of() is a layer's output, or backward ∂loss/∂output, which is empty where nobody wished for it.
[[nodiscard]] std::span<const float> values_of(const training::Inspection& seen, int layer, bool backward);

}  // namespace descent::web
