// SPDX-License-Identifier: MIT
// Rules, float networks only (double networks are the reference and run layer by layer):
//   conv2d, relu, max_pool2d   with pooling windows that do not overlap and have no padding, and without dilation:
//                              kernels/conv2d_pool.h
#include "engine/nn/fusion.h"

#include <type_traits>

#include "engine/kernels/conv2d_pool.h"

namespace descent::nn {
namespace {

// One run of the input shorter than this is not worth vectors; the separate layers are as good.
constexpr int kShortestRun = 8;

class ConvReluPool final : public Operation<float> {
 public:
  ConvReluPool(const Layer<float>& convolution, const Layer<float>& pooling, const kernels::Conv2dPoolShape& shape)
      : Operation<float>(convolution.input(), pooling.output()), convolution_(convolution), shape_(shape) {}

  [[nodiscard]] std::vector<ParameterLayout> parameters() const override { return convolution_.parameters(); }

  [[nodiscard]] LayerNeeds needs() const override {
    return {.cache_bytes = shape_.out_size(),
            .packed = kernels::conv2d_pool_forward_size(shape_) + shape_.conv.weights_size(),
            .scratch_bytes = kernels::conv2d_pool_scratch_bytes(shape_, kBlockImages)};
  }

  void pack(const float* values, float* packed, int part, bool backward) const override {
    kernels::conv2d_pool_pack_forward(shape_, values, part, kPackParts, packed);
    if (backward) kernels::conv2d_pool_pack_backward(shape_, values, part, kPackParts, backward_rows(packed));
  }

  void forward(const Block<float>& block, const LayerParameters<float>& parameters, const float* in, float* out,
               std::uint8_t* cache) const override {
    const float* bias = parameters.values + shape_.conv.weights_size();
    kernels::conv2d_pool_forward(shape_, block.images, in, parameters.packed, bias, out, cache, block.scratch);
  }

  void backward(const Block<float>& block, const LayerParameters<float>& parameters,
                const BackwardArrays<float>& arrays) const override {
    if (arrays.dparameters != nullptr)
      kernels::conv2d_pool_backward_weights(shape_, block.images, arrays.in, arrays.dout, arrays.cache,
                                            arrays.dparameters, arrays.dparameters + shape_.conv.weights_size(),
                                            block.scratch);
    if (arrays.din != nullptr)
      kernels::conv2d_pool_backward_data(shape_, block.images, arrays.dout, arrays.cache,
                                         backward_rows(parameters.packed), arrays.din, block.scratch);
  }

 private:
  template <class Pointer>
  [[nodiscard]] Pointer backward_rows(Pointer packed) const {
    return packed + kernels::conv2d_pool_forward_size(shape_);
  }

  const Layer<float>& convolution_;
  kernels::Conv2dPoolShape shape_;
};

Fusion<float> fuse_convolution(const std::vector<std::unique_ptr<Layer<float>>>& layers, std::size_t first) {
  if (first + 3 > layers.size() || !layers[first + 1]->traits().relu) return {};
  const kernels::Conv2dShape* conv = layers[first]->traits().convolution;
  const kernels::Pool2dShape* pool = layers[first + 2]->traits().max_pooling;
  if (conv == nullptr || pool == nullptr || pool->padding > 0 || pool->stride < pool->kernel) return {};
  if (conv->dilation > 1) return {};
  const bool single = conv->in_channels == 1 && conv->stride == 1;
  if (!single && conv->kernel * conv->in_channels < kShortestRun) return {};
  const kernels::Conv2dPoolShape shape{*conv, pool->kernel, pool->stride};
  return {std::make_unique<ConvReluPool>(*layers[first], *layers[first + 2], shape), 3};
}

}  // namespace

template <class T>
Fusion<T> fuse(const std::vector<std::unique_ptr<Layer<T>>>& layers, std::size_t first) {
  if constexpr (std::is_same_v<T, float>) {
    return fuse_convolution(layers, first);
  } else {
    return {};
  }
}

template Fusion<float> fuse(const std::vector<std::unique_ptr<Layer<float>>>&, std::size_t);
template Fusion<double> fuse(const std::vector<std::unique_ptr<Layer<double>>>&, std::size_t);

}  // namespace descent::nn
