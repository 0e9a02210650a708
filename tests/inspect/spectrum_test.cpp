// SPDX-License-Identifier: MIT
// Spectra of weights against what defines them, and the law of Marchenko and Pastur: its integral and moments by
// formula, and the values of random matrices, which follow it.
#include "engine/inspect/matrices/spectrum.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <tuple>

#include "engine/core/rng.h"
#include "engine/inspect/matrices/svd.h"
#include "tests/nn/networks.h"
#include "tests/support/close.h"

using namespace descent;
using inspect::MarchenkoPastur;
using testing::close;

namespace {

inspect::Spectrum of(std::vector<double> values) {
  return inspect::summary({.info = {.name = "0.weight"}, .rows = 3, .columns = 5}, std::move(values));
}

// ∫ σ^power density dσ from the lower edge to `end`, with σ = middle − half cos t, which takes the edges' roots away.
double moment(const MarchenkoPastur& law, int power, double end) {
  constexpr int kSteps = 4000;
  const double middle = (law.upper + law.lower) / 2, half = (law.upper - law.lower) / 2;
  const double last = std::acos(std::clamp((middle - end) / half, -1.0, 1.0));
  double sum = 0;
  for (int i = 0; i < kSteps; ++i) {
    const double t = last * (i + 0.5) / kSteps, sigma = middle - half * std::cos(t);
    sum += std::pow(sigma, power) * law.density(sigma) * half * std::sin(t) * last / kSteps;
  }
  return sum;
}

}  // namespace

TEST_CASE("a spectrum's numbers are those of its values") {
  const inspect::Spectrum equal = of({2, 2, 2});
  CHECK(equal.parameter == "0.weight");
  CHECK(close(equal.effective_rank, 3, 1e-15, 0));
  CHECK(close(equal.frobenius, std::sqrt(12.0), 1e-15, 0));
  CHECK(equal.spectral == 2);
  CHECK(equal.condition == 1);
  const inspect::Spectrum one = of({4, 0, 0});
  CHECK(one.effective_rank == 1);
  CHECK(one.frobenius == 4);
  CHECK(std::isinf(one.condition));
  // Shares 1/2, 1/4, 1/4: 3/2 bits.
  CHECK(close(of({2, 1, 1}).effective_rank, std::pow(2.0, 1.5), 1e-15, 0));
  CHECK(close(of({2e200, 1e200, 1e200}).frobenius, std::sqrt(6.0) * 1e200, 1e-15, 0));
  const inspect::Spectrum zero = of({0, 0, 0});
  CHECK(zero.effective_rank == 0);
  CHECK(zero.frobenius == 0);
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  const inspect::Spectrum nan = of({kNan, kNan, kNan});
  for (const double x : {nan.effective_rank, nan.frobenius, nan.spectral, nan.condition}) CHECK(std::isnan(x));
}

TEST_CASE("every weight of a network has its spectrum, as (out, rest) in torch's order") {
  const auto network = testing::build<float>(testing::mixed_network(0));
  const auto all = inspect::spectrum(network);
  REQUIRE(all.ok());
  REQUIRE(all->size() == 4);
  const struct {
    const char* name;
    int rows, columns;
  } expected[] = {{"0.weight", 5, 9}, {"3.weight", 6, 45}, {"7.weight", 11, 6}, {"10.weight", 4, 11}};
  for (std::size_t i = 0; i < 4; ++i) {
    const inspect::Spectrum& s = (*all)[i];
    CHECK(s.parameter == expected[i].name);
    CHECK(s.rows == expected[i].rows);
    CHECK(s.columns == expected[i].columns);
    CHECK(s.singular_values.size() == static_cast<std::size_t>(std::min(s.rows, s.columns)));
    const auto matrix = inspect::weight_matrix(network, s.parameter);
    REQUIRE(matrix.ok());
    double squares = 0;
    for (const double w : matrix->values) squares += w * w;
    CHECK(close(s.frobenius, std::sqrt(squares), 1e-14, 0));
    const auto alone = inspect::spectrum(network, s.parameter);
    REQUIRE(alone.ok());
    CHECK(alone->size() == 1);
    CHECK(alone->front().singular_values == s.singular_values);
  }
}

TEST_CASE("what has no spectrum says so") {
  const auto network = testing::build<float>(testing::mixed_network(0));
  for (const char* name : {"7.bias", "1.weight"}) {
    const auto result = inspect::spectrum(network, name);
    REQUIRE(!result.ok());
    CHECK(result.message() == "there is no weight matrix \"" + std::string(name) +
                                  "\"; this network has 0.weight, 3.weight, 7.weight, 10.weight");
  }
}

// The eigenvalues λ = σ² of A Aᵀ have mean v n and mean square v² n (n + m).
TEST_CASE("the law of random matrices integrates to 1 and has its moments") {
  for (const auto& [rows, columns, variance] :
       {std::tuple{128, 1600, 0.001}, {10, 128, 2.0}, {40, 40, 1.0}, {9, 1, 1.0}}) {
    CAPTURE(rows);
    const MarchenkoPastur law(rows, columns, variance), transposed(columns, rows, variance);
    const double m = std::min(rows, columns), n = std::max(rows, columns);
    CHECK(close(moment(law, 0, law.upper), 1, 1e-6, 0));
    CHECK(close(moment(law, 2, law.upper), variance * n, 1e-6, 0));
    CHECK(close(moment(law, 4, law.upper), variance * variance * n * (n + m), 1e-6, 0));
    CHECK(close(law.upper - law.lower, 2 * std::sqrt(variance * m), 1e-14, 0));
    CHECK(law.density(law.upper * 1.0001) == 0);
    CHECK(law.density(-1) == 0);
    CHECK(transposed.density(law.upper * 0.9) == law.density(law.upper * 0.9));
  }
  // The quarter circle.
  CHECK(close(MarchenkoPastur(25, 25, 1).density(0), 2 / (std::numbers::pi * 5), 1e-15, 0));
}

TEST_CASE("singular values of random matrices follow the law, whatever the distribution of their entries") {
  core::Rng rng(21);
  for (const bool uniform : {false, true}) {
    CAPTURE(uniform);
    constexpr int kRows = 90, kColumns = 240;
    constexpr double kVariance = 0.04;
    std::vector<double> matrix(std::size_t{kRows} * kColumns);
    const double half_width = std::sqrt(3 * kVariance);
    for (double& x : matrix) x = uniform ? rng.uniform(-half_width, half_width) : std::sqrt(kVariance) * rng.normal();
    std::vector<double> sigma = inspect::singular_values(matrix, kRows, kColumns);
    const MarchenkoPastur law(kRows, kColumns, kVariance);
    CHECK(sigma.front() < law.upper * 1.03);
    CHECK(sigma.back() > law.lower * 0.94);
    // The largest distance of the distributions. Eigenvalues repel each other: it shrinks like 1 / n, not 1 / √n.
    std::reverse(sigma.begin(), sigma.end());
    double distance = 0;
    for (std::size_t i = 0; i < sigma.size(); ++i)
      distance = std::max(distance, std::abs(moment(law, 0, sigma[i]) - (static_cast<double>(i) + 0.5) / kRows));
    CHECK(distance < 0.025);
    // Another variance is another law: the test would see it.
    const MarchenkoPastur wrong(kRows, kColumns, 1.2 * kVariance);
    CHECK(std::abs(moment(wrong, 0, sigma[kRows / 2]) - 0.5) > 0.05);
  }
}
