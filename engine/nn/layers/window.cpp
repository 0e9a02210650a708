// SPDX-License-Identifier: MIT
#include "engine/nn/layers/window.h"

#include "engine/core/fill.h"

namespace descent::nn {

core::Status check_window(const Shape& input, int kernel, int padding) {
  if (input.flat)
    return core::Error{
        core::fill("needs a feature map, but its input is a flat vector of {} numbers", to_string(input))};
  if (input.height + 2 * padding >= kernel && input.width + 2 * padding >= kernel) return {};
  if (padding == 0) return core::Error{core::fill("kernel {} does not fit into {}", kernel, to_string(input))};
  return core::Error{core::fill("kernel {} does not fit into {} with padding {}", kernel, to_string(input), padding)};
}

}  // namespace descent::nn
