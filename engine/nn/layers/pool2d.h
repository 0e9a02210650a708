// SPDX-License-Identifier: MIT
// Holds what max and average pooling share: reading kernel, stride and padding (in this order), the checks, and which
// inputs and outputs belong together.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/result.h"
#include "engine/kernels/pool2d.h"
#include "engine/nn/layer.h"
#include "engine/nn/layers/window_terms.h"
#include "engine/nn/spec.h"

namespace descent::nn {

[[nodiscard]] core::Result<kernels::Pool2dShape> make_pool_shape(std::span<const double> values, const Shape& input);

[[nodiscard]] inline Shape pool_output(const kernels::Pool2dShape& shape) {
  return {shape.out_height(), shape.out_width(), shape.channels, false};
}

// Layer::inputs_of() of a pooling; derivative(position in the window).
template <class T, class Derivative>
void append_pool_inputs(const kernels::Pool2dShape& shape, std::int64_t output, std::vector<LocalTerm<T>>& terms,
                        const Derivative& derivative) {
  const Place to(output, shape.out_width(), shape.channels);
  for_each_read(shape, to.y, to.x, [&](int ky, int kx, std::int64_t pixel) {
    terms.push_back({pixel * shape.channels + to.channel, -1, derivative(ky * shape.kernel + kx)});
  });
}

// Layer::outputs_of() of a pooling; derivative(output, position in its window).
template <class T, class Derivative>
void append_pool_outputs(const kernels::Pool2dShape& shape, std::int64_t input, std::vector<LocalTerm<T>>& terms,
                         const Derivative& derivative) {
  const Place from(input, shape.width, shape.channels);
  for_each_reader(shape, from.y, from.x, [&](int ky, int kx, std::int64_t pixel) {
    const std::int64_t output = pixel * shape.channels + from.channel;
    terms.push_back({output, -1, derivative(output, ky * shape.kernel + kx)});
  });
}

}  // namespace descent::nn
