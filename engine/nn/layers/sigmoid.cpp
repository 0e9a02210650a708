// SPDX-License-Identifier: MIT
// sigmoid: out = 1 / (1 + e^−in), slope out (1 − out).
#include "engine/kernels/elementwise.h"
#include "engine/nn/layer.h"
#include "engine/nn/layers/elementwise.h"

namespace descent::nn {
namespace {

const LayerInfo kInfo{
    .name = "sigmoid",
    .title = "Sigmoid",
    .brief = "σ",
    .formula = "out = 1 / (1 + e^−in)",
    .doc = "Squashes values smoothly into 0 … 1; its slope is at most 1/4, so deep stacks of it learn slowly.",
    .parameters = {},
};

struct Sigmoid {
  static constexpr bool kIsRelu = false;

  template <class T>
  static void forward(std::int64_t n, const T* in, T* out) {
    kernels::sigmoid_forward(n, in, out);
  }
  template <class T>
  static void backward(std::int64_t n, const T* out, const T* dout, T* din) {
    kernels::sigmoid_backward(n, out, dout, din);
  }
};

}  // namespace

LayerType sigmoid() {
  return {&kInfo, ElementwiseLayer<float, Sigmoid>::make, ElementwiseLayer<double, Sigmoid>::make};
}

}  // namespace descent::nn
