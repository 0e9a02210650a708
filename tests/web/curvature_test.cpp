// SPDX-License-Identifier: MIT
// What is said about a point: Newton's step solves H d = −g, the condition number, kinds of points.
#include "web/panels/surfaces_model.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/support/close.h"

namespace descent::web {
namespace {

// f = ½ (a u² + b v²) in coordinates turned by `angle`, at (u, v).
surfaces::LocalModel quadratic(double a, double b, double angle, double u, double v) {
  const double c = std::cos(angle), s = std::sin(angle);
  surfaces::LocalModel model;
  model.gradient = {a * u * c - b * v * s, a * u * s + b * v * c};
  model.hessian = {a * c * c + b * s * s, (a - b) * c * s, (a - b) * c * s, a * s * s + b * c * c};
  model.eigenvalues = {a, b};
  model.eigenvectors = {c, s, -s, c};
  return model;
}

}  // namespace

TEST_CASE("Newton's step ends at the stationary point of the model") {
  const double angle = 0.7, u = 2, v = -3;
  for (const auto& [a, b] : {std::pair{1.0, 50.0}, std::pair{-3.0, 4.0}, std::pair{-9.0, -2.0}}) {
    const auto step = newton_step(quadratic(a, b, angle, u, v));
    REQUIRE(step.has_value());
    CHECK(testing::close((*step)[0], -(u * std::cos(angle) - v * std::sin(angle)), 1e-6, 1e-9));
    CHECK(testing::close((*step)[1], -(u * std::sin(angle) + v * std::cos(angle)), 1e-6, 1e-9));
  }
  CHECK_FALSE(newton_step(quadratic(0, 5, angle, u, v)).has_value());
  CHECK_FALSE(newton_step(quadratic(1, std::numeric_limits<double>::infinity(), angle, u, v)).has_value());
}

TEST_CASE("condition numbers") {
  CHECK(condition_number(quadratic(2, 50, 0, 0, 0)) == 25);
  CHECK(condition_number(quadratic(-50, 2, 0, 0, 0)) == 25);
  CHECK(std::isinf(condition_number(quadratic(0, 2, 0, 0, 0))));
}

TEST_CASE("kinds of points") {
  const surfaces::Domain view{-1, 1, -1, 1};
  CHECK(kind_of_point(quadratic(1, 50, 0.3, 1e-5, 1e-5), view) == "minimum");
  CHECK(kind_of_point(quadratic(-1, 50, 0.3, 1e-5, 1e-5), view) == "saddle point");
  CHECK(kind_of_point(quadratic(-50, -1, 0.3, 1e-5, 1e-5), view) == "maximum");
  CHECK(kind_of_point(quadratic(1, 50, 0.3, 1, 1), view) == "slope, convex");
  CHECK(kind_of_point(quadratic(-1, 50, 0.3, 1, 1), view) == "slope, mixed curvature");
  CHECK(kind_of_point(quadratic(-50, -1, 0.3, 1, 1), view) == "slope, concave");
  CHECK(kind_of_point(quadratic(1, std::nan(""), 0, 1, 1), view).empty());
}

}  // namespace descent::web
