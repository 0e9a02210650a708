// SPDX-License-Identifier: MIT
// relu: out = max(in, 0), slope 1 where out > 0 and 0 elsewhere (also at 0, as PyTorch).
#include "engine/kernels/elementwise.h"
#include "engine/nn/layer.h"
#include "engine/nn/layers/elementwise.h"

namespace descent::nn {
namespace {

const LayerInfo kInfo{
    .name = "relu",
    .title = "ReLU",
    .brief = "ReLU",
    .formula = "out = max(in, 0)",
    .doc =
        "Cuts off negative values: the non-linearity that trains fastest, because its slope is 1 wherever it is alive.",
    .parameters = {},
};

struct Relu {
  static constexpr bool kIsRelu = true;

  template <class T>
  static void forward(std::int64_t n, const T* in, T* out) {
    kernels::relu_forward(n, in, out);
  }
  template <class T>
  static void backward(std::int64_t n, const T* out, const T* dout, T* din) {
    kernels::relu_backward(n, out, dout, din);
  }
};

}  // namespace

LayerType relu() {
  return {&kInfo, ElementwiseLayer<float, Relu>::make, ElementwiseLayer<double, Relu>::make};
}

}  // namespace descent::nn
