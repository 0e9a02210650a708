// SPDX-License-Identifier: MIT
// Checks a layer's backward pass against central differences of its forward pass, in double: with fixed random r the
// scalar L = Σ r · out has dL/dout = r, and (L(x + h) − L(x − h)) / 2h must equal what backward() says for every input
// and every parameter. h = cbrt(epsilon) · max(1, |x|) balances truncation and rounding; the error left is about 1e-10.
// The caller chooses inputs away from kinks (0 for relu, ties for max pooling).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/rng.h"
#include "engine/nn/layer.h"

namespace descent::testing {

struct GradientErrors {
  double inputs = 0;  // largest |numeric − analytic| / max(1, |numeric|)
  double parameters = 0;
};

// Runs one layer by hand: all memory it needs, forward and backward; dropout is on while `training`.
template <class T>
class LayerHarness {
 public:
  LayerHarness(const nn::Operation<T>& layer, int images, std::uint64_t seed, bool training = true)
      : layer_(layer), images_(images), training_(training) {
    core::Rng rng(seed);
    const auto size = [](std::int64_t n) { return static_cast<std::size_t>(n); };
    std::int64_t parameters = 0;
    for (const nn::ParameterLayout& p : layer.parameters()) parameters += p.size();
    values.resize(size(parameters));
    for (T& value : values) value = static_cast<T>(rng.uniform(-1, 1));
    in.resize(size(images * layer.input().size()));
    out.resize(size(images * layer.output().size()));
    r.resize(out.size());
    for (T& value : in) value = static_cast<T>(rng.uniform(-1, 1));
    for (T& value : r) value = static_cast<T>(rng.uniform(-1, 1));
    packed_.resize(size(layer.needs().packed));
    scratch_.resize(size(layer.needs().scratch_bytes));
    cache.resize(size(images * layer.needs().cache_bytes));
  }

  T loss() {
    for (int part = 0; part < nn::kPackParts; ++part) layer_.pack(values.data(), packed_.data(), part, true);
    layer_.forward(block(), {values.data(), packed_.data()}, in.data(), out.data(), cache.data());
    T sum = 0;
    for (std::size_t i = 0; i < out.size(); ++i) sum += r[i] * out[i];
    return sum;
  }

  // Fills din and dvalues; loss() must have run at the present point.
  void backward() {
    din.assign(in.size(), std::numeric_limits<T>::quiet_NaN());
    dvalues.assign(values.size(), 0);
    nn::BackwardArrays<T> arrays{in.data(), out.data(), r.data(), din.data(), nullptr, cache.data()};
    if (!layer_.needs().whole_batch_gradient) arrays.dparameters = dvalues.data();
    layer_.backward(block(), {values.data(), packed_.data()}, arrays);
    for (int task = 0; task < layer_.gradient_tasks(); ++task)
      layer_.gradient_task(task, images_, in.data(), r.data(), false, dvalues.data());
  }

  std::vector<T> values, in, out, r, din, dvalues;
  std::vector<std::uint8_t> cache;

 private:
  nn::Block<T> block() {
    return {.images = images_, .first_image = 3, .training = training_, .dropout_key = 77, .scratch = scratch_.data()};
  }

  const nn::Operation<T>& layer_;
  int images_;
  bool training_;
  std::vector<T> packed_;
  core::AlignedVector<std::byte> scratch_;
};

// Largest relative difference between `analytic` and central differences of loss() over the variables x. NaN counts as
// infinitely wrong.
template <class Loss>
double worst_difference(std::vector<double>& x, const std::vector<double>& analytic, const Loss& loss) {
  const double step = std::cbrt(std::numeric_limits<double>::epsilon());
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double original = x[i], h = step * std::max(1.0, std::abs(original));
    x[i] = original + h;
    const double above = loss();
    x[i] = original - h;
    const double below = loss();
    x[i] = original;
    const double numeric = (above - below) / (2 * h);
    const double error = std::abs(numeric - analytic[i]) / std::max(1.0, std::abs(numeric));
    worst = error <= worst ? worst : error;
    if (!(error >= 0)) return std::numeric_limits<double>::infinity();
  }
  return worst;
}

inline GradientErrors check_gradients(LayerHarness<double>& harness) {
  harness.loss();
  harness.backward();
  const std::vector<double> din = harness.din, dvalues = harness.dvalues;
  const auto loss = [&] { return harness.loss(); };
  return {worst_difference(harness.in, din, loss), worst_difference(harness.values, dvalues, loss)};
}

}  // namespace descent::testing
