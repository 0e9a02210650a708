// SPDX-License-Identifier: MIT
// Matrix products against the definition in double: every remainder of rows, columns and depth around the tile's sizes,
// packed and plain right sides, each way to begin, misaligned pointers, padded leading dimensions, canaries.
#include "engine/kernels/gemm.h"

#include <doctest/doctest.h>

#include "tests/kernels/arrays.h"

using namespace descent;
using kernels::Start;
using testing::Guarded;

namespace {

struct Case {
  int m, n, k;
  bool transposed_a, packed;
  Start start;
  int misalignment;
};

// One product; returns the excess error (arrays.h), infinite when a canary was touched. `fault` is added to one element
// of the result: the negative control.
double run(core::Rng& rng, const Case& c, float fault = 0) {
  const std::int64_t lda = (c.transposed_a ? c.m : c.k) + 3, ldb = c.n + 5, ldc = c.n + 1;
  const Guarded<float> a = testing::random_array(rng, lda * (c.transposed_a ? c.k : c.m), c.misalignment);
  const Guarded<float> b = testing::random_array(rng, ldb * c.k, c.misalignment + 1);
  const Guarded<float> bias = testing::random_array(rng, c.n, c.misalignment);
  Guarded<float> out = testing::random_array(rng, ldc * c.m, c.misalignment + 2);
  Guarded<float> panels(std::int64_t{c.k} * c.n, c.misalignment + 3);
  kernels::pack_panels(c.k, c.n, b.data(), ldb, panels.data());

  std::vector<double> expected = testing::as_double(out), magnitude = testing::magnitudes(out);
  for (std::int64_t i = 0; i < c.m; ++i)
    for (std::int64_t j = 0; j < c.n; ++j) {
      const auto at = static_cast<std::size_t>(i * ldc + j);
      if (c.start == Start::accumulate) continue;
      expected[at] = c.start == Start::bias ? static_cast<double>(bias[static_cast<std::size_t>(j)]) : 0.0;
      magnitude[at] = std::abs(expected[at]);
    }
  const std::int64_t a_row = c.transposed_a ? 1 : lda, a_column = c.transposed_a ? lda : 1;
  kernels::reference::gemm(c.m, c.n, c.k, testing::as_double(a).data(), a_row, a_column, testing::as_double(b).data(),
                           ldb, std::int64_t{1}, expected.data(), ldc);
  kernels::reference::gemm(c.m, c.n, c.k, testing::magnitudes(a).data(), a_row, a_column, testing::magnitudes(b).data(),
                           ldb, std::int64_t{1}, magnitude.data(), ldc);

  const kernels::RightMatrix right =
      c.packed ? kernels::packed_matrix(panels.data(), c.k) : kernels::plain_matrix(b.data(), ldb);
  if (c.transposed_a) {
    kernels::gemm_transposed_a(c.m, c.n, c.k, a.data(), lda, right, c.start, out.data(), ldc);
  } else {
    kernels::gemm(c.m, c.n, c.k, a.data(), lda, right, c.start, bias.data(), out.data(), ldc);
  }
  if (out.size() > 0) out[0] += fault;
  if (!out.intact() || !panels.intact()) return std::numeric_limits<double>::infinity();
  return testing::excess(out.span(), expected, magnitude, c.k);
}

}  // namespace

TEST_CASE("gemm agrees with the definition for every remainder") {
  core::Rng rng(1);
  double worst = 0;
  for (int m = 0; m <= 13; ++m)
    for (int n = 0; n <= 17; ++n)
      for (int k : {0, 1, 2, 3, 4, 5, 8, 9, 17})
        for (bool packed : {false, true})
          for (Start start : {Start::zero, Start::bias, Start::accumulate})
            worst = std::max(worst, run(rng, {m, n, k, false, packed, start, (m + n + k) % 4}));
  CHECK(worst <= 1);
}

TEST_CASE("gemm with a transposed left side agrees with the definition for every remainder") {
  core::Rng rng(2);
  double worst = 0;
  for (int m = 0; m <= 13; ++m)
    for (int n = 0; n <= 17; ++n)
      for (int k : {0, 1, 2, 3, 4, 5, 8, 9, 17})
        for (bool packed : {false, true})
          for (Start start : {Start::zero, Start::accumulate})
            worst = std::max(worst, run(rng, {m, n, k, true, packed, start, (m + n + k) % 4}));
  CHECK(worst <= 1);
}

TEST_CASE("the comparison of products sees one wrong element") {
  core::Rng rng(3);
  CHECK(run(rng, {5, 9, 8, false, true, Start::zero, 0}, 1e-4F) > 1);
}

TEST_CASE("pack_panels_transposed makes the panels of the transpose, share by share") {
  core::Rng rng(4);
  for (int n : {1, 7, 8, 9, 13, 24, 31})
    for (int k : {1, 3, 8}) {
      const Guarded<float> b = testing::random_array(rng, std::int64_t{n} * k);
      Guarded<float> transposed(std::int64_t{n} * k), expected(std::int64_t{n} * k), actual(std::int64_t{n} * k);
      for (int j = 0; j < n; ++j)
        for (int l = 0; l < k; ++l)
          transposed[static_cast<std::size_t>(l * n + j)] = b[static_cast<std::size_t>(j * k + l)];
      kernels::pack_panels(k, n, transposed.data(), n, expected.data());
      kernels::pack_panels_transposed(k, n, b.data(), k, 0, 8, actual.data());
      kernels::pack_panels_transposed(k, n, b.data(), k, 8, 40, actual.data());
      CHECK(std::equal(actual.data(), actual.data() + actual.size(), expected.data()));
      CHECK(actual.intact());
    }
}
