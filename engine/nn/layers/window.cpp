// SPDX-License-Identifier: MIT
#include "engine/nn/layers/window.h"

#include <string>
#include <utility>

#include "engine/core/fill.h"

namespace descent::nn {

core::Status check_window(const Shape& input, int kernel, int padding, int dilation) {
  if (input.flat)
    return core::Error{
        core::fill("needs a feature map, but its input is a flat vector of {} numbers", to_string(input))};
  const int span = dilation * (kernel - 1) + 1;
  if (input.height + 2 * padding >= span && input.width + 2 * padding >= span) return {};
  std::string sentence = core::fill("kernel {}", kernel);
  if (dilation > 1) sentence += core::fill(" with dilation {} spans {} and", dilation, span);
  sentence += core::fill(" does not fit into {}", to_string(input));
  if (padding > 0) sentence += core::fill(" with padding {}", padding);
  return core::Error{std::move(sentence)};
}

}  // namespace descent::nn
