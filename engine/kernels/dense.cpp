// SPDX-License-Identifier: MIT
// Single-precision fully connected layers. A block has few rows (4), so a matrix of weights is walked once for every
// block and must stream well: forward reads it as it lies, in stretches of kDepth inputs across all outputs, so that
// the two halves of a 64-byte line are used while it is in the first-level cache. Backward reads panels of its
// transpose.
#include "engine/kernels/dense.h"

#include <algorithm>

#include "engine/kernels/f32x4.h"
#include "engine/kernels/gemm.h"

namespace descent::kernels {
namespace {

constexpr int kDepth = 128;

}  // namespace

void dense_pack_backward(const DenseShape& shape, const float* weights, float* backward_panels, int part, int parts) {
  const int eights = (shape.inputs + kPanelColumns - 1) / kPanelColumns;
  const auto bound = [&](int i) { return static_cast<int>(std::int64_t{eights} * i / parts) * kPanelColumns; };
  pack_panels_transposed(shape.outputs, shape.inputs, weights, shape.outputs, bound(part), bound(part + 1),
                         backward_panels);
}

void dense_forward(const DenseShape& shape, int rows, const float* in, const DenseWeights<float>& weights, float* out) {
  for (int first = 0; first < shape.inputs; first += kDepth) {
    const int depth = std::min(kDepth, shape.inputs - first);
    const RightMatrix b = plain_matrix(weights.weights + std::int64_t{first} * shape.outputs, shape.outputs);
    gemm(rows, shape.outputs, depth, in + first, shape.inputs, b, first == 0 ? Start::bias : Start::accumulate,
         weights.bias, out, shape.outputs);
  }
}

void dense_backward_data(const DenseShape& shape, int rows, const float* dout, const DenseWeights<float>& weights,
                         float* din) {
  gemm(rows, shape.inputs, shape.outputs, dout, shape.outputs, packed_matrix(weights.backward_panels, shape.outputs),
       Start::zero, nullptr, din, shape.inputs);
}

void dense_backward_weights(const DenseShape& shape, int rows, const float* in, const float* dout, int first, int last,
                            bool accumulate, float* dweights) {
  gemm_transposed_a(last - first, shape.outputs, rows, in + first, shape.inputs, plain_matrix(dout, shape.outputs),
                    accumulate ? Start::accumulate : Start::zero, dweights + std::int64_t{first} * shape.outputs,
                    shape.outputs);
}

void dense_backward_bias(const DenseShape& shape, int rows, const float* dout, bool accumulate, float* dbias) {
  if (!accumulate) std::fill(dbias, dbias + shape.outputs, 0.0F);
  for (int n = 0; n < rows; ++n, dout += shape.outputs) {
    int o = 0;
    for (; o + F32x4::kLanes <= shape.outputs; o += F32x4::kLanes)
      (F32x4::load(dbias + o) + F32x4::load(dout + o)).store(dbias + o);
    for (; o < shape.outputs; ++o) dbias[o] += dout[o];
  }
}

}  // namespace descent::kernels
