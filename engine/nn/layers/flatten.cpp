// SPDX-License-Identifier: MIT
// flatten: a feature map becomes a vector. The memory order stays H, W, C, so nothing moves; the shape remembers the
// map's extents for the dense layer that follows.
#include <algorithm>

#include "engine/nn/layer.h"

namespace descent::nn {
namespace {

const LayerInfo kInfo{
    .name = "flatten",
    .title = "Flatten",
    .brief = "Flat",
    .formula = "out[(y·w + x)·c + k] = in[y][x][k]",
    .doc = "Reads the feature map as one long vector, which is what fully connected layers take.",
    .parameters = {},
};

template <class T>
class Flatten final : public Layer<T> {
 public:
  explicit Flatten(const Shape& input) : Layer<T>(input, {input.height, input.width, input.channels, true}) {}

  [[nodiscard]] LayerNeeds needs() const override { return {.in_place = true, .identity = true}; }

  // The planner lets an identity share its input's memory and runs nothing; alone it has to copy.
  void forward(const Block<T>& block, const LayerParameters<T>& /*parameters*/, const T* in, T* out,
               std::uint8_t* /*cache*/) const override {
    if (out != in) std::copy(in, in + block.images * this->input().size(), out);
  }

  void backward(const Block<T>& block, const LayerParameters<T>& /*parameters*/,
                const BackwardArrays<T>& arrays) const override {
    if (arrays.din == nullptr || arrays.din == arrays.dout) return;
    std::copy(arrays.dout, arrays.dout + block.images * this->input().size(), arrays.din);
  }

  void inputs_of(const LayerPoint<T>& /*at*/, std::int64_t output, std::vector<LocalTerm<T>>& terms) const override {
    terms.push_back({output, -1, T{1}});
  }
  void outputs_of(const LayerPoint<T>& /*at*/, std::int64_t input, std::vector<LocalTerm<T>>& terms) const override {
    terms.push_back({input, -1, T{1}});
  }
};

template <class T>
core::Result<std::unique_ptr<Layer<T>>> make(std::span<const double> /*values*/, const Shape& input) {
  return std::unique_ptr<Layer<T>>(std::make_unique<Flatten<T>>(input));
}

}  // namespace

LayerType flatten() {
  return {&kInfo, make<float>, make<double>};
}

}  // namespace descent::nn
