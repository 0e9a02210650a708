// SPDX-License-Identifier: MIT
// dense: out[o] = bias[o] + Σ in[i] weights[i][o]; the arithmetic is kernels/dense.h. Weights lie (in, out) in the
// arena, the inputs in the memory order of the map they were flattened from (H, W, C); they go out as torch's (out, in)
// with the columns in C, H, W order. The weight matrix is large and the images of a block are few, so its gradient is
// made once from the whole batch, by tasks that each own some rows.
#include "engine/kernels/dense.h"

#include <algorithm>

#include "engine/core/fill.h"
#include "engine/nn/layer.h"

namespace descent::nn {
namespace {

const core::ParamSpec kParameters[] = {
    {.name = "units",
     .default_value = 128,
     .minimum = 1,
     .maximum = 8192,
     .doc = "Number of outputs, each a weighted sum of all inputs. The last layer needs one for each class.",
     .kind = core::ParamKind::integer,
     .slider_minimum = 1,
     .slider_maximum = 512},
    kInitSpec,
};

const LayerInfo kInfo{
    .name = "dense",
    .title = "Fully connected",
    .brief = "Dense",
    .formula = "out[o] = b[o] + Σ in[i] · w[i][o]",
    .doc =
        "Every output is a learned weighted sum of all inputs; as the last layer it makes one number for each class.",
    .parameters = kParameters,
};

// One gradient task owns this many rows of the weight matrix.
constexpr int kRowsPerTask = 96;

template <class T>
class Dense final : public Layer<T> {
 public:
  Dense(int units, InitializationScheme scheme, const Shape& input)
      : Layer<T>(input, {1, 1, units, true}), shape_{static_cast<int>(input.size()), units}, scheme_(scheme) {}

  [[nodiscard]] std::vector<ParameterLayout> parameters() const override {
    const std::int64_t in = shape_.inputs, out = shape_.outputs;
    const std::int64_t height = this->input().height, width = this->input().width, channels = this->input().channels;
    return {{"weight",
             {out, in},
             {out, channels, height, width},
             {1, out, width * channels * out, channels * out},
             {scheme_, false, in, out}},
            {"bias", {out}, {out, 1, 1, 1}, {1, 0, 0, 0}, {scheme_, true, in, out}}};
  }

  [[nodiscard]] LayerNeeds needs() const override {
    return {.packed = std::is_same_v<T, float> ? shape_.weights_size() : 0, .whole_batch_gradient = true};
  }

  void pack(const T* values, T* packed, int part, bool backward) const override {
    if constexpr (std::is_same_v<T, float>) {
      if (backward) kernels::dense_pack_backward(shape_, values, packed, part, kPackParts);
    }
  }

  void forward(const Block<T>& block, const LayerParameters<T>& parameters, const T* in, T* out,
               std::uint8_t* /*cache*/) const override {
    kernels::dense_forward(shape_, block.images, in, weights(parameters), out);
  }

  void backward(const Block<T>& block, const LayerParameters<T>& parameters,
                const BackwardArrays<T>& arrays) const override {
    if (arrays.din != nullptr)
      kernels::dense_backward_data(shape_, block.images, arrays.dout, weights(parameters), arrays.din);
  }

  [[nodiscard]] int gradient_tasks() const override { return 1 + (shape_.inputs + kRowsPerTask - 1) / kRowsPerTask; }

  void gradient_task(int task, int images, const T* in, const T* dout, bool accumulate, T* dparameters) const override {
    if (task == 0) {
      kernels::dense_backward_bias(shape_, images, dout, accumulate, dparameters + shape_.weights_size());
      return;
    }
    const int first = (task - 1) * kRowsPerTask;
    const int last = std::min(first + kRowsPerTask, shape_.inputs);
    kernels::dense_backward_weights(shape_, images, in, dout, first, last, accumulate, dparameters);
  }

  void inputs_of(const LayerPoint<T>& at, std::int64_t output, std::vector<LocalTerm<T>>& terms) const override {
    for (std::int64_t i = 0; i < shape_.inputs; ++i) {
      const std::int64_t weight = i * shape_.outputs + output;
      terms.push_back({i, weight, at.values[weight]});
    }
  }

  void outputs_of(const LayerPoint<T>& at, std::int64_t input, std::vector<LocalTerm<T>>& terms) const override {
    for (std::int64_t o = 0; o < shape_.outputs; ++o) {
      const std::int64_t weight = input * shape_.outputs + o;
      terms.push_back({o, weight, at.values[weight]});
    }
  }

  void outputs_of_parameter(const LayerPoint<T>& at, std::int64_t parameter,
                            std::vector<LocalTerm<T>>& terms) const override {
    const bool is_bias = parameter >= shape_.weights_size();
    terms.push_back({parameter % shape_.outputs, parameter, is_bias ? T{1} : at.in[parameter / shape_.outputs]});
  }

  [[nodiscard]] std::int64_t bias_of(std::int64_t output) const override { return shape_.weights_size() + output; }

 private:
  [[nodiscard]] kernels::DenseWeights<T> weights(const LayerParameters<T>& parameters) const {
    return {parameters.values, parameters.values + shape_.weights_size(), parameters.packed};
  }

  kernels::DenseShape shape_;
  InitializationScheme scheme_;
};

template <class T>
core::Result<std::unique_ptr<Layer<T>>> make(std::span<const double> values, const Shape& input) {
  if (!input.flat)
    return core::Error{core::fill(
        "needs a flat vector, but its input is a feature map of {}; put a flatten layer before it", to_string(input))};
  const auto scheme = static_cast<InitializationScheme>(static_cast<int>(values[1]));
  return std::unique_ptr<Layer<T>>(std::make_unique<Dense<T>>(static_cast<int>(values[0]), scheme, input));
}

}  // namespace

LayerType dense() {
  return {&kInfo, make<float>, make<double>};
}

}  // namespace descent::nn
