// SPDX-License-Identifier: MIT
// TangentRule<T>: what becomes of a small change of the weights on its way through one planned operation, and what
// becomes of the way back: the operator R of Pearlmutter, "Fast exact multiplication by the Hessian", Neural
// Computation 6, 1994. With R{w} = v it turns a gradient into the Hessian's product R{∇L} = H v. Nothing is
// approximated.
// Kinks: a ReLU that is shut and a cell that lost in its pooling window stay so, which is the Hessian of the smooth
// piece that the weights lie in. What the loss does at a kink itself has no part in it, as in PyTorch.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/kernels/conv2d_pool.h"
#include "engine/nn/plan.h"

namespace descent::inspect {

// The weights of an operation and the direction in which they move.
template <class T>
struct TangentParameters {
  nn::LayerParameters<T> at, along;
  const T* without_bias = nullptr;  // at.values with biases of 0
  const T* rows_at = nullptr;       // (rows_size()), from make_rows()
  const T* rows_along = nullptr;
};

// TangentArrays are how much the arrays change. A null pointer stands for zeros: nothing changes before the first
// weights.
template <class T>
struct TangentArrays {
  const T* in = nullptr;
  T* out = nullptr;   // forward: overwritten; backward: read
  T* dout = nullptr;  // overwritten when din is the same array
  T* din = nullptr;
  T* spare = nullptr;  // room for the larger of in and out, of a block
};

template <class T>
class TangentRule {
 public:
  // step: planned from these layers, which must outlive this. type: the first layer's name.
  TangentRule(const std::vector<std::unique_ptr<nn::Layer<T>>>& layers, const nn::Step<T>& step, std::string_view type);

  // Elements of the weights in the order in which fused convolutions are followed; 0 of other operations.
  [[nodiscard]] std::int64_t rows_size() const;
  void make_rows(const T* values, T* rows) const;

  // After the operation's own forward pass: tangent.out. in, out, cache: of that pass. Where the operation ran in place
  // `in` is `out`.
  void forward(const nn::Block<T>& block, const TangentParameters<T>& parameters, const T* in, const T* out,
               const std::uint8_t* cache, const TangentArrays<T>& tangent) const;
  // Both ways back at once: tangent.din from tangent.dout, arrays.din from arrays.dout, and what the direction adds to
  // arrays.dparameters (the tangent of the gradient, not the gradient itself).
  void backward(const nn::Block<T>& block, const TangentParameters<T>& parameters, const nn::BackwardArrays<T>& arrays,
                const TangentArrays<T>& tangent) const;

 private:
  enum class Kind : std::uint8_t { linear, weights, fused, relu, tanh, sigmoid, max_pooling };

  void forward_pool(int images, const std::uint8_t* winners, const TangentArrays<T>& tangent) const;

  const nn::Operation<T>* operation_;
  std::int64_t bias_;  // where it begins in the operation's parameters
  Kind kind_ = Kind::linear;
  kernels::Conv2dPoolShape fused_;
  kernels::Pool2dShape pool_;
};

extern template class TangentRule<float>;
extern template class TangentRule<double>;

}  // namespace descent::inspect
