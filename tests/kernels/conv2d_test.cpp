// SPDX-License-Identifier: MIT
// The SIMD convolution against the plain loops in double: extents, channels, kernels, strides, paddings and dilations
// around the tile's sizes, the one-channel kernels, several images, misaligned pointers, canaries.
#include "engine/kernels/conv2d.h"

#include <doctest/doctest.h>

#include "engine/kernels/conv2d_reference.h"
#include "tests/kernels/arrays.h"

using namespace descent;
using kernels::Conv2dShape;
using testing::Guarded;

namespace {

constexpr double kBroken = std::numeric_limits<double>::infinity();

// Everything one comparison needs, for one shape.
struct Setup {
  Conv2dShape s;
  int images;
  Guarded<float> in, weights, bias, dout, forward, backward, scratch;

  Setup(core::Rng& rng, const Conv2dShape& shape, int image_count, int misalignment)
      : s(shape),
        images(image_count),
        in(testing::random_array(rng, s.in_size() * images, misalignment)),
        weights(testing::random_array(rng, s.weights_size(), misalignment)),
        bias(testing::random_array(rng, s.out_channels, misalignment)),
        dout(testing::random_array(rng, s.out_size() * images, misalignment)),
        forward(s.weights_size(), misalignment),
        backward(s.weights_size(), misalignment),
        scratch(s.scratch_size(), misalignment) {
    kernels::conv2d_pack_forward(s, weights.data(), forward.data());
    kernels::conv2d_pack_backward(s, weights.data(), backward.data());
  }
  [[nodiscard]] kernels::Conv2dWeights<float> parameters() const {
    return {weights.data(), bias.data(), forward.data(), backward.data()};
  }
  [[nodiscard]] bool intact() const { return forward.intact() && backward.intact() && scratch.intact(); }
  [[nodiscard]] int taps() const { return s.kernel * s.kernel; }
};

double forward_excess(Setup& t) {
  Guarded<float> out(t.s.out_size() * t.images, 1);
  kernels::conv2d_forward(t.s, t.images, t.in.data(), t.parameters(), out.data(), t.scratch.data());
  std::vector<double> expected(out.size()), magnitude(out.size());
  kernels::reference::conv2d_forward(t.s, t.images, testing::as_double(t.in).data(),
                                     testing::as_double(t.weights).data(), testing::as_double(t.bias).data(),
                                     expected.data());
  kernels::reference::conv2d_forward(t.s, t.images, testing::magnitudes(t.in).data(),
                                     testing::magnitudes(t.weights).data(), testing::magnitudes(t.bias).data(),
                                     magnitude.data());
  if (!out.intact() || !t.intact()) return kBroken;
  return testing::excess(out.span(), expected, magnitude, t.taps() * t.s.in_channels);
}

double data_excess(Setup& t) {
  Guarded<float> din(t.s.in_size() * t.images, 2);
  std::fill(din.data(), din.data() + din.size(), 99.0F);  // must be overwritten
  kernels::conv2d_backward_data(t.s, t.images, t.dout.data(), t.parameters(), din.data(), t.scratch.data());
  std::vector<double> expected(din.size()), magnitude(din.size());
  kernels::reference::conv2d_backward_data(t.s, t.images, testing::as_double(t.dout).data(),
                                           testing::as_double(t.weights).data(), expected.data());
  kernels::reference::conv2d_backward_data(t.s, t.images, testing::magnitudes(t.dout).data(),
                                           testing::magnitudes(t.weights).data(), magnitude.data());
  if (!din.intact() || !t.intact()) return kBroken;
  return testing::excess(din.span(), expected, magnitude, t.taps() * t.s.out_channels);
}

double weights_excess(Setup& t) {
  Guarded<float> dweights(t.s.weights_size(), 3), dbias(t.s.out_channels, 1);
  std::fill(dweights.data(), dweights.data() + dweights.size(), 0.5F);  // must be added to
  std::fill(dbias.data(), dbias.data() + dbias.size(), 0.25F);
  std::vector<double> expected = testing::as_double(dweights), magnitude = expected;
  std::vector<double> expected_bias = testing::as_double(dbias), magnitude_bias = expected_bias;
  kernels::conv2d_backward_weights(t.s, t.images, t.in.data(), t.dout.data(), dweights.data(), dbias.data(),
                                   t.scratch.data());
  kernels::reference::conv2d_backward_weights(t.s, t.images, testing::as_double(t.in).data(),
                                              testing::as_double(t.dout).data(), expected.data(), expected_bias.data());
  kernels::reference::conv2d_backward_weights(t.s, t.images, testing::magnitudes(t.in).data(),
                                              testing::magnitudes(t.dout).data(), magnitude.data(),
                                              magnitude_bias.data());
  if (!dweights.intact() || !dbias.intact() || !t.intact()) return kBroken;
  const int additions = t.s.out_height() * t.s.out_width() * t.images;
  return std::max(testing::excess(dweights.span(), expected, magnitude, additions),
                  testing::excess(dbias.span(), expected_bias, magnitude_bias, additions));
}

// Calls fn for many shapes: all combinations of small ones, then some larger ones.
template <class Fn>
void for_each_shape(const Fn& fn) {
  for (int kernel : {1, 2, 3, 5})
    for (int stride : {1, 2, 3})
      for (int padding : {0, 1, 2})
        for (int channels : {1, 2, 5})
          for (int out_channels : {1, 4, 7, 8, 13}) {
            const int height = kernel + channels, width = kernel + out_channels;
            fn(Conv2dShape{height, width, channels, out_channels, kernel, stride, padding});
          }
  for (int width = 3; width <= 18; ++width) fn(Conv2dShape{5, width, 3, 9, 3, 1, 0});
  fn(Conv2dShape{28, 28, 1, 32, 3, 1, 0});
  fn(Conv2dShape{13, 13, 32, 64, 3, 1, 0});
  fn(Conv2dShape{7, 7, 1, 6, 7, 1, 3});
  fn(Conv2dShape{1, 1, 17, 17, 1, 1, 0});
  fn(Conv2dShape{3, 2, 4, 3, 1, 4, 0});
  for (int dilation : {2, 3, 5})
    for (int kernel : {1, 2, 3})
      for (int stride : {1, 2})
        for (int padding : {0, 2})
          for (int channels : {1, 3, 8})
            for (int out_channels : {1, 5, 8, 12}) {
              const int height = dilation * (kernel - 1) + 1 + channels % 3, width = height + out_channels % 6;
              fn(Conv2dShape{height, width, channels, out_channels, kernel, stride, padding, dilation});
            }
  fn(Conv2dShape{28, 28, 1, 32, 3, 1, 0, 2});
  fn(Conv2dShape{13, 13, 32, 64, 3, 1, 2, 2});
  fn(Conv2dShape{29, 30, 1, 4, 15, 1, 0, 2});
}

}  // namespace

TEST_CASE("convolution forward agrees with the definition") {
  core::Rng rng(1);
  int misalignment = 0;
  for_each_shape([&](const Conv2dShape& s) {
    Setup setup(rng, s, 2, misalignment++ % 4);
    INFO(s.height, "x", s.width, "x", s.in_channels, " -> ", s.out_channels, ", kernel ", s.kernel, " stride ",
         s.stride, " padding ", s.padding, " dilation ", s.dilation);
    CHECK(forward_excess(setup) <= 1);
  });
}

TEST_CASE("convolution's gradient of the data agrees with the definition") {
  core::Rng rng(2);
  int misalignment = 0;
  for_each_shape([&](const Conv2dShape& s) {
    Setup setup(rng, s, 2, misalignment++ % 4);
    INFO(s.height, "x", s.width, "x", s.in_channels, " -> ", s.out_channels, ", kernel ", s.kernel, " stride ",
         s.stride, " padding ", s.padding, " dilation ", s.dilation);
    CHECK(data_excess(setup) <= 1);
  });
}

TEST_CASE("convolution's gradient of the weights agrees with the definition") {
  core::Rng rng(3);
  int misalignment = 0;
  for_each_shape([&](const Conv2dShape& s) {
    Setup setup(rng, s, 2, misalignment++ % 4);
    INFO(s.height, "x", s.width, "x", s.in_channels, " -> ", s.out_channels, ", kernel ", s.kernel, " stride ",
         s.stride, " padding ", s.padding, " dilation ", s.dilation);
    CHECK(weights_excess(setup) <= 1);
  });
}

TEST_CASE("no images is no work") {
  core::Rng rng(4);
  Setup setup(rng, {5, 5, 2, 3, 3, 1, 1}, 0, 0);
  CHECK(forward_excess(setup) == 0);
  CHECK(data_excess(setup) == 0);
  CHECK(weights_excess(setup) == 0);
}

TEST_CASE("the comparison of convolutions sees a wrong weight") {
  core::Rng rng(5);
  Setup setup(rng, {6, 6, 3, 9, 3, 1, 0}, 1, 0);
  setup.forward[7] += 1e-3F;
  setup.backward[7] += 1e-3F;
  CHECK(forward_excess(setup) > 1);
  CHECK(data_excess(setup) > 1);
}

TEST_CASE("the definition itself: a window of ones sums its surroundings") {
  const Conv2dShape s{3, 3, 1, 1, 3, 1, 1};
  const std::vector<double> in{1, 2, 3, 4, 5, 6, 7, 8, 9}, weights(9, 1.0), bias{0.5};
  std::vector<double> out(9);
  kernels::reference::conv2d_forward(s, 1, in.data(), weights.data(), bias.data(), out.data());
  CHECK(out == std::vector<double>{12.5, 21.5, 16.5, 27.5, 45.5, 33.5, 24.5, 39.5, 28.5});
}

TEST_CASE("the definition itself: a dilated window reads every second pixel") {
  const Conv2dShape s{3, 4, 1, 1, 2, 1, 0, 2};
  CHECK(s.span() == 3);
  CHECK(s.out_height() == 1);
  CHECK(s.out_width() == 2);
  const std::vector<double> in{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, weights{1, 10, 100, 1000}, bias{0};
  std::vector<double> out(2);
  kernels::reference::conv2d_forward(s, 1, in.data(), weights.data(), bias.data(), out.data());
  CHECK(out == std::vector<double>{1 + 30 + 900 + 11000, 2 + 40 + 1000 + 12000});
}
