// SPDX-License-Identifier: MIT
// conv2d: out[y][x][o] = bias[o] + Σ in[y s + ky d − p][x s + kx d − p][i] weights[ky][kx][i][o]; the arithmetic is
// kernels/conv2d.h. Weights lie (ky, kx, in, out) in the arena and go out as torch's OIHW.
#include "engine/kernels/conv2d.h"

#include "engine/nn/layer.h"
#include "engine/nn/layers/window.h"
#include "engine/nn/layers/window_terms.h"

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
    .brief = "Conv",
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
    if (arrays.dparameters != nullptr)
      kernels::conv2d_backward_weights(shape_, block.images, arrays.in, arrays.dout, arrays.dparameters,
                                       arrays.dparameters + shape_.weights_size(), reinterpret_cast<T*>(block.scratch));
    if (arrays.din == nullptr) return;
    kernels::conv2d_backward_data(shape_, block.images, arrays.dout, weights(parameters), arrays.din,
                                  reinterpret_cast<T*>(block.scratch));
  }

  void inputs_of(const LayerPoint<T>& at, std::int64_t output, std::vector<LocalTerm<T>>& terms) const override {
    const Place to(output, shape_.out_width(), shape_.out_channels);
    for_each_read(shape_, to.y, to.x, [&](int ky, int kx, std::int64_t pixel) {
      for (int i = 0; i < shape_.in_channels; ++i)
        terms.push_back(term(at, pixel * shape_.in_channels + i, weight(ky, kx, i, to.channel)));
    });
  }

  void outputs_of(const LayerPoint<T>& at, std::int64_t input, std::vector<LocalTerm<T>>& terms) const override {
    const Place from(input, shape_.width, shape_.in_channels);
    for_each_reader(shape_, from.y, from.x, [&](int ky, int kx, std::int64_t pixel) {
      for (int o = 0; o < shape_.out_channels; ++o)
        terms.push_back(term(at, pixel * shape_.out_channels + o, weight(ky, kx, from.channel, o)));
    });
  }

  void outputs_of_parameter(const LayerPoint<T>& at, std::int64_t parameter,
                            std::vector<LocalTerm<T>>& terms) const override {
    const bool is_bias = parameter >= shape_.weights_size();
    const int o = static_cast<int>(parameter % shape_.out_channels);  // of weights and biases alike
    const Place in_kernel(parameter / shape_.out_channels, shape_.kernel, shape_.in_channels);
    for (int y = 0; y < shape_.out_height(); ++y)
      for (int x = 0; x < shape_.out_width(); ++x) {
        const std::int64_t output = (std::int64_t{y} * shape_.out_width() + x) * shape_.out_channels + o;
        terms.push_back({output, parameter, is_bias ? T{1} : read(at.in, y, x, in_kernel)});
      }
  }

  [[nodiscard]] std::int64_t bias_of(std::int64_t output) const override {
    return shape_.weights_size() + output % shape_.out_channels;
  }

 private:
  [[nodiscard]] std::int64_t weight(int ky, int kx, int i, int o) const {
    return ((std::int64_t{ky} * shape_.kernel + kx) * shape_.in_channels + i) * shape_.out_channels + o;
  }
  static LocalTerm<T> term(const LayerPoint<T>& at, std::int64_t unit, std::int64_t parameter) {
    return {unit, parameter, at.values[parameter]};
  }
  // read() is what the window of output (y, x) reads at a place of the kernel; 0 where that is padding.
  [[nodiscard]] T read(const T* in, int y, int x, const Place& in_kernel) const {
    const int row = input_row(shape_, y, in_kernel.y), column = input_row(shape_, x, in_kernel.x);
    if (row < 0 || row >= shape_.height || column < 0 || column >= shape_.width) return 0;
    return in[(std::int64_t{row} * shape_.width + column) * shape_.in_channels + in_kernel.channel];
  }

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
