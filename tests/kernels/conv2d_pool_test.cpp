// SPDX-License-Identifier: MIT
// The fused convolution, ReLU and max pooling against the separate reference loops in double: windows, strides,
// paddings, gaps between pooling windows, one and several channels, several images, canaries; exact winners, dead
// cells, ties.
#include "engine/kernels/conv2d_pool.h"

#include <doctest/doctest.h>

#include "engine/kernels/conv2d_reference.h"
#include "engine/kernels/elementwise.h"
#include "engine/kernels/pool2d_reference.h"
#include "tests/kernels/arrays.h"

using namespace descent;
using kernels::Conv2dPoolShape;
using kernels::ForwardMethod;
using testing::Guarded;

namespace {

constexpr double kBroken = std::numeric_limits<double>::infinity();
constexpr int kImages = 3;

kernels::Pool2dShape pool_of(const Conv2dPoolShape& s) {
  return {s.conv.out_height(), s.conv.out_width(), s.conv.out_channels, s.pool_kernel, s.pool_stride, 0};
}

std::size_t size(std::int64_t n) {
  return static_cast<std::size_t>(n);
}

// Inputs, what the fused kernels make of them, and the separate layers in double.
struct Setup {
  Conv2dPoolShape s;
  Guarded<float> in, weights, bias, dout, panels, rows, out, din, dweights, dbias;
  std::vector<std::uint8_t> winners;
  std::vector<std::max_align_t> scratch;

  Setup(core::Rng& rng, const Conv2dPoolShape& shape, int misalignment)
      : s(shape),
        in(testing::random_array(rng, s.conv.in_size() * kImages, misalignment)),
        weights(testing::random_array(rng, s.conv.weights_size(), misalignment)),
        bias(testing::random_array(rng, s.conv.out_channels, misalignment)),
        dout(testing::random_array(rng, s.out_size() * kImages, misalignment)),
        panels(kernels::conv2d_pool_forward_size(s), 1),
        rows(s.conv.weights_size(), 2),
        out(s.out_size() * kImages, 3),
        din(s.conv.in_size() * kImages, 1),
        dweights(testing::random_array(rng, s.conv.weights_size(), 2)),
        dbias(testing::random_array(rng, s.conv.out_channels, 3)),
        winners(size(s.out_size() * kImages)),
        scratch(size(kernels::conv2d_pool_scratch_bytes(s, kImages)) / sizeof(std::max_align_t) + 1) {
    pack();
  }

  // pack() works in three shares, as threads would.
  void pack() {
    for (int part = 0; part < 3; ++part) {
      kernels::conv2d_pool_pack_forward(s, weights.data(), part, 3, panels.data());
      kernels::conv2d_pool_pack_backward(s, weights.data(), part, 3, rows.data());
    }
  }

  std::byte* memory() { return reinterpret_cast<std::byte*>(scratch.data()); }
  void forward() {
    kernels::conv2d_pool_forward(s, kImages, in.data(), panels.data(), bias.data(), out.data(), winners.data(),
                                 memory());
  }
  void backward() {
    kernels::conv2d_pool_backward_weights(s, kImages, in.data(), dout.data(), winners.data(), dweights.data(),
                                          dbias.data(), memory());
    kernels::conv2d_pool_backward_data(s, kImages, dout.data(), winners.data(), rows.data(), din.data(), memory());
  }
  [[nodiscard]] bool intact() const {
    return panels.intact() && rows.intact() && out.intact() && din.intact() && dweights.intact() && dbias.intact();
  }
};

// The gradient of the convolution's output that the recorded winners stand for, with `dout` as given.
std::vector<double> spread(const Setup& t, const std::vector<double>& dout) {
  std::vector<double> alive = dout, spread(size(t.s.conv.out_size() * kImages));
  for (std::size_t i = 0; i < alive.size(); ++i)
    if (t.winners[i] == kernels::kDeadCell) alive[i] = 0;
  kernels::reference::max_pool2d_backward(pool_of(t.s), kImages, alive.data(), t.winners.data(), spread.data());
  return spread;
}

double forward_excess(Setup& t) {
  const kernels::Conv2dShape& conv = t.s.conv;
  const auto run = [&](const std::vector<double>& in, const std::vector<double>& weights,
                       const std::vector<double>& bias) {
    std::vector<double> map(size(conv.out_size() * kImages)), out(t.out.size());
    std::vector<std::uint8_t> winners(t.out.size());
    kernels::reference::conv2d_forward(conv, kImages, in.data(), weights.data(), bias.data(), map.data());
    kernels::relu_forward(static_cast<std::int64_t>(map.size()), map.data(), map.data());
    kernels::reference::max_pool2d_forward(pool_of(t.s), kImages, map.data(), out.data(), winners.data());
    return out;
  };
  t.forward();
  const auto expected = run(testing::as_double(t.in), testing::as_double(t.weights), testing::as_double(t.bias));
  const auto magnitude = run(testing::magnitudes(t.in), testing::magnitudes(t.weights), testing::magnitudes(t.bias));
  for (std::size_t i = 0; i < t.out.size(); ++i)
    if ((t.winners[i] == kernels::kDeadCell) != (t.out[i] == 0)) return kBroken;
  return t.intact() ? testing::excess(t.out.span(), expected, magnitude, static_cast<int>(t.s.window_size())) : kBroken;
}

// backward_excess() comes after forward_excess().
double backward_excess(Setup& t) {
  const kernels::Conv2dShape& conv = t.s.conv;
  std::vector<double> dweights = testing::as_double(t.dweights), dweights_size = testing::magnitudes(t.dweights);
  std::vector<double> dbias = testing::as_double(t.dbias), dbias_size = testing::magnitudes(t.dbias);
  std::vector<double> din(t.din.size()), din_size(t.din.size());
  const std::vector<double> dmap = spread(t, testing::as_double(t.dout)),
                            dmap_size = spread(t, testing::magnitudes(t.dout));
  kernels::reference::conv2d_backward_weights(conv, kImages, testing::as_double(t.in).data(), dmap.data(),
                                              dweights.data(), dbias.data());
  kernels::reference::conv2d_backward_weights(conv, kImages, testing::magnitudes(t.in).data(), dmap_size.data(),
                                              dweights_size.data(), dbias_size.data());
  kernels::reference::conv2d_backward_data(conv, kImages, dmap.data(), testing::as_double(t.weights).data(),
                                           din.data());
  kernels::reference::conv2d_backward_data(conv, kImages, dmap_size.data(), testing::magnitudes(t.weights).data(),
                                           din_size.data());
  t.backward();
  if (!t.intact()) return kBroken;
  const int cells = t.s.cells() * kImages;
  return std::max({testing::excess(t.dweights.span(), dweights, dweights_size, cells),
                   testing::excess(t.dbias.span(), dbias, dbias_size, cells),
                   testing::excess(t.din.span(), din, din_size, t.s.conv.out_channels * 4)});
}

template <class Fn>
void for_each_shape(const Fn& fn) {
  for (int kernel : {1, 2, 3})
    for (int stride : {1, 2})
      for (int padding : {0, 1})
        for (int channels : {1, 3, 6})
          for (int out_channels : {1, 5, 8, 13})
            for (int pool : {1, 2, 3})
              for (int gap : {0, 1}) {
                const int height = kernel + stride * (2 * pool + gap), width = height + out_channels % 4;
                fn(Conv2dPoolShape{{height, width, channels, out_channels, kernel, stride, padding}, pool, pool + gap});
              }
  fn(Conv2dPoolShape{{28, 28, 1, 32, 3, 1, 0}, 2, 2});
  fn(Conv2dPoolShape{{13, 13, 32, 64, 3, 1, 0}, 2, 2});
  fn(Conv2dPoolShape{{9, 9, 17, 4, 3, 1, 1}, 3, 3});
  fn(Conv2dPoolShape{{7, 7, 1, 6, 7, 1, 3}, 2, 2});
  for (const auto method : {ForwardMethod::direct, ForwardMethod::winograd})
    for (int channels : {4, 8, 12, 20})
      for (int out_channels : {4, 8, 12, 28})
        for (int padding : {0, 1})
          for (int side : {4, 5, 9, 14})
            fn(Conv2dPoolShape{{side, side + padding, channels, out_channels, 3, 1, padding}, 2, 2, method});
  fn(Conv2dPoolShape{{6, 80, 4, 8, 3, 1, 0}, 2, 2, ForwardMethod::winograd});  // a row of more tiles than a strip
}

// patch_magnitude() is what Winograd's transforms may add up for one output, over the whole 4x4 patch under its tile: Σ
// over input channels of (Σ |patch|) (Σ |taps|).
std::vector<double> patch_magnitude(const Setup& t) {
  const kernels::Conv2dShape& conv = t.s.conv;
  std::vector<double> magnitude(t.out.size());
  std::size_t at = 0;
  for (int n = 0; n < kImages; ++n)
    for (int y = 0; y < t.s.out_height(); ++y)
      for (int x = 0; x < t.s.out_width(); ++x)
        for (int o = 0; o < conv.out_channels; ++o, ++at)
          for (int i = 0; i < conv.in_channels; ++i) {
            double patch = 0, taps = 0;
            for (int k = 0; k < 16; ++k)
              patch += std::abs(
                  t.in[size(n * conv.in_size() +
                            (std::int64_t{2 * y + k / 4} * conv.width + 2 * x + k % 4) * conv.in_channels + i)]);
            for (int k = 0; k < 9; ++k)
              taps += std::abs(t.weights[size((std::int64_t{k} * conv.in_channels + i) * conv.out_channels + o)]);
            magnitude[at] += patch * taps;
          }
  return magnitude;
}

double winograd_excess(Setup& t) {
  const kernels::Conv2dShape& conv = t.s.conv;
  std::vector<double> map(size(conv.out_size() * kImages)), expected(t.out.size());
  std::vector<std::uint8_t> winners(t.out.size());
  kernels::reference::conv2d_forward(conv, kImages, testing::as_double(t.in).data(),
                                     testing::as_double(t.weights).data(), testing::as_double(t.bias).data(),
                                     map.data());
  kernels::relu_forward(static_cast<std::int64_t>(map.size()), map.data(), map.data());
  kernels::reference::max_pool2d_forward(pool_of(t.s), kImages, map.data(), expected.data(), winners.data());
  t.forward();
  std::vector<double> magnitude = patch_magnitude(t);
  for (double& m : magnitude) m += 2;  // the bias
  return t.intact() ? testing::excess(t.out.span(), expected, magnitude, conv.in_channels) : kBroken;
}

}  // namespace

TEST_CASE("the fused convolution agrees with the separate layers, forward and backward") {
  core::Rng rng(1);
  int misalignment = 0;
  for_each_shape([&](const Conv2dPoolShape& s) {
    Setup setup(rng, s, misalignment++ % 4);
    INFO(s.conv.height, "x", s.conv.width, "x", s.conv.in_channels, " -> ", s.conv.out_channels, ", kernel ",
         s.conv.kernel, " stride ", s.conv.stride, " padding ", s.conv.padding, ", pool ", s.pool_kernel, " stride ",
         s.pool_stride);
    CHECK(forward_excess(setup) <= 1);
    CHECK(backward_excess(setup) <= 1);
  });
}

TEST_CASE("ties go to the first position, and cells of zeros are dead") {
  core::Rng rng(2);
  Setup t(rng, {{4, 4, 1, 2, 1, 1, 0}, 2, 2}, 0);
  std::fill(t.in.data(), t.in.data() + t.in.size(), 1.0F);
  t.weights[0] = 2;  // channel 0: all outputs equal and positive
  t.weights[1] = 0;  // channel 1: all outputs zero
  t.bias[0] = t.bias[1] = 0;
  t.pack();
  t.forward();
  for (std::size_t i = 0; i < t.winners.size(); ++i) {
    CHECK(t.winners[i] == (i % 2 == 0 ? 0 : kernels::kDeadCell));
    CHECK(t.out[i] == (i % 2 == 0 ? 2.0F : 0.0F));
  }
}

TEST_CASE("Winograd's error stays within its bound when magnitudes differ wildly") {
  core::Rng rng(4);
  Setup t(rng, {{12, 12, 8, 16, 3, 1, 0}, 2, 2, ForwardMethod::winograd}, 1);
  const auto scatter = [&](Guarded<float>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) values[i] *= static_cast<float>(std::pow(10.0, rng.uniform(-6, 6)));
  };
  scatter(t.in);
  scatter(t.weights);
  t.pack();
  CHECK(winograd_excess(t) <= 1);
  // Large values that cancel: equal sizes, signs at random.
  for (std::size_t i = 0; i < t.in.size(); ++i) t.in[i] = rng.uniform() < 0.5 ? 1e6F : -1e6F;
  CHECK(winograd_excess(t) <= 1);
  for (std::size_t i = 0; i < t.panels.size(); i += 7) t.panels[i] *= 1 + 1e-3F;
  CHECK(winograd_excess(t) > 1);
}

TEST_CASE("a weight that is not a number reaches every output of its channel and no other") {
  for (const auto method : {ForwardMethod::direct, ForwardMethod::winograd}) {
    core::Rng rng(5);
    Setup t(rng, {{8, 8, 4, 8, 3, 1, 0}, 2, 2, method}, 0);
    t.weights[5] = std::numeric_limits<float>::quiet_NaN();
    t.pack();
    t.forward();
    for (std::size_t i = 0; i < t.out.size(); ++i) CHECK(std::isnan(t.out[i]) == (i % 8 == 5));
  }
}

TEST_CASE("the comparison of the fused kernels sees a wrong winner and a wrong weight") {
  core::Rng rng(3);
  Setup t(rng, {{9, 9, 3, 9, 3, 1, 0}, 2, 2}, 0);
  CHECK(forward_excess(t) <= 1);
  t.rows[4] += 1e-3F;
  CHECK(backward_excess(t) > 1);
  Setup u(rng, {{9, 9, 3, 9, 3, 1, 0}, 2, 2}, 0);
  u.panels[5] += 1e-3F;
  CHECK(forward_excess(u) > 1);
}
