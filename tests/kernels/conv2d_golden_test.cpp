// SPDX-License-Identifier: MIT
// Convolutions with stride, padding and dilation, forward and back, against PyTorch (golden/inspect.json): the plain
// loops in double and the SIMD kernels.
#include <doctest/doctest.h>

#include <cstddef>
#include <type_traits>
#include <vector>

#include "engine/kernels/conv2d.h"
#include "tests/support/close.h"
#include "tests/support/inspect_arrays.h"

using namespace descent;
using testing::close;
using testing::Json;

namespace {

template <class T>
std::vector<T> array(std::int64_t size, int number) {
  return testing::formula_array<T>(size, 0, 0.5, number);
}

kernels::Conv2dShape shape_of(const Json& golden) {
  const std::vector<int> s = golden["shape"];
  return {s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]};
}

template <class T>
void check_array(const std::vector<T>& actual, const Json& golden, double tolerance) {
  const std::vector<double> expected = golden;
  CHECK(close(std::span<const T>(actual), std::span<const double>(expected), tolerance, tolerance));
}

template <class T>
void check_convolution(const Json& golden, double tolerance) {
  const kernels::Conv2dShape s = shape_of(golden);
  const std::vector<int> out_shape{s.out_height(), s.out_width(), s.out_channels};
  CHECK(out_shape == golden["out_shape"].get<std::vector<int>>());
  const std::vector<T> in = array<T>(s.in_size(), 0), weights = array<T>(s.weights_size(), 1);
  const std::vector<T> bias = array<T>(s.out_channels, 2), dout = array<T>(s.out_size(), 3);
  std::vector<T> out(dout.size()), din(in.size()), dweights(weights.size()), dbias(bias.size());
  std::vector<T> forward(weights.size()), backward(weights.size());
  std::vector<T> scratch(static_cast<std::size_t>(s.scratch_size()));
  if constexpr (std::is_same_v<T, float>) {
    kernels::conv2d_pack_forward(s, weights.data(), forward.data());
    kernels::conv2d_pack_backward(s, weights.data(), backward.data());
  }
  const kernels::Conv2dWeights<T> parameters{weights.data(), bias.data(), forward.data(), backward.data()};
  kernels::conv2d_forward(s, 1, in.data(), parameters, out.data(), scratch.data());
  kernels::conv2d_backward_data(s, 1, dout.data(), parameters, din.data(), scratch.data());
  kernels::conv2d_backward_weights(s, 1, in.data(), dout.data(), dweights.data(), dbias.data(), scratch.data());
  check_array(out, golden["out"], tolerance);
  check_array(din, golden["din"], tolerance);
  check_array(dweights, golden["dweights"], tolerance);
  check_array(dbias, golden["dbias"], tolerance);
}

}  // namespace

TEST_CASE("convolutions agree with PyTorch, dilated ones too") {
  const Json golden = testing::load_golden("inspect.json");
  REQUIRE(!golden.is_null());
  REQUIRE(golden["convolutions"].size() >= 5);
  for (const Json& convolution : golden["convolutions"]) {
    CAPTURE(convolution["shape"].dump());
    check_convolution<double>(convolution, 2e-8);
    check_convolution<float>(convolution, 5e-6);
  }
}
