// SPDX-License-Identifier: MIT
// Operation<T>: what a network runs, bound to its input shape. Stateless: everything it works on is handed to it, so
// any number of threads may run it at once on different images. It sees the batch in blocks of a few images that stay
// in the caches of one core; only what it says in needs() is kept between forward and backward.
// Layer<T>: an operation that people see and put together, and which can say what each of its outputs owes to each
// input and parameter. One more layer is one file that defines its LayerType (parameters, help and factories) and one
// line in layers/catalog.cpp. What replaces several layers in a plan is an operation alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/kernels/conv2d.h"
#include "engine/kernels/pool2d.h"
#include "engine/nn/initialization.h"
#include "engine/nn/spec.h"

namespace descent::nn {

// One parameter tensor of a layer. Its elements are numbered by up to four torch indices (a, b, c, d), the last one
// fastest; element (a, b, c, d) lies at a * strides[0] + b * strides[1] + … in the arena.
struct ParameterLayout {
  std::string_view name;                  // "weight", "bias"
  std::vector<std::int64_t> torch_shape;  // as torch shows it
  std::array<std::int64_t, 4> extents{1, 1, 1, 1};
  std::array<std::int64_t, 4> strides{0, 0, 0, 0};
  Initialization initialization;

  [[nodiscard]] std::int64_t size() const { return extents[0] * extents[1] * extents[2] * extents[3]; }
};

struct LayerNeeds {
  std::int64_t cache_bytes = 0;    // an image, kept from forward to backward
  std::int64_t packed = 0;         // elements of re-arranged parameters, made by pack() once per step
  std::int64_t scratch_bytes = 0;  // working memory for a block of kBlockImages
  bool in_place = false;           // forward may run with out == in, backward with din == dout
  bool keeps_output = false;       // backward reads out
  bool identity = false;           // out has the elements of in: nothing runs at all
  // Parameter gradients are made after the backward pass, from `in` and `dout` of the whole batch, by gradient_tasks()
  // independent tasks; otherwise backward() adds each block's share.
  bool whole_batch_gradient = false;
};

// LayerTraits are what the planner may know about a layer, to let one operation stand for several.
struct LayerTraits {
  const kernels::Conv2dShape* convolution = nullptr;
  const kernels::Pool2dShape* max_pooling = nullptr;
  bool relu = false;
};

// Most images of a block.
inline constexpr int kBlockImages = 4;

// A Block is what a call works on: images [first_image, first_image + images) of the batch.
template <class T>
struct Block {
  int images = 0;
  std::int64_t first_image = 0;
  bool training = false;          // dropout is on
  std::uint64_t dropout_key = 0;  // differs from step to step and from layer to layer
  std::byte* scratch = nullptr;   // (needs().scratch_bytes), aligned to a cache line
};

template <class T>
struct LayerParameters {
  const T* values = nullptr;  // in the order of parameters(), one after the other
  const T* packed = nullptr;  // (needs().packed)
};

template <class T>
struct BackwardArrays {
  const T* in = nullptr;                // (images, input().size())
  const T* out = nullptr;               // (images, output().size()); only when needs().keeps_output
  const T* dout = nullptr;              // (images, output().size())
  T* din = nullptr;                     // (images, input().size()), overwritten; nullptr when nobody wants it
  T* dparameters = nullptr;             // added to; nullptr with whole_batch_gradient, and when nobody wants it
  const std::uint8_t* cache = nullptr;  // (images, needs().cache_bytes)
};

// pack() is cut into this many shares, so that threads can split a large matrix.
inline constexpr int kPackParts = 8;

template <class T>
class Operation {
 public:
  Operation(const Shape& input, const Shape& output) : input_(input), output_(output) {}
  virtual ~Operation() = default;
  Operation(const Operation&) = delete;
  Operation& operator=(const Operation&) = delete;

  [[nodiscard]] const Shape& input() const { return input_; }
  [[nodiscard]] const Shape& output() const { return output_; }
  [[nodiscard]] virtual std::vector<ParameterLayout> parameters() const { return {}; }
  [[nodiscard]] virtual LayerNeeds needs() const { return {}; }

  // Makes share `part` of kPackParts of the packed parameters; `backward` says whether a backward pass will follow.
  virtual void pack(const T* /*values*/, T* /*packed*/, int /*part*/, bool /*backward*/) const {}

  // in: (images, input().size()), out: (images, output().size()), cache: (images, needs().cache_bytes).
  virtual void forward(const Block<T>& block, const LayerParameters<T>& parameters, const T* in, T* out,
                       std::uint8_t* cache) const = 0;
  virtual void backward(const Block<T>& block, const LayerParameters<T>& parameters,
                        const BackwardArrays<T>& arrays) const = 0;

  // Both are for layers with whole_batch_gradient. in: (images, input().size()), dout: (images, output().size()) of all
  // images; dparameters is overwritten, or added to when `accumulate`.
  [[nodiscard]] virtual int gradient_tasks() const { return 0; }
  virtual void gradient_task(int /*task*/, int /*images*/, const T* /*in*/, const T* /*dout*/, bool /*accumulate*/,
                             T* /*dparameters*/) const {}

 private:
  Shape input_;
  Shape output_;
};

// One image at a layer after the forward pass with dropout off: the point at which derivatives are asked for.
template <class T>
struct LayerPoint {
  const T* values = nullptr;            // the layer's parameters
  const T* in = nullptr;                // (input().size())
  const T* out = nullptr;               // (output().size())
  const std::uint8_t* cache = nullptr;  // (needs().cache_bytes)
};

// One entry of a layer's local Jacobian: what an output owes to an input or to a parameter. Units are indices into
// (height, width, channels), parameters into the layer's own, in the order of parameters().
template <class T>
struct LocalTerm {
  std::int64_t unit = 0;        // the other end
  std::int64_t parameter = -1;  // the weight on the way; -1: none
  T derivative = 0;
};

template <class T>
class Layer : public Operation<T> {
 public:
  using Operation<T>::Operation;

  [[nodiscard]] virtual LayerTraits traits() const { return {}; }

  // All of these append to `terms`.
  // A row of the local Jacobian, ∂out[output]/∂in[unit]: a term for each input that the output reads, in the order of
  // memory. Padding is no input. What a window looks at and passes over (max pooling) is a term with derivative 0.
  virtual void inputs_of(const LayerPoint<T>& at, std::int64_t output, std::vector<LocalTerm<T>>& terms) const = 0;
  // A column of it, ∂out[unit]/∂in[input]: the same terms, for each output that reads the input.
  virtual void outputs_of(const LayerPoint<T>& at, std::int64_t input, std::vector<LocalTerm<T>>& terms) const = 0;
  // ∂out[unit]/∂parameter for each output that the parameter has a part in. Where a weight meets padding, the
  // derivative is 0.
  virtual void outputs_of_parameter(const LayerPoint<T>& /*at*/, std::int64_t /*parameter*/,
                                    std::vector<LocalTerm<T>>& /*terms*/) const {}
  // The parameter that is added to this output as it is; -1: none.
  [[nodiscard]] virtual std::int64_t bias_of(std::int64_t /*output*/) const { return -1; }
};

// A kind of layer: what people read about it, and how to make one for an input shape. values: in the order of
// info->parameters, already checked against their limits. An error says what does not fit, without naming the layer.
struct LayerType {
  const LayerInfo* info = nullptr;
  core::Result<std::unique_ptr<Layer<float>>> (*make_float)(std::span<const double> values,
                                                            const Shape& input) = nullptr;
  core::Result<std::unique_ptr<Layer<double>>> (*make_double)(std::span<const double> values,
                                                              const Shape& input) = nullptr;
};

template <class T>
core::Result<std::unique_ptr<Layer<T>>> make_layer(const LayerType& type, std::span<const double> values,
                                                   const Shape& input) {
  if constexpr (std::is_same_v<T, float>) {
    return type.make_float(values, input);
  } else {
    return type.make_double(values, input);
  }
}

// nullptr when there is no such layer.
[[nodiscard]] const LayerType* find_layer_type(std::string_view name);

}  // namespace descent::nn
