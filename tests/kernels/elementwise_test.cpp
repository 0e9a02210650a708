// SPDX-License-Identifier: MIT
// Element-wise kernels, softmax and cross-entropy: lengths around the vector's width, in place and not, NaN and
// infinities, the statistics and independence of dropout masks.
#include "engine/kernels/elementwise.h"

#include <doctest/doctest.h>

#include "engine/kernels/softmax.h"
#include "tests/kernels/arrays.h"
#include "tests/support/close.h"

using namespace descent;
using testing::close;
using testing::Guarded;

TEST_CASE("relu forward and backward for every remainder, in place and not") {
  core::Rng rng(1);
  for (int n = 0; n <= 17; ++n)
    for (int misalignment = 0; misalignment < 4; ++misalignment) {
      const Guarded<float> in = testing::random_array(rng, n, misalignment), dout = testing::random_array(rng, n, 1);
      Guarded<float> out(n, misalignment), din(n, 2), both = in, gradient = dout;
      kernels::relu_forward(n, in.data(), out.data());
      kernels::relu_forward(n, both.data(), both.data());
      kernels::relu_backward(n, out.data(), dout.data(), din.data());
      kernels::relu_backward(n, out.data(), gradient.data(), gradient.data());
      bool right = out.intact() && din.intact() && both.intact() && gradient.intact();
      for (std::size_t i = 0; i < in.size(); ++i) {
        right = right && out[i] == std::max(in[i], 0.0F) && both[i] == out[i];
        right = right && din[i] == (in[i] > 0 ? dout[i] : 0.0F) && gradient[i] == din[i];
      }
      CHECK(right);
    }
}

TEST_CASE("relu passes NaN on and has slope 0 at 0") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> in{nan, 0, -1, 2, nan}, ones(5, 1.0F);
  std::vector<float> out(5), din(5);
  kernels::relu_forward(5, in.data(), out.data());
  kernels::relu_backward(5, in.data(), ones.data(), din.data());
  CHECK(out[0] != out[0]);
  CHECK(out[4] != out[4]);
  CHECK(out[2] == 0);
  CHECK(din == std::vector<float>{0, 0, 0, 1, 0});
}

TEST_CASE("sums of blocks run in the order of the blocks") {
  core::Rng rng(2);
  for (int n = 0; n <= 9; ++n)
    for (int count = 1; count <= 5; ++count)
      for (bool accumulate : {false, true}) {
        const std::int64_t stride = n + 3;
        const Guarded<float> blocks = testing::random_array(rng, stride * count, n % 4);
        Guarded<float> out = testing::random_array(rng, n, 1);
        const Guarded<float> before = out;
        kernels::sum_blocks(n, count, stride, blocks.data(), accumulate, out.data());
        bool right = out.intact();
        for (std::size_t i = 0; i < out.size(); ++i) {
          float sum = blocks[i];
          for (std::size_t b = 1; b < static_cast<std::size_t>(count); ++b)
            sum += blocks[b * static_cast<std::size_t>(stride) + i];
          right = right && out[i] == (accumulate ? before[i] + sum : sum);
        }
        CHECK(right);
      }
}

TEST_CASE("dropout masks keep the right share, differ between keys and are no shifted copies") {
  constexpr std::size_t kCount = 20000;
  std::vector<std::uint8_t> a(kCount), b(kCount), again(kCount);
  kernels::dropout_mask(kCount, 0.3, 1, a.data());
  kernels::dropout_mask(kCount, 0.3, 1, again.data());
  kernels::dropout_mask(kCount, 0.3, 1 + 0x9E3779B97F4A7C15ULL, b.data());  // the next element's counter
  CHECK(a == again);
  const double kept = static_cast<double>(std::count(a.begin(), a.end(), 1)) / kCount;
  CHECK(close(kept, 0.7, 0, 0.015));  // about 4.6 standard deviations
  std::size_t same = 0, shifted = 0;
  for (std::size_t i = 0; i + 1 < kCount; ++i) {
    same += a[i] == b[i] ? 1 : 0;
    shifted += a[i + 1] == b[i] ? 1 : 0;
  }
  const double independent = 0.7 * 0.7 + 0.3 * 0.3;
  CHECK(close(static_cast<double>(same) / kCount, independent, 0, 0.02));
  CHECK(close(static_cast<double>(shifted) / kCount, independent, 0, 0.02));
}

TEST_CASE("dropout with rate 0 keeps everything") {
  std::vector<std::uint8_t> keep(1000);
  kernels::dropout_mask(1000, 0, 5, keep.data());
  CHECK(std::count(keep.begin(), keep.end(), 1) == 1000);
}

TEST_CASE("softmax and cross-entropy do not overflow and agree with the formula") {
  const std::vector<double> z{1000, 1001, 998};
  const double sum = std::exp(-1.0) + 1 + std::exp(-3.0);
  std::vector<double> p(3), dz(3);
  kernels::softmax(3, z.data(), p.data());
  CHECK(close(p[0], std::exp(-1.0) / sum, 1e-14, 0));
  CHECK(close(kernels::cross_entropy(3, z.data(), 2), std::log(sum) + 3, 1e-14, 0));
  kernels::cross_entropy_gradient(3, z.data(), 2, 0.5, dz.data());
  CHECK(close(dz[0], 0.5 * p[0], 1e-14, 0));
  CHECK(close(dz[2], 0.5 * (p[2] - 1), 1e-14, 0));
  CHECK(kernels::largest(3, z.data()) == 1);
}

TEST_CASE("a NaN among the logits gives a NaN loss") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> first{nan, 1, 2}, last{1, 2, nan};
  CHECK(std::isnan(kernels::cross_entropy(3, first.data(), 1)));
  CHECK(std::isnan(kernels::cross_entropy(3, last.data(), 1)));
}
