// SPDX-License-Identifier: MIT
// The singular value decomposition against NumPy (golden/svd.json), Eigen's Jacobi iteration on larger matrices, and
// what defines it: orthonormal vectors, the product, determinants of badly graded matrices; numbers near the ends of
// what a double can be.
#include "engine/inspect/matrices/svd.h"

#include <doctest/doctest.h>

#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "engine/core/rng.h"
#include "engine/inspect/matrices/bidiagonal.h"
#include "tests/support/close.h"
#include "tests/support/golden.h"

using namespace descent;
using testing::close;
using testing::Json;

namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

std::span<const double> numbers(const Matrix& matrix) {
  return {matrix.data(), static_cast<std::size_t>(matrix.size())};
}

Matrix from(const std::vector<double>& values, int rows, int columns) {
  return Eigen::Map<const Matrix>(values.data(), rows, columns);
}

Matrix random_matrix(int rows, int columns, std::uint64_t seed) {
  core::Rng rng(seed);
  Matrix matrix(rows, columns);
  for (double& x : std::span(matrix.data(), static_cast<std::size_t>(matrix.size()))) x = rng.normal();
  return matrix;
}

// residues() makes the same matrix as make_svd.py.
Matrix residues(int rows, int columns) {
  return Matrix::NullaryExpr(rows, columns, [](Eigen::Index i, Eigen::Index j) {
    return static_cast<double>((i * i * 37 + i * j * 17 + j * j * 101) % 1009 - 504);
  });
}

double orthogonality(const Matrix& matrix) {
  return (matrix.transpose() * matrix - Matrix::Identity(matrix.cols(), matrix.cols())).cwiseAbs().maxCoeff();
}

// check() looks at what every decomposition must be, and returns its values.
std::vector<double> check(const Matrix& a) {
  const int rows = static_cast<int>(a.rows()), columns = static_cast<int>(a.cols());
  const inspect::Svd s = inspect::svd(numbers(a), rows, columns);
  REQUIRE(s.count == std::min(rows, columns));
  REQUIRE(s.sigma.size() == static_cast<std::size_t>(s.count));
  REQUIRE(s.u.size() == static_cast<std::size_t>(rows * s.count));
  REQUIRE(s.v.size() == static_cast<std::size_t>(columns * s.count));
  CHECK(std::is_sorted(s.sigma.rbegin(), s.sigma.rend()));
  CHECK(s.sigma.back() >= 0);
  const Matrix u = from(s.u, rows, s.count), v = from(s.v, columns, s.count);
  CHECK(orthogonality(u) < 1e-13);
  CHECK(orthogonality(v) < 1e-13);
  const Matrix product = u * Eigen::Map<const Eigen::VectorXd>(s.sigma.data(), s.count).asDiagonal() * v.transpose();
  CHECK((product - a).cwiseAbs().maxCoeff() <= 1e-13 * s.sigma.front());
  const std::vector<double> alone = inspect::singular_values(numbers(a), rows, columns);
  CHECK(close(std::span(alone), std::span(s.sigma), 0, 1e-15 * s.sigma.front()));
  return s.sigma;
}

}  // namespace

TEST_CASE("singular values agree with NumPy") {
  const Json golden = testing::load_golden("svd.json");
  REQUIRE(golden["cases"].size() >= 33);
  for (const Json& c : golden["cases"]) {
    CAPTURE(c["name"].get<std::string>());
    const std::vector<double> expected = c["singular_values"];
    const Matrix matrix =
        c.contains("matrix") ? from(c["matrix"], c["rows"], c["columns"]) : residues(c["rows"], c["columns"]);
    const std::vector<double> sigma = check(matrix);
    CHECK(close(std::span(sigma), std::span(expected), 0, 1e-14 * expected.front()));
  }
}

// The Jacobi iteration's many rotations leave Eigen's values less exact than LAPACK's or ours.
TEST_CASE("singular values of larger matrices agree with Eigen's Jacobi iteration") {
  for (const auto& [rows, columns] : {std::pair{64, 64}, {30, 130}, {97, 33}, {65, 64}}) {
    CAPTURE(rows);
    CAPTURE(columns);
    const Matrix a = random_matrix(rows, columns, 3);
    const std::vector<double> sigma = check(a);
    const Eigen::VectorXd expected = Eigen::JacobiSVD<Matrix>(a).singularValues();
    CHECK(close(std::span(sigma), std::span<const double>(expected.data(), sigma.size()), 0, 4e-14 * sigma.front()));
  }
}

// The sum of the squares is the squared Frobenius norm; a layer's matrix of the reference network.
TEST_CASE("a matrix of 128x1600 is decomposed") {
  const Matrix a = random_matrix(128, 1600, 4);
  const std::vector<double> sigma = check(a);
  double squares = 0;
  for (const double s : sigma) squares += s * s;
  CHECK(close(squares, a.squaredNorm(), 1e-14, 0));
}

TEST_CASE("repeated and missing values have orthonormal vectors all the same") {
  Matrix twice(40, 12);
  twice << random_matrix(40, 6, 5), random_matrix(40, 6, 5);
  const std::vector<double> sigma = check(twice);
  for (std::size_t i = 6; i < 12; ++i) CHECK(sigma[i] <= 1e-14 * sigma[0]);
  for (const double s : check(Matrix::Zero(50, 4))) CHECK(s == 0);
  for (const double s : check(Matrix::Identity(60, 20))) CHECK(close(s, 1, 4e-16, 0));
}

TEST_CASE("numbers near the ends of the range keep their digits") {
  const Matrix a = random_matrix(45, 6, 6);
  const std::vector<double> expected = check(a);
  for (const double scale : {0x1p-1000, 0x1p-520, 0x1p500, 0x1p1015}) {
    CAPTURE(scale);
    const std::vector<double> sigma = check(a * scale);
    for (std::size_t i = 0; i < sigma.size(); ++i) CHECK(sigma[i] == expected[i] * scale);
  }
  Matrix mixed = random_matrix(50, 8, 7);
  for (int j = 0; j < 8; ++j) mixed.col(j) *= std::pow(10.0, -150 + 40 * j);
  const std::vector<double> sigma = check(mixed);
  CHECK(close(sigma[0], mixed.norm(), 1e-14, 0));
  constexpr double kDenormal = std::numeric_limits<double>::denorm_min();
  CHECK(inspect::singular_values(std::vector{kDenormal, 0.0, 0.0}, 1, 3).front() == kDenormal);
}

// |det| is the product of the values, whatever their range; LAPACK loses small ones only in making it bidiagonal.
TEST_CASE("tiny values of a bidiagonal matrix are exact to a few roundings") {
  constexpr int kSize = 10;
  for (const double step : {1e-2, 1e-4, 1e2}) {
    CAPTURE(step);
    std::vector<double> diagonal, above(kSize - 1, 0.0);
    for (int i = 0; i < kSize; ++i) diagonal.push_back(std::pow(step, step > 1 ? i - kSize + 1 : i));
    for (int i = 0; i + 1 < kSize; ++i)
      above[static_cast<std::size_t>(i)] = 0.7 * diagonal[static_cast<std::size_t>(i)];
    double expected = 1, product = 1;
    for (const double d : diagonal) expected *= d;
    REQUIRE(inspect::diagonalize(diagonal, above, nullptr, nullptr));
    for (const double d : diagonal) product *= d;
    CHECK(close(std::abs(product), expected, 1e-13, 0));
    for (const double e : above) CHECK(e == 0);
  }
}

TEST_CASE("a zero on the diagonal of a bidiagonal matrix splits it") {
  for (std::size_t zero = 0; zero < 5; ++zero) {
    CAPTURE(zero);
    Matrix a = Matrix::Identity(5, 5);
    a.diagonal(1).setOnes();
    a(static_cast<Eigen::Index>(zero), static_cast<Eigen::Index>(zero)) = 0;
    CHECK(check(a).back() <= 1e-15);
  }
}

TEST_CASE("what is no number makes all values NaN, at once") {
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    Matrix a = random_matrix(70, 9, 8);
    a(33, 4) = bad;
    const inspect::Svd s = inspect::svd(numbers(a), 70, 9);
    REQUIRE(s.sigma.size() == 9);
    for (const auto* values : {&s.sigma, &s.u, &s.v})
      CHECK(std::all_of(values->begin(), values->end(), [](double x) { return std::isnan(x); }));
  }
}

TEST_CASE("hundreds of random matrices of every shape converge") {
  core::Rng rng(9);
  for (int i = 0; i < 300; ++i) {
    const int rows = 1 + static_cast<int>(rng.below(24)), columns = 1 + static_cast<int>(rng.below(24));
    CAPTURE(i);
    Matrix a = random_matrix(rows, columns, 1000 + static_cast<std::uint64_t>(i));
    // Many zeros, few different numbers, or a wide range of them.
    if (i % 3 == 1) a = a.unaryExpr([](double x) { return std::round(x); });
    if (i % 3 == 2) a = a.unaryExpr([](double x) { return std::exp(20 * x); });
    if (a.isZero(0)) continue;
    check(a);
  }
}
