// SPDX-License-Identifier: MIT
// With z = W x: R{z} = W R{x} + V x, and back R{dx} = Wᵀ R{dz} + Vᵀ dz, R{dW} = R{dz} xᵀ + dz R{x}ᵀ: the operation's
// own passes, run with W and with V in its place. A function y = f(x) of one number: R{y} = f' R{x}, which is its own
// way back, and R{dx} = f' R{dy} + dy R{f'}, where only tanh and the sigmoid have a slope that moves.
#include "engine/inspect/tangent.h"

#include <algorithm>
#include <type_traits>

namespace descent::inspect {
namespace {

// Eight sums at once, so that vectors can be used.
float dot(const float* a, const float* b, int n) {
  constexpr int kSums = 8;
  float sums[kSums] = {}, rest = 0;
  int i = 0;
  for (; i + kSums <= n; i += kSums)
    for (int j = 0; j < kSums; ++j) sums[j] += a[i + j] * b[i + j];
  for (; i < n; ++i) rest += a[i] * b[i];
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7])) + rest;
}

// The part of a convolution's window that lies inside the image; `row` numbers of each of its rows follow each other.
struct Window {
  std::int64_t image = 0, weights = 0;  // first elements
  int rows = 0, row = 0;

  Window(const kernels::Conv2dShape& s, int y, int x) {
    const int top = y * s.stride - s.padding, left = x * s.stride - s.padding;
    const int ky = std::max(0, -top), kx = std::max(0, -left);
    rows = std::max(0, std::min(s.kernel, s.height - top) - ky);
    row = std::max(0, std::min(s.kernel, s.width - left) - kx) * s.in_channels;
    image = (std::int64_t{top + ky} * s.width + left + kx) * s.in_channels;
    weights = (std::int64_t{ky} * s.kernel + kx) * s.in_channels;
  }

  [[nodiscard]] float sum(const kernels::Conv2dShape& s, const float* in, const float* taps) const {
    float total = 0;
    for (int r = 0; r < rows; ++r)
      total += dot(in + image + std::int64_t{r} * s.width * s.in_channels,
                   taps + weights + std::int64_t{r} * s.kernel * s.in_channels, row);
    return total;
  }
};

}  // namespace

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
  if (kind_ == Kind::fused) return forward_fused(block, parameters, in, cache, tangent);
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

// Only where a pooled cell is alive does anything change, and there at the position that won: a third of the cells, a
// quarter of the positions. A channel's weights stay in the first-level cache while the cells pass.
template <class T>
void TangentRule<T>::forward_fused(const nn::Block<T>& block, const TangentParameters<T>& parameters, const T* in,
                                   const std::uint8_t* winners, const TangentArrays<T>& tangent) const {
  if constexpr (std::is_same_v<T, float>) {
    const kernels::Conv2dShape& conv = fused_.conv;
    const int channels = conv.out_channels, columns = fused_.out_width();
    const float* bias = parameters.along.values + conv.weights_size();
    for (int n = 0; n < block.images; ++n) {
      const float* image = in + n * conv.in_size();
      const float* moved = tangent.in == nullptr ? nullptr : tangent.in + n * conv.in_size();
      const std::uint8_t* codes = winners + n * fused_.out_size();
      float* out = tangent.out + n * fused_.out_size();
      for (int o = 0; o < channels; ++o) {
        const float* along = parameters.rows_along + o * fused_.window_size();
        const float* at = parameters.rows_at + o * fused_.window_size();
        for (int cell = 0; cell < fused_.cells(); ++cell) {
          const int code = codes[cell * channels + o];
          float sum = 0;
          if (code != kernels::kDeadCell) {
            const Window window(conv, cell / columns * fused_.pool_stride + code / fused_.pool_kernel,
                                cell % columns * fused_.pool_stride + code % fused_.pool_kernel);
            sum = bias[o] + window.sum(conv, image, along);
            if (moved != nullptr) sum += window.sum(conv, moved, at);
          }
          out[cell * channels + o] = sum;
        }
      }
    }
  }
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
