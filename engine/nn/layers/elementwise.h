// SPDX-License-Identifier: MIT
// ElementwiseLayer: what relu, tanh and sigmoid have in common. The backward pass needs only the output, so the forward
// pass may overwrite its input.
#pragma once

#include <memory>

#include "engine/nn/layer.h"

namespace descent::nn {

// Function has kIsRelu and static forward(n, in, out) and backward(n, out, dout, din) for float and double.
template <class T, class Function>
class ElementwiseLayer final : public Layer<T> {
 public:
  explicit ElementwiseLayer(const Shape& input) : Layer<T>(input, input) {}

  [[nodiscard]] LayerNeeds needs() const override { return {.in_place = true, .keeps_output = true}; }
  [[nodiscard]] LayerTraits traits() const override { return {.relu = Function::kIsRelu}; }

  void forward(const Block<T>& block, const LayerParameters<T>& /*parameters*/, const T* in, T* out,
               std::uint8_t* /*cache*/) const override {
    Function::forward(block.images * this->input().size(), in, out);
  }

  void backward(const Block<T>& block, const LayerParameters<T>& /*parameters*/,
                const BackwardArrays<T>& arrays) const override {
    if (arrays.din != nullptr)
      Function::backward(block.images * this->input().size(), arrays.out, arrays.dout, arrays.din);
  }

  // The slope is what the backward pass makes of 1.
  void inputs_of(const LayerPoint<T>& at, std::int64_t output, std::vector<LocalTerm<T>>& terms) const override {
    const T one = 1;
    T slope = 0;
    Function::backward(1, at.out + output, &one, &slope);
    terms.push_back({output, -1, slope});
  }
  void outputs_of(const LayerPoint<T>& at, std::int64_t input, std::vector<LocalTerm<T>>& terms) const override {
    inputs_of(at, input, terms);
  }

  static core::Result<std::unique_ptr<Layer<T>>> make(std::span<const double> /*values*/, const Shape& input) {
    return std::unique_ptr<Layer<T>>(std::make_unique<ElementwiseLayer>(input));
  }
};

}  // namespace descent::nn
