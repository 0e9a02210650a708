// SPDX-License-Identifier: MIT
// The reference network's ReLU, pooling and dense layers.
#include <cstdint>
#include <memory>

#include "engine/kernels/dense.h"
#include "engine/kernels/elementwise.h"
#include "engine/kernels/pool2d.h"
#include "tests/bench/kernels/cases.h"

namespace descent::bench {
namespace {

using Floats = std::vector<float>;

constexpr double kFloat = sizeof(float);

struct Pooling {
  kernels::Pool2dShape s;
  std::int64_t n = s.in_size() * kBlock;
  Floats in = random_floats(n), dout = random_floats(s.out_size() * kBlock), out = dout, din = in, active = in;
  std::vector<std::uint8_t> winners = std::vector<std::uint8_t>(dout.size());

  void relu_forward() { kernels::relu_forward(n, in.data(), active.data()); }
  void relu_backward() { kernels::relu_backward(n, active.data(), in.data(), din.data()); }
  void forward() { kernels::max_pool2d_forward(s, kBlock, in.data(), out.data(), winners.data()); }
  void backward() { kernels::max_pool2d_backward(s, kBlock, dout.data(), winners.data(), din.data()); }
};

void add_stage(Cases& cases, const char* name, const kernels::Pool2dShape& s) {
  const auto add = [&](const char* pass, double bytes, void (Pooling::*run)()) {
    const auto make = [s, run]() -> Call {
      const auto fixture = std::make_shared<Pooling>(Pooling{s});
      return [fixture, run] { ((*fixture).*run)(); };
    };
    cases.push_back({name, pass, kBlock, 0, 0, bytes, make, {}});
  };
  const double map = kFloat * static_cast<double>(s.in_size());
  const double pooled = (kFloat + 1) * static_cast<double>(s.out_size());
  add("relu forward", 2 * map, &Pooling::relu_forward);
  add("relu backward", 3 * map, &Pooling::relu_backward);
  add("pool forward", map + pooled, &Pooling::forward);
  add("pool backward", map + pooled, &Pooling::backward);
}

// Forward and data passes work on a block of images, packing and weight gradients on the batch.
struct Dense {
  kernels::DenseShape s;
  int batch;
  Floats in = random_floats(std::int64_t{s.inputs} * batch), dout = random_floats(std::int64_t{s.outputs} * batch);
  Floats weights = random_floats(s.weights_size()), bias = random_floats(s.outputs);
  Floats panels = weights, out = dout, din = in, dweights = weights;

  // thin() leaves only this share of the inputs other than 0, as a ReLU would.
  void thin(double alive) {
    const Floats dice = random_floats(static_cast<std::int64_t>(in.size()), 0, 1);
    for (std::size_t i = 0; i < in.size(); ++i)
      if (dice[(i * 7919) % in.size()] >= alive) in[i] = 0;
  }
  [[nodiscard]] kernels::DenseWeights<float> packed() const { return {weights.data(), bias.data(), panels.data()}; }
  void pack() { kernels::dense_pack_backward(s, weights.data(), panels.data(), 0, 1); }
  void forward() { kernels::dense_forward(s, kBlock, in.data(), packed(), out.data()); }
  void backward_data() { kernels::dense_backward_data(s, kBlock, dout.data(), packed(), din.data()); }
  void backward_weights() {
    kernels::dense_backward_weights(s, batch, in.data(), dout.data(), 0, s.inputs, false, dweights.data());
  }
};

void add_dense_layer(Cases& cases, const char* name, const kernels::DenseShape& s, int batch, double alive) {
  const auto add = [&](const char* pass, int images, double madds, double bytes, void (Dense::*run)()) {
    const auto make = [s, batch, alive, run]() -> Call {
      const auto fixture = std::make_shared<Dense>(Dense{s, batch});
      fixture->thin(alive);
      fixture->pack();
      return [fixture, run] { ((*fixture).*run)(); };
    };
    const double done = run == &Dense::backward_data ? madds : madds * alive;
    cases.push_back({name, pass, images, madds, done, bytes, make, {}});
  };
  const double madds = static_cast<double>(s.weights_size());
  const double weights = kFloat * madds, rows = kFloat * (s.inputs + s.outputs);
  add("pack", batch, 0, 2 * weights / batch, &Dense::pack);
  add("forward", kBlock, madds, weights / kBlock + rows, &Dense::forward);
  add("backward data", kBlock, madds, weights / kBlock + rows, &Dense::backward_data);
  add("backward weights", batch, madds, weights / batch + rows, &Dense::backward_weights);
}

}  // namespace

void add_pooling(Cases& cases) {
  add_stage(cases, "stage 1", {26, 26, 32, 2, 2, 0});
  add_stage(cases, "stage 2", {11, 11, 64, 2, 2, 0});
}

void add_dense(Cases& cases) {
  add_dense_layer(cases, "dense1, no zeros", {1600, 128}, 32, 1);
  add_dense_layer(cases, "dense1, 30 % alive", {1600, 128}, 32, 0.3);
  add_dense_layer(cases, "dense2", {128, 10}, 32, 1);
}

}  // namespace descent::bench
