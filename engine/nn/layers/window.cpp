// SPDX-License-Identifier: MIT
#include "engine/nn/layers/window.h"

namespace descent::nn {

core::Status check_window(const Shape& input, int kernel, int padding) {
  if (input.flat)
    return core::Error{"needs a feature map, but its input is a flat vector of " + to_string(input) + " numbers"};
  if (input.height + 2 * padding >= kernel && input.width + 2 * padding >= kernel) return {};
  std::string message = "kernel " + std::to_string(kernel) + " does not fit into " + to_string(input);
  if (padding > 0) message += " with padding " + std::to_string(padding);
  return core::Error{message};
}

}  // namespace descent::nn
