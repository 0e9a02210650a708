// SPDX-License-Identifier: MIT
// SIMD pooling against the plain loops: many shapes, overlapping and gapped windows, padding, ties, NaN, canaries. Max
// pooling moves values and must agree exactly.
#include "engine/kernels/pool2d.h"

#include <doctest/doctest.h>

#include "engine/kernels/pool2d_reference.h"
#include "tests/kernels/arrays.h"

using namespace descent;
using kernels::Pool2dShape;
using testing::Guarded;

namespace {

template <class Fn>
void for_each_shape(const Fn& fn) {
  for (int kernel : {1, 2, 3, 5})
    for (int stride : {1, 2, 3})
      for (int padding = 0; padding <= kernel / 2; ++padding)
        for (int channels : {1, 3, 4, 5, 8, 9})
          for (int extra : {0, 1, 4})
            fn(Pool2dShape{kernel + extra, kernel + 2 * extra, channels, kernel, stride, padding});
  fn(Pool2dShape{26, 26, 32, 2, 2, 0});
  fn(Pool2dShape{11, 11, 64, 2, 2, 0});
  fn(Pool2dShape{15, 15, 2, 15, 15, 7});
}

// Few different values, so that windows are full of ties.
Guarded<float> tied_array(core::Rng& rng, std::int64_t size, int misalignment) {
  Guarded<float> array(size, misalignment);
  for (std::size_t i = 0; i < array.size(); ++i) array[i] = static_cast<float>(rng.below(3)) - 1;
  return array;
}

bool max_pool_agrees(const Pool2dShape& s, int images, const Guarded<float>& in, core::Rng& rng) {
  const std::int64_t size = s.out_size() * images;
  Guarded<float> out(size, 1), expected(size), din(s.in_size() * images, 3), expected_din(s.in_size() * images);
  const Guarded<float> dout = testing::random_array(rng, size, 2);
  constexpr std::uint8_t kCanary = 0xA5;
  std::vector<std::uint8_t> winners(static_cast<std::size_t>(size) + 16, kCanary), expected_winners(winners);
  std::fill(din.data(), din.data() + din.size(), 99.0F);
  kernels::max_pool2d_forward(s, images, in.data(), out.data(), winners.data());
  kernels::reference::max_pool2d_forward(s, images, in.data(), expected.data(), expected_winners.data());
  kernels::max_pool2d_backward(s, images, dout.data(), winners.data(), din.data());
  kernels::reference::max_pool2d_backward(s, images, dout.data(), expected_winners.data(), expected_din.data());
  const auto same_bits = [](const Guarded<float>& a, const Guarded<float>& b) {
    return std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
  };
  return winners == expected_winners && same_bits(out, expected) && same_bits(din, expected_din) && out.intact() &&
         din.intact();
}

}  // namespace

TEST_CASE("max pooling and its gradient agree with the definition, winners and all") {
  core::Rng rng(1);
  int misalignment = 0;
  for_each_shape([&](const Pool2dShape& s) {
    INFO(s.height, "x", s.width, "x", s.channels, ", kernel ", s.kernel, " stride ", s.stride, " padding ", s.padding);
    CHECK(max_pool_agrees(s, 2, testing::random_array(rng, s.in_size() * 2, ++misalignment % 4), rng));
    CHECK(max_pool_agrees(s, 2, tied_array(rng, s.in_size() * 2, misalignment % 4), rng));
  });
}

TEST_CASE("of equals the first position wins, and NaN wins over everything") {
  const Pool2dShape s{2, 2, 4, 2, 2, 0};
  const float nan = std::numeric_limits<float>::quiet_NaN();
  //                    channel 0 all equal, 1 the last two, 2 NaN in the middle, 3 ascending
  const std::vector<float> in{1, 0, 5, 0, 1, 0, nan, 1, 1, 2, 7, 2, 1, 2, 6, 3};
  std::vector<float> out(4);
  std::vector<std::uint8_t> winners(4);
  kernels::max_pool2d_forward(s, 1, in.data(), out.data(), winners.data());
  CHECK(winners == std::vector<std::uint8_t>{0, 2, 1, 3});
  CHECK(out[0] == 1);
  CHECK(out[1] == 2);
  CHECK(out[2] != out[2]);
  CHECK(out[3] == 3);
}

TEST_CASE("average pooling and its gradient agree with the definition") {
  core::Rng rng(2);
  double worst = 0;
  bool intact = true;
  for_each_shape([&](const Pool2dShape& s) {
    constexpr int kImages = 2;
    const Guarded<float> in = testing::random_array(rng, s.in_size() * kImages, 1);
    const Guarded<float> dout = testing::random_array(rng, s.out_size() * kImages, 2);
    Guarded<float> out(s.out_size() * kImages, 3), din(s.in_size() * kImages, 1);
    std::vector<double> expected(out.size()), magnitude(out.size()), expected_din(din.size()),
        magnitude_din(din.size());
    kernels::avg_pool2d_forward(s, kImages, in.data(), out.data());
    kernels::avg_pool2d_backward(s, kImages, dout.data(), din.data());
    kernels::reference::avg_pool2d_forward(s, kImages, testing::as_double(in).data(), expected.data());
    kernels::reference::avg_pool2d_forward(s, kImages, testing::magnitudes(in).data(), magnitude.data());
    kernels::reference::avg_pool2d_backward(s, kImages, testing::as_double(dout).data(), expected_din.data());
    kernels::reference::avg_pool2d_backward(s, kImages, testing::magnitudes(dout).data(), magnitude_din.data());
    const int additions = s.kernel * s.kernel + 1;
    worst = std::max(worst, testing::excess(out.span(), expected, magnitude, additions));
    worst = std::max(worst, testing::excess(din.span(), expected_din, magnitude_din, additions));
    intact = intact && out.intact() && din.intact();
  });
  CHECK(worst <= 1);
  CHECK(intact);
}

TEST_CASE("average pooling counts padding as zeros") {
  const Pool2dShape s{2, 2, 1, 2, 2, 1};
  const std::vector<float> in{4, 8, 12, 16};
  std::vector<float> out(4);
  kernels::avg_pool2d_forward(s, 1, in.data(), out.data());
  CHECK(out == std::vector<float>{1, 2, 3, 4});
}
