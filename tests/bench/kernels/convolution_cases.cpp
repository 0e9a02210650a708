// SPDX-License-Identifier: MIT
// The two convolutions of the reference network: the separate layers, and fused with ReLU and pooling. In the fused
// cases a third of the pooled cells is alive, as after an epoch of training.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>

#include "engine/core/aligned.h"
#include "engine/core/rng.h"
#include "engine/kernels/conv2d.h"
#include "engine/kernels/conv2d_pool.h"
#include "engine/kernels/winograd.h"
#include "tests/bench/kernels/cases.h"

namespace descent::bench {

std::vector<float> random_floats(std::int64_t n, double low, double high) {
  core::Rng rng(7);
  std::vector<float> values(static_cast<std::size_t>(n));
  for (float& value : values) value = static_cast<float>(rng.uniform(low, high));
  return values;
}

namespace {

using Floats = std::vector<float>;
using kernels::Conv2dPoolShape;
using kernels::Conv2dShape;
using kernels::ForwardMethod;

constexpr Conv2dShape kConv1{28, 28, 1, 32, 3, 1, 0}, kConv2{13, 13, 32, 64, 3, 1, 0};
constexpr double kFloat = sizeof(float);

double direct_madds(const Conv2dShape& s) {
  return static_cast<double>(s.out_height() * s.out_width()) * static_cast<double>(s.weights_size());
}

struct Convolution {
  Conv2dShape s;
  Floats in, weights, bias, dout, forward, backward, out, din, dweights, dbias, scratch;

  explicit Convolution(const Conv2dShape& shape)
      : s(shape),
        in(random_floats(s.in_size() * kBlock)),
        weights(random_floats(s.weights_size())),
        bias(random_floats(s.out_channels)),
        dout(random_floats(s.out_size() * kBlock)),
        forward(weights.size()),
        backward(weights.size()),
        out(dout.size()),
        din(in.size()),
        dweights(weights.size()),
        dbias(bias.size()),
        scratch(static_cast<std::size_t>(s.scratch_size())) {
    kernels::conv2d_pack_forward(s, weights.data(), forward.data());
    kernels::conv2d_pack_backward(s, weights.data(), backward.data());
  }
  [[nodiscard]] kernels::Conv2dWeights<float> packed() const {
    return {weights.data(), bias.data(), forward.data(), backward.data()};
  }
  void run_forward() { kernels::conv2d_forward(s, kBlock, in.data(), packed(), out.data(), scratch.data()); }
  void run_data() { kernels::conv2d_backward_data(s, kBlock, dout.data(), packed(), din.data(), scratch.data()); }
  void run_weights() {
    kernels::conv2d_backward_weights(s, kBlock, in.data(), dout.data(), dweights.data(), dbias.data(), scratch.data());
  }
};

struct Fused {
  Conv2dPoolShape s;
  Floats in, weights, bias, dout, panels, rows, out, din, dweights, dbias;
  std::vector<std::uint8_t> winners;
  core::AlignedVector<std::byte> scratch;

  explicit Fused(const Conv2dPoolShape& shape)
      : s(shape),
        in(random_floats(s.conv.in_size() * kBlock)),
        weights(random_floats(s.conv.weights_size())),
        bias(static_cast<std::size_t>(s.conv.out_channels), -0.42F * std::sqrt(static_cast<float>(s.window_size()))),
        dout(random_floats(s.out_size() * kBlock)),
        panels(static_cast<std::size_t>(kernels::conv2d_pool_forward_size(s))),
        rows(weights.size()),
        out(dout.size()),
        din(in.size()),
        dweights(weights.size()),
        dbias(bias.size()),
        winners(dout.size()),
        scratch(static_cast<std::size_t>(kernels::conv2d_pool_scratch_bytes(s, kBlock))) {
    kernels::conv2d_pool_pack_forward(s, weights.data(), 0, 1, panels.data());
    kernels::conv2d_pool_pack_backward(s, weights.data(), 0, 1, rows.data());
    run_forward();
  }
  void run_forward() {
    kernels::conv2d_pool_forward(s, kBlock, in.data(), panels.data(), bias.data(), out.data(), winners.data(),
                                 scratch.data());
  }
  void run_data() {
    kernels::conv2d_pool_backward_data(s, kBlock, dout.data(), winners.data(), rows.data(), din.data(), scratch.data());
  }
  void run_weights() {
    kernels::conv2d_pool_backward_weights(s, kBlock, in.data(), dout.data(), winners.data(), dweights.data(),
                                          dbias.data(), scratch.data());
  }
  [[nodiscard]] double alive_share() const {
    const auto dead = std::count(winners.begin(), winners.end(), kernels::kDeadCell);
    return 1 - static_cast<double>(dead) / static_cast<double>(winners.size());
  }
};

// A pass of a fixture that is built from `shape`.
template <class Fixture, class Shape>
std::function<Call()> maker(const Shape& shape, void (Fixture::*pass)()) {
  return [shape, pass]() -> Call {
    const auto fixture = std::make_shared<Fixture>(shape);
    return [fixture, pass] { ((*fixture).*pass)(); };
  };
}

void add_convolution(Cases& cases, const char* name, const Conv2dShape& s, bool data) {
  const double madds = direct_madds(s);
  const double bytes = kFloat * static_cast<double>(s.in_size() + s.out_size());
  cases.push_back({name, "forward", kBlock, madds, madds, bytes, maker(s, &Convolution::run_forward), {}});
  if (data) cases.push_back({name, "backward data", kBlock, madds, madds, bytes, maker(s, &Convolution::run_data), {}});
  cases.push_back({name, "backward weights", kBlock, madds, madds, bytes, maker(s, &Convolution::run_weights), {}});
}

// Multiply-adds of the products alone.
std::int64_t winograd_madds(const Conv2dPoolShape& s) {
  return kernels::winograd_weights_size(s.conv) * s.cells();
}

void add_fused_case(Cases& cases, const char* name, const Conv2dPoolShape& s, bool data) {
  const double madds = direct_madds(s.conv);
  const double window = static_cast<double>(s.window_size());
  const double outputs = static_cast<double>(s.out_size()) * s.pool_kernel * s.pool_kernel;
  const double read = kernels::uses_winograd(s) ? static_cast<double>(winograd_madds(s)) : window * outputs;
  const double alive = window * static_cast<double>(s.out_size()) * Fused(s).alive_share();
  const double bytes =
      kFloat * static_cast<double>(s.conv.in_size()) + (kFloat + 1) * static_cast<double>(s.out_size());
  cases.push_back({name, "forward", kBlock, madds, read, bytes, maker(s, &Fused::run_forward), {}});
  if (data) cases.push_back({name, "backward data", kBlock, madds, alive, bytes, maker(s, &Fused::run_data), {}});
  cases.push_back({name, "backward weights", kBlock, madds, alive, bytes, maker(s, &Fused::run_weights), {}});
}

}  // namespace

void add_convolutions(Cases& cases) {
  add_convolution(cases, "conv1", kConv1, false);
  add_convolution(cases, "conv2", kConv2, true);
}

void add_fused(Cases& cases) {
  add_fused_case(cases, "conv1+relu+pool", {kConv1, 2, 2}, false);
  add_fused_case(cases, "conv2+relu+pool", {kConv2, 2, 2}, true);
}

void add_methods(Cases& cases) {
  for (const int inputs : {4, 8, 16, 32, 64})
    for (const int outputs : {4, 8, 16, 32, 64})
      for (const auto method : {ForwardMethod::direct, ForwardMethod::winograd}) {
        const Conv2dPoolShape s{{13, 13, inputs, outputs, 3, 1, 0}, 2, 2, method};
        const double madds = direct_madds(s.conv);
        cases.push_back({"method " + std::to_string(inputs) + "->" + std::to_string(outputs),
                         method == ForwardMethod::direct ? "direct" : "winograd",
                         kBlock,
                         madds,
                         madds,
                         0,
                         maker(s, &Fused::run_forward),
                         {},
                         true});
      }
}

}  // namespace descent::bench
