// SPDX-License-Identifier: MIT
// Single-precision fully connected layers. A block has few rows (4), so a matrix of weights is walked once for every
// block and must stream well: forward reads it as it lies, in stretches of kDepth inputs across all outputs, so that
// the two halves of a 64-byte line are used while it is in the first-level cache. Backward reads panels of its
// transpose.
// Zeros: behind a ReLU two inputs of three are 0 and their products need not be made. A stretch whose inputs are mostly
// 0 goes by lists of the others (sparse_sum.h) instead of tiles (gemm_tile.h); the weights' gradient likewise, a list
// for each row of the matrix. A list costs one load for each multiply-add where a tile of 4 rows costs less than one,
// so kSparse is below one half. The choice depends on the numbers alone.
#include "engine/kernels/dense.h"

#include <algorithm>

#include "engine/kernels/f32x4.h"
#include "engine/kernels/gemm.h"
#include "engine/kernels/sparse_sum.h"

namespace descent::kernels {
namespace {

constexpr int kDepth = 128;
constexpr int kForwardRows = 4;     // rows that lists of inputs are made of
constexpr int kListRows = 32;       // rows a list of the weights' gradient can hold
constexpr double kSparse = 0.45;    // share of non-zeros up to which lists win
constexpr int kSparseOutputs = 16;  // fewer outputs than these are too short a sum

// Appends {where, x} of the inputs that are not 0, `step` apart in `where`; NaN counts. The list's new length.
DESCENT_INLINE int list_inputs(const float* in, int count, std::int32_t step, SparseEntry* list) {
  int length = 0;
  std::int32_t where = 0;
  for (int i = 0; i < count; ++i, where += step) {
    list[length] = {where, in[i]};
    length += in[i] != 0.0F ? 1 : 0;
  }
  return length;
}

// kForwardRows rows at most, `depth` inputs from `in` on; out += in * weights. False when the inputs are not sparse.
bool forward_by_lists(const DenseShape& s, int rows, int depth, const float* in, const float* weights, float* out) {
  SparseEntry lists[kForwardRows][kDepth + 1];
  int lengths[kForwardRows] = {}, total = 0;
  for (int n = 0; n < rows; ++n) total += lengths[n] = list_inputs(in + n * s.inputs, depth, s.outputs, lists[n]);
  if (total > kSparse * rows * depth) return false;
  for_each_stretch(s.outputs, [&](SparseSum sum, int first) {
    for (int n = 0; n < rows; ++n) sum(lists[n], lengths[n], weights + first, out + n * s.outputs + first);
  });
  return true;
}

// Lists for `inputs` <= kTogether rows of the gradient over `rows` <= kListRows images; in: at the first of them. The
// entries of all lists together.
struct WeightLists {
  static constexpr int kTogether = 16;
  SparseEntry entries[kTogether][kListRows + 1];
  int lengths[kTogether] = {};
  int total = 0;

  WeightLists(const DenseShape& s, int rows, int inputs, const float* in) {
    for (int n = 0; n < rows; ++n, in += s.inputs)
      for (int i = 0; i < inputs; ++i) {
        entries[i][lengths[i]] = {n * s.outputs, in[i]};
        lengths[i] += in[i] != 0.0F ? 1 : 0;
      }
    for (const int length : lengths) total += length;
  }
};

// Rows [first, last) of the gradient as long as they are sparse; the first that has not been made.
int weights_by_lists(const DenseShape& s, int rows, const float* in, const float* dout, int first, int last, bool add,
                     float* dweights) {
  if (s.outputs < kSparseOutputs) return first;
  for (int i = first; i < last; i += WeightLists::kTogether) {
    const int together = std::min(WeightLists::kTogether, last - i);
    const WeightLists lists(s, rows, together, in + i);
    if (lists.total > kSparse * rows * together) return i;
    float* to = dweights + std::ptrdiff_t{i} * s.outputs;
    if (!add) std::fill(to, to + std::ptrdiff_t{together} * s.outputs, 0.0F);
    for_each_stretch(s.outputs, [&](SparseSum sum, int column) {
      for (int j = 0; j < together; ++j)
        sum(lists.entries[j], lists.lengths[j], dout + column, to + std::ptrdiff_t{j} * s.outputs + column);
    });
  }
  return last;
}

}  // namespace

void dense_pack_backward(const DenseShape& shape, const float* weights, float* backward_panels, int part, int parts) {
  const int eights = (shape.inputs + kPanelColumns - 1) / kPanelColumns;
  const auto bound = [&](int i) { return static_cast<int>(std::int64_t{eights} * i / parts) * kPanelColumns; };
  pack_panels_transposed(shape.outputs, shape.inputs, weights, shape.outputs, bound(part), bound(part + 1),
                         backward_panels);
}

void dense_forward(const DenseShape& shape, int rows, const float* in, const DenseWeights<float>& weights, float* out) {
  bool sparse = shape.outputs >= kSparseOutputs && rows <= kForwardRows;
  for (int n = 0; n < rows; ++n) std::copy(weights.bias, weights.bias + shape.outputs, out + n * shape.outputs);
  for (int first = 0; first < shape.inputs; first += kDepth) {
    const int depth = std::min(kDepth, shape.inputs - first);
    const float* stretch = weights.weights + std::int64_t{first} * shape.outputs;
    sparse = sparse && forward_by_lists(shape, rows, depth, in + first, stretch, out);
    if (!sparse)
      gemm(rows, shape.outputs, depth, in + first, shape.inputs, plain_matrix(stretch, shape.outputs),
           Start::accumulate, nullptr, out, shape.outputs);
  }
}

void dense_backward_data(const DenseShape& shape, int rows, const float* dout, const DenseWeights<float>& weights,
                         float* din) {
  gemm(rows, shape.inputs, shape.outputs, dout, shape.outputs, packed_matrix(weights.backward_panels, shape.outputs),
       Start::zero, nullptr, din, shape.inputs);
}

void dense_backward_weights(const DenseShape& shape, int rows, const float* in, const float* dout, int first, int last,
                            bool accumulate, float* dweights) {
  for (int n = 0; n == 0 || n < rows; n += kListRows) {  // once at least: no rows make a gradient of zeros
    const int count = std::min(kListRows, rows - n);
    const float* block_in = in + std::int64_t{n} * shape.inputs;
    const float* block_dout = dout + std::int64_t{n} * shape.outputs;
    const bool add = accumulate || n > 0;
    const int dense_from = weights_by_lists(shape, count, block_in, block_dout, first, last, add, dweights);
    gemm_transposed_a(last - dense_from, shape.outputs, count, block_in + dense_from, shape.inputs,
                      plain_matrix(block_dout, shape.outputs), add ? Start::accumulate : Start::zero,
                      dweights + std::int64_t{dense_from} * shape.outputs, shape.outputs);
  }
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
