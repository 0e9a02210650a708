// SPDX-License-Identifier: MIT
// dropout: while training out = in · keep / (1 − rate) with keep = 0 for a random share `rate` of the elements;
// otherwise out = in ("inverted dropout": nothing to rescale later). Srivastava et al., "Dropout: a simple way to
// prevent neural networks from overfitting", JMLR 15, 2014. The mask is a hash of (key, image, element): the same for
// any split of the batch over threads.
#include <algorithm>

#include "engine/kernels/elementwise.h"
#include "engine/nn/layer.h"

namespace descent::nn {
namespace {

const core::ParamSpec kParameters[] = {
    {.name = "rate",
     .default_value = 0.5,
     .minimum = 0,
     .maximum = 0.95,
     .doc = "Share of the values set to zero at random in each training step. More works against overfitting and slows "
            "learning; 0 switches it off.",
     .slider_minimum = 0,
     .slider_maximum = 0.9},
};

const LayerInfo kInfo{
    .name = "dropout",
    .title = "Dropout",
    .brief = "Drop",
    .formula = "out = in · keep / (1 − rate), keep = 0 with probability rate",
    .doc =
        "Silences random values while training, so that no unit can rely on a particular other one. Does nothing when "
        "the network is evaluated.",
    .parameters = kParameters,
};

template <class T>
class Dropout final : public Layer<T> {
 public:
  Dropout(double rate, const Shape& input) : Layer<T>(input, input), rate_(rate) {}

  [[nodiscard]] LayerNeeds needs() const override { return {.cache_bytes = this->input().size(), .in_place = true}; }

  void forward(const Block<T>& block, const LayerParameters<T>& /*parameters*/, const T* in, T* out,
               std::uint8_t* cache) const override {
    const std::int64_t size = this->input().size();
    if (!block.training) {
      if (out != in) std::copy(in, in + block.images * size, out);
      return;
    }
    for (int n = 0; n < block.images; ++n)
      kernels::dropout_mask(size, rate_, image_key(block.dropout_key, block.first_image + n), cache + n * size);
    kernels::dropout_apply(block.images * size, in, cache, scale(), out);
  }

  void backward(const Block<T>& block, const LayerParameters<T>& /*parameters*/,
                const BackwardArrays<T>& arrays) const override {
    if (arrays.din == nullptr) return;
    const std::int64_t size = block.images * this->input().size();
    if (!block.training) {
      if (arrays.din != arrays.dout) std::copy(arrays.dout, arrays.dout + size, arrays.din);
      return;
    }
    kernels::dropout_apply(size, arrays.dout, arrays.cache, scale(), arrays.din);
  }

  void inputs_of(const LayerPoint<T>& /*at*/, std::int64_t output, std::vector<LocalTerm<T>>& terms) const override {
    terms.push_back({output, -1, T{1}});
  }
  void outputs_of(const LayerPoint<T>& /*at*/, std::int64_t input, std::vector<LocalTerm<T>>& terms) const override {
    terms.push_back({input, -1, T{1}});
  }

 private:
  static std::uint64_t image_key(std::uint64_t key, std::int64_t image) {
    return key + (static_cast<std::uint64_t>(image) + 1) * 0x9E3779B97F4A7C15ULL;
  }
  [[nodiscard]] T scale() const { return static_cast<T>(1.0 / (1.0 - rate_)); }

  double rate_;
};

template <class T>
core::Result<std::unique_ptr<Layer<T>>> make(std::span<const double> values, const Shape& input) {
  return std::unique_ptr<Layer<T>>(std::make_unique<Dropout<T>>(values[0], input));
}

}  // namespace

LayerType dropout() {
  return {&kInfo, make<float>, make<double>};
}

}  // namespace descent::nn
