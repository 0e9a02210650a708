// SPDX-License-Identifier: MIT
// Checks what is said about a point: condition numbers and the words for kinds of points.
#include "web/model/words/point_words.h"

#include <doctest/doctest.h>

#include <cmath>
#include <memory>

namespace descent::web {
namespace {

// f = ½ (a x² + b y²) at (x, y); a <= b.
surfaces::LocalModel quadratic(double a, double b, double x, double y) {
  surfaces::LocalModel model;
  model.gradient = {a * x, b * y};
  model.hessian = {a, 0, 0, b};
  model.eigenvalues = {a, b};
  model.eigenvectors = {1, 0, 0, 1};
  return model;
}

std::string words(const surfaces::LocalModel& model) {
  race::RaceSnapshot race;
  auto info = std::make_shared<surfaces::SurfaceInfo>();
  info->domain = {-5, 5, -5, 5};
  race.surface_info = info;
  return kind_words(kind_of_point(race, model), model);
}

}  // namespace

TEST_CASE("condition numbers") {
  CHECK(condition_number(quadratic(2, 50, 0, 0)) == 25);
  CHECK(condition_number(quadratic(-50, 2, 0, 0)) == 25);
  CHECK(std::isinf(condition_number(quadratic(0, 2, 0, 0))));
  CHECK(std::isnan(condition_number(quadratic(0, 0, 0, 0))));
}

TEST_CASE("words for kinds of points") {
  CHECK(words(quadratic(1, 5, 1e-5, 1e-5)) == "minimum");
  CHECK(words(quadratic(-1, 5, 1e-5, 1e-5)) == "saddle");
  CHECK(words(quadratic(1, 5, 3, 3)) == "slope, convex");
  CHECK(words(quadratic(-1, 5, 3, 3)) == "slope, mixed curvature");
  CHECK(words(quadratic(-5, -1, 3, 3)) == "slope, concave");
  CHECK(words(quadratic(1, std::nan(""), 1, 1)) == "unknown");
  CHECK(words(quadratic(0, 0, 1, 1)) == "flat, no curvature");
  surfaces::LocalModel tilted = quadratic(0, 0, 0, 0);
  tilted.gradient = {1, 2};
  CHECK(words(tilted) == "slope, no curvature");
  CHECK(words(quadratic(0, 5, 3, 3)) == "slope, mixed curvature");
  const surfaces::LocalModel model = quadratic(1, 5, 3, 3);
  CHECK(kind_of_point(race::RaceSnapshot{}, model) == surfaces::PointKind::unknown);
}

}  // namespace descent::web
