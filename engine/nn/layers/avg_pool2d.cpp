// SPDX-License-Identifier: MIT
// avg_pool2d: out[y][x][c] = (1 / kernel²) Σ over the window of in; padding counts as zeros (torch's default).
#include "engine/nn/layer.h"
#include "engine/nn/layers/pool2d.h"
#include "engine/nn/layers/window.h"

namespace descent::nn {
namespace {

const core::ParamSpec kParameters[] = {
    kernel_spec(2, kernels::kMaxPoolKernel, "Side of the square window that is averaged."),
    stride_spec(2, "Step of the window between neighbouring outputs; equal to the kernel, windows do not overlap."),
    padding_spec(7, "Zeros added around the input, counted in the average; at most half the kernel."),
};

const LayerInfo kInfo{
    .name = "avg_pool2d",
    .title = "Average pooling",
    .brief = "Mean",
    .formula = "out[y][x][c] = (1/k²) Σ in[y·s+ky−p][x·s+kx−p][c]",
    .doc = "Averages each window: a smoother way to shrink the feature map than max pooling.",
    .parameters = kParameters,
};

template <class T>
class AvgPool2d final : public Layer<T> {
 public:
  AvgPool2d(const kernels::Pool2dShape& shape, const Shape& input)
      : Layer<T>(input, pool_output(shape)), shape_(shape) {}

  void forward(const Block<T>& block, const LayerParameters<T>& /*parameters*/, const T* in, T* out,
               std::uint8_t* /*cache*/) const override {
    kernels::avg_pool2d_forward(shape_, block.images, in, out);
  }

  void backward(const Block<T>& block, const LayerParameters<T>& /*parameters*/,
                const BackwardArrays<T>& arrays) const override {
    if (arrays.din != nullptr) kernels::avg_pool2d_backward(shape_, block.images, arrays.dout, arrays.din);
  }

  void inputs_of(const LayerPoint<T>& /*at*/, std::int64_t output, std::vector<LocalTerm<T>>& terms) const override {
    append_pool_inputs(shape_, output, terms, [&](int) { return share(); });
  }

  void outputs_of(const LayerPoint<T>& /*at*/, std::int64_t input, std::vector<LocalTerm<T>>& terms) const override {
    append_pool_outputs(shape_, input, terms, [&](std::int64_t, int) { return share(); });
  }

 private:
  [[nodiscard]] T share() const { return T{1} / static_cast<T>(shape_.kernel * shape_.kernel); }

  kernels::Pool2dShape shape_;
};

template <class T>
core::Result<std::unique_ptr<Layer<T>>> make(std::span<const double> values, const Shape& input) {
  core::Result<kernels::Pool2dShape> shape = make_pool_shape(values, input);
  if (!shape.ok()) return shape.error();
  return std::unique_ptr<Layer<T>>(std::make_unique<AvgPool2d<T>>(*shape, input));
}

}  // namespace

LayerType avg_pool2d() {
  return {&kInfo, make<float>, make<double>};
}

}  // namespace descent::nn
