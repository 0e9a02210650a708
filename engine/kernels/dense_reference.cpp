// SPDX-License-Identifier: MIT
// The double-precision fully connected layer: the reference loops as they stand.
#include "engine/kernels/dense_reference.h"

#include "engine/kernels/dense.h"

namespace descent::kernels {

void dense_forward(const DenseShape& shape, int rows, const double* in, const DenseWeights<double>& weights,
                   double* out) {
  reference::dense_forward(shape, rows, in, weights.weights, weights.bias, out);
}

void dense_backward_data(const DenseShape& shape, int rows, const double* dout, const DenseWeights<double>& weights,
                         double* din) {
  reference::dense_backward_data(shape, rows, dout, weights.weights, din);
}

void dense_backward_weights(const DenseShape& shape, int rows, const double* in, const double* dout, int first,
                            int last, bool accumulate, double* dweights) {
  reference::dense_backward_weights(shape, rows, in, dout, first, last, accumulate, dweights);
}

void dense_backward_bias(const DenseShape& shape, int rows, const double* dout, bool accumulate, double* dbias) {
  reference::dense_backward_bias(shape, rows, dout, accumulate, dbias);
}

}  // namespace descent::kernels
