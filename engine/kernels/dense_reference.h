// SPDX-License-Identifier: MIT
// The fully connected layer written as its definition (dense.h), for any arithmetic type.
#pragma once

#include <cstdint>

#include "engine/kernels/dense.h"

namespace descent::kernels::reference {

template <class T>
void dense_forward(const DenseShape& s, int rows, const T* in, const T* weights, const T* bias, T* out) {
  for (int n = 0; n < rows; ++n, in += s.inputs, out += s.outputs) {
    for (int o = 0; o < s.outputs; ++o) out[o] = bias[o];
    for (int i = 0; i < s.inputs; ++i)
      for (int o = 0; o < s.outputs; ++o) out[o] += in[i] * weights[std::int64_t{i} * s.outputs + o];
  }
}

template <class T>
void dense_backward_data(const DenseShape& s, int rows, const T* dout, const T* weights, T* din) {
  for (int n = 0; n < rows; ++n, din += s.inputs, dout += s.outputs)
    for (int i = 0; i < s.inputs; ++i) {
      din[i] = 0;
      for (int o = 0; o < s.outputs; ++o) din[i] += dout[o] * weights[std::int64_t{i} * s.outputs + o];
    }
}

template <class T>
void dense_backward_weights(const DenseShape& s, int rows, const T* in, const T* dout, int first, int last,
                            bool accumulate, T* dweights) {
  for (int i = first; i < last; ++i)
    for (int o = 0; o < s.outputs; ++o) {
      T& gradient = dweights[std::int64_t{i} * s.outputs + o];
      if (!accumulate) gradient = 0;
      for (int n = 0; n < rows; ++n)
        gradient += in[std::int64_t{n} * s.inputs + i] * dout[std::int64_t{n} * s.outputs + o];
    }
}

template <class T>
void dense_backward_bias(const DenseShape& s, int rows, const T* dout, bool accumulate, T* dbias) {
  for (int o = 0; o < s.outputs; ++o) {
    if (!accumulate) dbias[o] = 0;
    for (int n = 0; n < rows; ++n) dbias[o] += dout[std::int64_t{n} * s.outputs + o];
  }
}

}  // namespace descent::kernels::reference
