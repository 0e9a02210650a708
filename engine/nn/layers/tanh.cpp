// SPDX-License-Identifier: MIT
// tanh: out = tanh(in), slope 1 − out².
#include "engine/kernels/elementwise.h"
#include "engine/nn/layer.h"
#include "engine/nn/layers/elementwise.h"

namespace descent::nn {
namespace {

const LayerInfo kInfo{
    .name = "tanh",
    .title = "Tanh",
    .brief = "Tanh",
    .formula = "out = tanh(in)",
    .doc = "Squashes values smoothly into −1 … 1; for large inputs its slope, and so the gradient, vanishes.",
    .parameters = {},
};

struct Tanh {
  static constexpr bool kIsRelu = false;

  template <class T>
  static void forward(std::int64_t n, const T* in, T* out) {
    kernels::tanh_forward(n, in, out);
  }
  template <class T>
  static void backward(std::int64_t n, const T* out, const T* dout, T* din) {
    kernels::tanh_backward(n, out, dout, din);
  }
};

}  // namespace

LayerType tanh() {
  return {&kInfo, ElementwiseLayer<float, Tanh>::make, ElementwiseLayer<double, Tanh>::make};
}

}  // namespace descent::nn
