// SPDX-License-Identifier: MIT
// max_pool2d: out[y][x][c] = max over the window of in; the gradient goes to the first position that was largest. One
// byte an output is kept for the way back.
#include "engine/nn/layer.h"
#include "engine/nn/layers/pool2d.h"
#include "engine/nn/layers/window.h"

namespace descent::nn {
namespace {

const core::ParamSpec kParameters[] = {
    kernel_spec(2, kernels::kMaxPoolKernel, "Side of the square window of which the largest value is kept."),
    stride_spec(2, "Step of the window between neighbouring outputs; equal to the kernel, windows do not overlap."),
    padding_spec(7, "Border added around the input that never wins; at most half the kernel."),
};

const LayerInfo kInfo{
    .name = "max_pool2d",
    .title = "Max pooling",
    .brief = "Max",
    .formula = "out[y][x][c] = max over ky, kx of in[y·s+ky−p][x·s+kx−p][c]",
    .doc =
        "Keeps the strongest response in each window: the feature map shrinks, and small shifts of the image matter "
        "less.",
    .parameters = kParameters,
};

template <class T>
class MaxPool2d final : public Layer<T> {
 public:
  MaxPool2d(const kernels::Pool2dShape& shape, const Shape& input)
      : Layer<T>(input, pool_output(shape)), shape_(shape) {}

  [[nodiscard]] LayerNeeds needs() const override { return {.cache_bytes = shape_.out_size()}; }
  [[nodiscard]] LayerTraits traits() const override { return {.max_pooling = &shape_}; }

  void forward(const Block<T>& block, const LayerParameters<T>& /*parameters*/, const T* in, T* out,
               std::uint8_t* cache) const override {
    kernels::max_pool2d_forward(shape_, block.images, in, out, cache);
  }

  void backward(const Block<T>& block, const LayerParameters<T>& /*parameters*/,
                const BackwardArrays<T>& arrays) const override {
    if (arrays.din != nullptr)
      kernels::max_pool2d_backward(shape_, block.images, arrays.dout, arrays.cache, arrays.din);
  }

  void inputs_of(const LayerPoint<T>& at, std::int64_t output, std::vector<LocalTerm<T>>& terms) const override {
    append_pool_inputs(shape_, output, terms, [&](int position) { return won(at, output, position); });
  }

  void outputs_of(const LayerPoint<T>& at, std::int64_t input, std::vector<LocalTerm<T>>& terms) const override {
    append_pool_outputs(shape_, input, terms,
                        [&](std::int64_t output, int position) { return won(at, output, position); });
  }

 private:
  static T won(const LayerPoint<T>& at, std::int64_t output, int position) {
    return at.cache[output] == position ? T{1} : T{0};
  }

  kernels::Pool2dShape shape_;
};

template <class T>
core::Result<std::unique_ptr<Layer<T>>> make(std::span<const double> values, const Shape& input) {
  core::Result<kernels::Pool2dShape> shape = make_pool_shape(values, input);
  if (!shape.ok()) return shape.error();
  return std::unique_ptr<Layer<T>>(std::make_unique<MaxPool2d<T>>(*shape, input));
}

}  // namespace

LayerType max_pool2d() {
  return {&kInfo, make<float>, make<double>};
}

}  // namespace descent::nn
