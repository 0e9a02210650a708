// SPDX-License-Identifier: MIT
// The double-precision convolution: the reference loops as they stand.
#include "engine/kernels/conv2d_reference.h"

#include "engine/kernels/conv2d.h"

namespace descent::kernels {

void conv2d_forward(const Conv2dShape& shape, int images, const double* in, const Conv2dWeights<double>& weights,
                    double* out, double* /*scratch*/) {
  reference::conv2d_forward(shape, images, in, weights.weights, weights.bias, out);
}

void conv2d_backward_data(const Conv2dShape& shape, int images, const double* dout,
                          const Conv2dWeights<double>& weights, double* din, double* /*scratch*/) {
  reference::conv2d_backward_data(shape, images, dout, weights.weights, din);
}

void conv2d_backward_weights(const Conv2dShape& shape, int images, const double* in, const double* dout,
                             double* dweights, double* dbias, double* /*scratch*/) {
  reference::conv2d_backward_weights(shape, images, in, dout, dweights, dbias);
}

}  // namespace descent::kernels
