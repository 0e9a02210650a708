// SPDX-License-Identifier: MIT
// local_model: the eigen-decomposition rebuilds the Hessian, eigenvalues ascend, vectors are orthonormal with their
// larger component positive; equal eigenvalues, zero Hessians and numbers that are not finite are handled.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>

#include "engine/core/rng.h"
#include "engine/surfaces/surface.h"
#include "tests/support/close.h"

using namespace descent;
using descent::testing::close;

namespace {

// A surface with a given Hessian everywhere.
class Constant final : public core::Objective {
 public:
  explicit Constant(std::array<double, 3> h) : h_(h) {}
  [[nodiscard]] int dim() const override { return 2; }
  [[nodiscard]] bool has_hessian() const override { return true; }
  double evaluate(std::span<const double> /*x*/, std::span<double> /*gradient*/) const override { return 1; }
  double evaluate_hessian(std::span<const double> /*x*/, std::span<double> gradient,
                          std::span<double> hessian) const override {
    gradient[0] = gradient[1] = 0;
    hessian[0] = h_[0];
    hessian[1] = hessian[2] = h_[1];
    hessian[3] = h_[2];
    return 1;
  }

 private:
  std::array<double, 3> h_;
};

void check_decomposition(std::array<double, 3> h) {
  CAPTURE(h[0]);
  CAPTURE(h[1]);
  CAPTURE(h[2]);
  const surfaces::LocalModel m = surfaces::local_model(Constant(h), {0, 0});
  const auto& v = m.eigenvectors;
  const double scale = std::abs(h[0]) + std::abs(h[1]) + std::abs(h[2]);
  CHECK(m.eigenvalues[0] <= m.eigenvalues[1]);
  CHECK(close(v[0] * v[0] + v[1] * v[1], 1, 1e-15, 0));
  CHECK(close(v[2] * v[2] + v[3] * v[3], 1, 1e-15, 0));
  CHECK(close(v[0] * v[2] + v[1] * v[3], 0, 0, 4e-16));
  for (std::size_t k = 0; k < 2; ++k)
    CHECK((std::abs(v[2 * k]) >= std::abs(v[2 * k + 1]) ? v[2 * k] : v[2 * k + 1]) > 0);
  const std::array<double, 4> expected{h[0], h[1], h[1], h[2]};
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 2; ++j)
      CHECK(close(m.eigenvalues[0] * v[i] * v[j] + m.eigenvalues[1] * v[2 + i] * v[2 + j], expected[2 * i + j], 0,
                  2e-15 * scale));
}

}  // namespace

TEST_CASE("eigenvalues and eigenvectors rebuild random Hessians over many scales") {
  core::Rng rng(7);
  for (int i = 0; i < 500; ++i) {
    const double scale = std::pow(10, rng.uniform(-12, 12));
    check_decomposition({scale * rng.normal(), scale * rng.normal(), scale * rng.normal()});
  }
}

TEST_CASE("special Hessians") {
  check_decomposition({0, 0, 0});
  check_decomposition({3, 0, 3});
  check_decomposition({10, 0, 1});
  check_decomposition({-1, 0, 1});
  check_decomposition({0, 1, 0});
  check_decomposition({1, 1e-300, 1});
  check_decomposition({1e300, 0, 1e-300});
  const surfaces::LocalModel diagonal = surfaces::local_model(Constant({10, 0, 1}), {0, 0});
  CHECK(diagonal.eigenvalues == std::array{1.0, 10.0});
  CHECK(diagonal.eigenvectors == std::array{0.0, 1.0, 1.0, 0.0});
}

TEST_CASE("a Hessian that is not finite has no eigenvalues") {
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    const surfaces::LocalModel m = surfaces::local_model(Constant({bad, 0, 1}), {0, 0});
    for (const double value : m.eigenvalues) CHECK(std::isnan(value));
    for (const double value : m.eigenvectors) CHECK(std::isnan(value));
  }
}
