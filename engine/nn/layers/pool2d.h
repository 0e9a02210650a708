// SPDX-License-Identifier: MIT
// What max and average pooling share: reading kernel, stride and padding (in this order), and the checks.
#pragma once

#include <span>

#include "engine/core/result.h"
#include "engine/kernels/pool2d.h"
#include "engine/nn/spec.h"

namespace descent::nn {

[[nodiscard]] core::Result<kernels::Pool2dShape> make_pool_shape(std::span<const double> values, const Shape& input);

[[nodiscard]] inline Shape pool_output(const kernels::Pool2dShape& shape) {
  return {shape.out_height(), shape.out_width(), shape.channels, false};
}

}  // namespace descent::nn
