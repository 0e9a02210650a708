// SPDX-License-Identifier: MIT
// Double-precision pooling: the reference loops as they stand.
#include "engine/kernels/pool2d_reference.h"

#include "engine/kernels/pool2d.h"

namespace descent::kernels {

void max_pool2d_forward(const Pool2dShape& shape, int images, const double* in, double* out, std::uint8_t* winners) {
  reference::max_pool2d_forward(shape, images, in, out, winners);
}

void max_pool2d_backward(const Pool2dShape& shape, int images, const double* dout, const std::uint8_t* winners,
                         double* din) {
  reference::max_pool2d_backward(shape, images, dout, winners, din);
}

void avg_pool2d_forward(const Pool2dShape& shape, int images, const double* in, double* out) {
  reference::avg_pool2d_forward(shape, images, in, out);
}

void avg_pool2d_backward(const Pool2dShape& shape, int images, const double* dout, double* din) {
  reference::avg_pool2d_backward(shape, images, dout, din);
}

}  // namespace descent::kernels
