// SPDX-License-Identifier: MIT
// Gradient noise: the same for the same (seed, t) in any order, standard normal in distribution (moments and a
// Kolmogorov–Smirnov test), uncorrelated between coordinates, neighbouring steps and neighbouring seeds.
#include "engine/optim/gradient_noise.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "tests/support/close.h"

using namespace descent;
using namespace descent::testing;

namespace {

using Pair = std::array<double, 2>;

Pair noise(std::uint64_t seed, std::int64_t t, double sigma = 1) {
  Pair out{};
  optim::gradient_noise(seed, t, sigma, out);
  return out;
}

// √n times the largest distance between the sample's distribution and the standard normal's. 1.95 is exceeded by chance
// once in 1,000 samples (Kolmogorov's distribution).
double distance_from_normal(std::vector<double> sample) {
  std::sort(sample.begin(), sample.end());
  const auto n = static_cast<double>(sample.size());
  double largest = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double expected = 0.5 * std::erfc(-sample[i] / std::sqrt(2.0));
    const double below = static_cast<double>(i) / n;
    largest = std::max({largest, std::abs(expected - below), std::abs(expected - below - 1 / n)});
  }
  return std::sqrt(n) * largest;
}

}  // namespace

TEST_CASE("the noise of a step depends on seed and step only") {
  std::vector<Pair> forwards;
  for (std::int64_t t = 1; t <= 50; ++t) forwards.push_back(noise(9, t));
  for (std::int64_t t = 50; t >= 1; --t) CHECK(noise(9, t) == forwards[static_cast<std::size_t>(t - 1)]);
  const optim::GradientNoise source(9, 0.5);
  Pair gradient{3, -4};
  source.add(7, gradient);
  CHECK(gradient == Pair{3 + 0.5 * forwards[6][0], -4 + 0.5 * forwards[6][1]});
  CHECK(noise(9, 1) != noise(9, 2));
  CHECK(noise(9, 1) != noise(10, 1));
  CHECK(noise(0, 1) != noise(0, 2));
}

TEST_CASE("without noise a gradient keeps its bits") {
  Pair gradient{-0.0, 1e-310};
  optim::GradientNoise(3, 0).add(1, gradient);
  CHECK(std::signbit(gradient[0]));
  CHECK(gradient[1] == 1e-310);
}

TEST_CASE("over steps and over seeds the noise is standard normal and uncorrelated") {
  constexpr int kCount = 40000;
  for (const bool over_seeds : {false, true}) {
    std::vector<double> xs;
    std::vector<double> all;
    double cross = 0;
    double lag = 0;
    double square = 0;
    for (int k = 1; k <= kCount; ++k) {
      const Pair n = over_seeds ? noise(static_cast<std::uint64_t>(k), 1) : noise(1, k);
      cross += n[0] * n[1];
      if (!xs.empty()) lag += n[0] * xs.back();
      square += n[0] * n[0] + n[1] * n[1];
      xs.push_back(n[0]);
      all.insert(all.end(), n.begin(), n.end());
    }
    CAPTURE(over_seeds);
    const double room = 4 / std::sqrt(static_cast<double>(kCount));  // four standard errors
    CHECK(close(cross / kCount, 0, 0, room));
    CHECK(close(lag / kCount, 0, 0, room));
    CHECK(close(square / (2 * kCount), 1, 0, room));
    CHECK(distance_from_normal(all) < 1.95);
  }
}

TEST_CASE("negative control: noise that is 5 % too large, or shifted by 0.03, is not standard normal") {
  std::vector<double> scaled;
  std::vector<double> shifted;
  for (std::int64_t t = 1; t <= 20000; ++t)
    for (const double value : noise(1, t)) {
      scaled.push_back(1.05 * value);
      shifted.push_back(value + 0.03);
    }
  CHECK(distance_from_normal(scaled) > 1.95);
  CHECK(distance_from_normal(shifted) > 1.95);
}
