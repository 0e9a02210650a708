// SPDX-License-Identifier: MIT
// conv2d: out[y][x][o] = bias[o] + Σ in[y s + ky d − p][x s + kx d − p][i] weights[ky][kx][i][o]; the arithmetic is
// kernels/conv2d.h. Weights lie (ky, kx, in, out) in the arena and go out as torch's OIHW.
#include "engine/kernels/conv2d.h"

#include "engine/nn/layer.h"
#include "engine/nn/layers/window.h"

namespace descent::nn {
namespace {

const core::ParamSpec kParameters[] = {
    {.name = "out_channels",
     .default_value = 32,
     .minimum = 1,
     .maximum = 1024,
     .doc = "Number of filters, each of which makes one output channel. More filters see more kinds of detail and cost "
            "proportionally more time.",
     .kind = core::ParamKind::integer,
     .slider_minimum = 1,
     .slider_maximum = 128},
    kernel_spec(3, 15, "Side of the square window a filter looks through."),
    stride_spec(1, "Step of the window between neighbouring outputs; 2 halves the feature map."),
    padding_spec(7, "Zeros added around the input; kernel / 2 times the dilation keeps the size at stride 1."),
    dilation_spec(
        "Distance of the pixels that neighbouring weights of a filter read. With 2 every second pixel is left out, "
        "and a filter looks at a wider piece of the image with as many weights."),
    kInitSpec,
};

const LayerInfo kInfo{
    .name = "conv2d",
    .title = "Convolution",
    .formula = "out[y][x][o] = b[o] + Σ in[y·s+ky·d−p][x·s+kx·d−p][i] · w[ky][kx][i][o]",
    .doc =
        "Slides learned filters over the feature map; each output channel tells how strongly its filter responds at "
        "each place.",
    .parameters = kParameters,
};

template <class T>
class Conv2d final : public Layer<T> {
 public:
  Conv2d(const kernels::Conv2dShape& shape, InitializationScheme scheme, const Shape& input)
      : Layer<T>(input, {shape.out_height(), shape.out_width(), shape.out_channels, false}),
        shape_(shape),
        scheme_(scheme) {}

  [[nodiscard]] std::vector<ParameterLayout> parameters() const override {
    const std::int64_t k = shape_.kernel, in = shape_.in_channels, out = shape_.out_channels;
    const std::int64_t fan_in = k * k * in, fan_out = k * k * out;
    return {{"weight",
             {out, in, k, k},
             {out, in, k, k},
             {1, out, k * in * out, in * out},
             {scheme_, false, fan_in, fan_out}},
            {"bias", {out}, {out, 1, 1, 1}, {1, 0, 0, 0}, {scheme_, true, fan_in, fan_out}}};
  }

  [[nodiscard]] LayerNeeds needs() const override {
    const bool packs = std::is_same_v<T, float>;
    return {.packed = packs ? 2 * shape_.weights_size() : 0,
            .scratch_bytes = packs ? shape_.scratch_size() * static_cast<std::int64_t>(sizeof(T)) : 0};
  }

  [[nodiscard]] LayerTraits traits() const override { return {.convolution = &shape_}; }

  void pack(const T* values, T* packed, int part, bool backward) const override {
    if constexpr (std::is_same_v<T, float>) {
      if (part == 0) kernels::conv2d_pack_forward(shape_, values, packed);
      if (part == 1 && backward) kernels::conv2d_pack_backward(shape_, values, packed + shape_.weights_size());
    }
  }

  void forward(const Block<T>& block, const LayerParameters<T>& parameters, const T* in, T* out,
               std::uint8_t* /*cache*/) const override {
    kernels::conv2d_forward(shape_, block.images, in, weights(parameters), out, reinterpret_cast<T*>(block.scratch));
  }

  void backward(const Block<T>& block, const LayerParameters<T>& parameters,
                const BackwardArrays<T>& arrays) const override {
    kernels::conv2d_backward_weights(shape_, block.images, arrays.in, arrays.dout, arrays.dparameters,
                                     arrays.dparameters + shape_.weights_size(), reinterpret_cast<T*>(block.scratch));
    if (arrays.din == nullptr) return;
    kernels::conv2d_backward_data(shape_, block.images, arrays.dout, weights(parameters), arrays.din,
                                  reinterpret_cast<T*>(block.scratch));
  }

 private:
  [[nodiscard]] kernels::Conv2dWeights<T> weights(const LayerParameters<T>& parameters) const {
    const std::int64_t size = shape_.weights_size();
    kernels::Conv2dWeights<T> weights{.weights = parameters.values, .bias = parameters.values + size};
    if constexpr (std::is_same_v<T, float>) {
      weights.forward_panels = parameters.packed;
      weights.backward_panels = parameters.packed + size;
    }
    return weights;
  }

  kernels::Conv2dShape shape_;
  InitializationScheme scheme_;
};

template <class T>
core::Result<std::unique_ptr<Layer<T>>> make(std::span<const double> values, const Shape& input) {
  const kernels::Conv2dShape shape{.height = input.height,
                                   .width = input.width,
                                   .in_channels = input.channels,
                                   .out_channels = static_cast<int>(values[0]),
                                   .kernel = static_cast<int>(values[1]),
                                   .stride = static_cast<int>(values[2]),
                                   .padding = static_cast<int>(values[3]),
                                   .dilation = static_cast<int>(values[4])};
  if (core::Status status = check_window(input, shape.kernel, shape.padding, shape.dilation); !status.ok())
    return status.error();
  const auto scheme = static_cast<InitializationScheme>(static_cast<int>(values[5]));
  return std::unique_ptr<Layer<T>>(std::make_unique<Conv2d<T>>(shape, scheme, input));
}

}  // namespace

LayerType conv2d() {
  return {&kInfo, make<float>, make<double>};
}

}  // namespace descent::nn
