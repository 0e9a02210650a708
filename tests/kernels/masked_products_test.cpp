// SPDX-License-Identifier: MIT
// Masked products against the definition in double, for every length of a sum, with NaN wherever a bit is missing.
#include "engine/kernels/masked_products.h"

#include <doctest/doctest.h>

#include "tests/kernels/arrays.h"

using namespace descent;
using testing::Guarded;

namespace {

// The excess error (arrays.h) of one call, infinite when a canary was touched. `fault` is added to one result: the
// negative control.
double run(core::Rng& rng, int words, int columns, double share, float fault = 0) {
  const int terms = words * kernels::kMaskBits;
  Guarded<float> a = testing::random_array(rng, terms, 1), b = testing::random_array(rng, terms, 2),
                 w = testing::random_array(rng, terms * columns, 3), to(columns, 1);
  std::vector<std::uint32_t> masks[2];
  std::vector<double> expected(static_cast<std::size_t>(columns)), magnitude(expected.size());
  for (std::vector<std::uint32_t>& mask : masks) {
    mask.resize(static_cast<std::size_t>(words));
    for (int i = 0; i < terms; ++i)
      if (rng.uniform() < share) mask[static_cast<std::size_t>(i / 32)] |= std::uint32_t{1} << (i % 32);
  }
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (int i = 0; i < terms; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const bool in_a = (masks[0][at / 32] >> (i % 32) & 1) != 0, in_b = (masks[1][at / 32] >> (i % 32) & 1) != 0;
    for (std::size_t c = 0; c < expected.size(); ++c) {
      float& weight = w[at * expected.size() + c];
      const double term = static_cast<double>(a[at]) * static_cast<double>(b[at]) * static_cast<double>(weight);
      expected[c] += in_a && in_b ? term : 0;
      magnitude[c] += in_a && in_b ? std::abs(term) : 0;
      if (!in_a || !in_b) weight = nan;
    }
    if (!in_a) a[at] = nan;
    if (!in_b) b[at] = nan;
  }
  kernels::masked_products(masks[0], a.data(), masks[1], b.data(), columns, w.data(), to.data());
  to[0] += fault;
  if (!to.intact()) return std::numeric_limits<double>::infinity();
  return testing::excess(to.span(), expected, magnitude, terms);
}

}  // namespace

TEST_CASE("products of what both masks have are summed") {
  core::Rng rng(3);
  for (int words = 1; words <= kernels::kMaxMaskWords; ++words)
    for (const int columns : {1, 3, 4, 7, 16, 45, 48, 53, 100})
      for (const double share : {0.0, 0.3, 1.0}) {
        CAPTURE(words);
        CAPTURE(columns);
        CAPTURE(share);
        CHECK(run(rng, words, columns, share) <= 1);
      }
}

TEST_CASE("a wrong sum is found") {
  core::Rng rng(3);
  CHECK(run(rng, 4, 45, 0.5, 0.01F) > 1);
}
