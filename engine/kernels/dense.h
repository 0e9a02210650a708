// SPDX-License-Identifier: MIT
// Fully connected layer: out[n][o] = bias[o] + sum over i of in[n][i] * weights[i][o]; weights (inputs, outputs) with
// the outputs innermost. The float functions run the GEMM tiles of gemm.h, forward on the weights as they lie, backward
// on weights transposed once per step (dense_pack_backward); the double ones are the plain loops of dense_reference.h.
// Weight gradients are cut into blocks of rows of the weight matrix, each summed over the whole batch by one call, so
// that threads share the work without partial sums. Nothing allocates; arrays must not overlap.
#pragma once

#include <cstdint>

namespace descent::kernels {

struct DenseShape {
  int inputs = 0, outputs = 0;

  [[nodiscard]] std::int64_t weights_size() const { return std::int64_t{inputs} * outputs; }
};

template <class T>
struct DenseWeights {
  const T* weights = nullptr;          // (inputs, outputs)
  const T* bias = nullptr;             // (outputs)
  const T* backward_panels = nullptr;  // (weights_size), from dense_pack_backward
};

// backward_panels: (inputs / 8, outputs, 8), see gemm.h. Packs the share `part` of `parts`; call once for each part.
void dense_pack_backward(const DenseShape& shape, const float* weights, float* backward_panels, int part, int parts);

// in: (rows, inputs), out: (rows, outputs).
void dense_forward(const DenseShape& shape, int rows, const float* in, const DenseWeights<float>& weights, float* out);
void dense_forward(const DenseShape& shape, int rows, const double* in, const DenseWeights<double>& weights,
                   double* out);

// Overwrites din (rows, inputs).
void dense_backward_data(const DenseShape& shape, int rows, const float* dout, const DenseWeights<float>& weights,
                         float* din);
void dense_backward_data(const DenseShape& shape, int rows, const double* dout, const DenseWeights<double>& weights,
                         double* din);

// dweights[i][o] (+)= sum over n of in[n][i] * dout[n][o] for i in [first, last); adds when `accumulate`, else
// overwrites. dweights: the whole (inputs, outputs).
void dense_backward_weights(const DenseShape& shape, int rows, const float* in, const float* dout, int first, int last,
                            bool accumulate, float* dweights);
void dense_backward_weights(const DenseShape& shape, int rows, const double* in, const double* dout, int first,
                            int last, bool accumulate, double* dweights);

// dbias[o] (+)= sum over n of dout[n][o], in the order of n.
void dense_backward_bias(const DenseShape& shape, int rows, const float* dout, bool accumulate, float* dbias);
void dense_backward_bias(const DenseShape& shape, int rows, const double* dout, bool accumulate, double* dbias);

}  // namespace descent::kernels
