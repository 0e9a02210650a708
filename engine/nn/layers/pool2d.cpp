// SPDX-License-Identifier: MIT
#include "engine/nn/layers/pool2d.h"

#include "engine/core/fill.h"
#include "engine/nn/layers/window.h"

namespace descent::nn {

core::Result<kernels::Pool2dShape> make_pool_shape(std::span<const double> values, const Shape& input) {
  const kernels::Pool2dShape shape{.height = input.height,
                                   .width = input.width,
                                   .channels = input.channels,
                                   .kernel = static_cast<int>(values[0]),
                                   .stride = static_cast<int>(values[1]),
                                   .padding = static_cast<int>(values[2])};
  if (core::Status status = check_window(input, shape.kernel, shape.padding); !status.ok()) return status.error();
  // A window that lies wholly in the padding would have no largest element (torch has the same rule).
  if (shape.padding > shape.kernel / 2)
    return core::Error{
        core::fill("padding is {}; it must be at most half the kernel, {}", shape.padding, shape.kernel / 2)};
  return shape;
}

}  // namespace descent::nn
