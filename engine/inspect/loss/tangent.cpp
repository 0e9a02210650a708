// SPDX-License-Identifier: MIT
// With z = W x: R{z} = W R{x} + V x, and back R{dx} = Wᵀ R{dz} + Vᵀ dz, R{dW} = R{dz} xᵀ + dz R{x}ᵀ: the operation's
// own passes, run with W and with V in its place. A function y = f(x) of one number: R{y} = f' R{x}, which is its own
// way back, and R{dx} = f' R{dy} + dy R{f'}, where only tanh and the sigmoid have a slope that moves.
#include "engine/inspect/loss/tangent.h"

#include <algorithm>
#include <type_traits>

namespace descent::inspect {
template <class T>
TangentRule<T>::TangentRule(const std::vector<std::unique_ptr<nn::Layer<T>>>& layers, const nn::Step<T>& step,
                            std::string_view type)
    : operation_(step.operation), bias_(step.parameter_count - step.operation->output().channels) {
  const nn::LayerTraits traits = layers[static_cast<std::size_t>(step.first_layer)]->traits();
  if (step.last_layer > step.first_layer) {
    const kernels::Pool2dShape& pool = *layers[static_cast<std::size_t>(step.last_layer)]->traits().max_pooling;
    fused_ = {*traits.convolution, pool.kernel, pool.stride};
    kind_ = Kind::fused;
  } else if (step.parameter_count > 0) {
    kind_ = Kind::weights;
  } else if (traits.max_pooling != nullptr) {
    pool_ = *traits.max_pooling;
    kind_ = Kind::max_pooling;
  } else if (traits.relu) {
    kind_ = Kind::relu;
  } else if (type == "tanh") {
    kind_ = Kind::tanh;
  } else if (type == "sigmoid") {
    kind_ = Kind::sigmoid;
  }
}

template <class T>
std::int64_t TangentRule<T>::rows_size() const {
  return kind_ == Kind::fused ? fused_.conv.weights_size() : 0;
}

template <class T>
void TangentRule<T>::make_rows(const T* values, T* rows) const {
  if constexpr (std::is_same_v<T, float>) {
    if (kind_ == Kind::fused) kernels::conv2d_pool_pack_backward(fused_, values, 0, 1, rows);
  }
}

template <class T>
void TangentRule<T>::forward(const nn::Block<T>& block, const TangentParameters<T>& parameters, const T* in,
                             const T* out, const std::uint8_t* cache, const TangentArrays<T>& tangent) const {
  const std::int64_t size = block.images * operation_->output().size();
  if constexpr (std::is_same_v<T, float>) {
    if (kind_ == Kind::fused)
      return kernels::conv2d_pool_tangent(fused_, block.images, in, tangent.in, cache,
                                          {parameters.at.values, parameters.rows_at},
                                          {parameters.along.values, parameters.rows_along},
                                          parameters.along.values + fused_.conv.weights_size(), tangent.out);
  }
  if (kind_ == Kind::weights) {
    operation_->forward(block, parameters.along, in, tangent.out, nullptr);
    if (tangent.in == nullptr) return;
    operation_->forward(block, {parameters.without_bias, parameters.at.packed}, tangent.in, tangent.spare, nullptr);
    for (std::int64_t i = 0; i < size; ++i) tangent.out[i] += tangent.spare[i];
    return;
  }
  if (tangent.in == nullptr) {
    std::fill(tangent.out, tangent.out + size, T{0});
  } else if (kind_ == Kind::max_pooling) {
    forward_pool(block.images, cache, tangent);
  } else if (kind_ == Kind::linear) {
    operation_->forward(block, {}, tangent.in, tangent.out, nullptr);
  } else {
    operation_->backward(block, {}, {.out = out, .dout = tangent.in, .din = tangent.out});
  }
}

template <class T>
void TangentRule<T>::backward(const nn::Block<T>& block, const TangentParameters<T>& parameters,
                              const nn::BackwardArrays<T>& arrays, const TangentArrays<T>& tangent) const {
  const std::int64_t in_size = block.images * operation_->input().size();
  nn::BackwardArrays<T> moved = arrays;
  moved.dout = tangent.dout;
  moved.din = tangent.din;
  operation_->backward(block, parameters.at, moved);
  if (kind_ == Kind::weights || kind_ == Kind::fused) {
    nn::BackwardArrays<T> turned = arrays;
    turned.in = tangent.in;
    turned.din = tangent.din == nullptr ? nullptr : tangent.spare;
    if (tangent.in == nullptr) turned.dparameters = nullptr;
    // The bias, which lies last, has no second term.
    T* bias = arrays.dparameters == nullptr ? nullptr : arrays.dparameters + bias_;
    const std::vector<T> kept(bias, bias == nullptr ? bias : bias + operation_->output().channels);
    operation_->backward(block, parameters.along, turned);
    std::copy(kept.begin(), kept.end(), bias);
    if (tangent.din != nullptr)
      for (std::int64_t i = 0; i < in_size; ++i) tangent.din[i] += tangent.spare[i];
  } else if (tangent.din != nullptr && (kind_ == Kind::tanh || kind_ == Kind::sigmoid)) {
    // The slopes are 1 − y² and y (1 − y).
    const T first = kind_ == Kind::tanh ? T{0} : T{1};
    for (std::int64_t i = 0; i < in_size; ++i)
      tangent.din[i] += arrays.dout[i] * (first - 2 * arrays.out[i]) * tangent.out[i];
  }
  if (arrays.din == nullptr) return;
  nn::BackwardArrays<T> own = arrays;
  own.dparameters = nullptr;
  operation_->backward(block, parameters.at, own);
}

template <class T>
void TangentRule<T>::forward_pool(int images, const std::uint8_t* winners, const TangentArrays<T>& tangent) const {
  const T* in = tangent.in;
  T* out = tangent.out;
  for (int n = 0; n < images; ++n, in += pool_.in_size())
    for (int y = 0; y < pool_.out_height(); ++y)
      for (int x = 0; x < pool_.out_width(); ++x)
        for (int c = 0; c < pool_.channels; ++c) {
          const int code = *winners++;
          const std::int64_t row = y * pool_.stride - pool_.padding + code / pool_.kernel;
          const std::int64_t column = x * pool_.stride - pool_.padding + code % pool_.kernel;
          *out++ = in[(row * pool_.width + column) * pool_.channels + c];
        }
}

template class TangentRule<float>;
template class TangentRule<double>;

}  // namespace descent::inspect
