// SPDX-License-Identifier: MIT
// Discs at points of the surface: where the projection says, on the surface in the 3-D view, none outside the picture.
#include "web/model/geometry/dots.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/support/close.h"
#include "tests/support/height_ranges.h"

namespace descent::web::render {
namespace {

using testing::close;

Projection flat() {
  Projection projection;
  projection.shown = {0, 10, 0, 5};
  projection.width = 1000;
  projection.height = 500;
  return projection;
}

// A plane that rises along x, seen from the side.
struct Slope {
  race::HeightField field;
  SurfaceCamera camera;

  Slope() {
    field.view = camera.view = {0, 10, 0, 10};
    field.width = field.height = 2;
    field.values = {0, 10, 0, 10};
  }
  [[nodiscard]] Projection projection(const OrbitView& orbit) const {
    Projection p = flat();
    p.orbit = &orbit;
    p.field = &field;
    p.scale = fit_scale(testing::range_of(field), {}, false, {});
    return p;
  }
};

}  // namespace

TEST_CASE("flat: every point inside has a disc at its pixel, those outside have none") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> points{2, 1, 1e300, 0, 9, 4.5, nan, 1, -3, 2};
  const auto vertices = dot_vertices(points, flat());
  REQUIRE(vertices.size() == 4);
  CHECK(vertices[0].x == 200);
  CHECK(vertices[0].y == 100);
  CHECK(vertices[2].x == 900);
  for (std::size_t i = 0; i < 4; ++i) CHECK(vertices[i].joined == (i % 2 == 0 ? 1 : 0));
}

TEST_CASE("in the 3-D view discs lie on the surface, and none where there is no surface") {
  Slope slope;
  const OrbitView orbit(slope.camera, 1000, 500);
  const Projection p = slope.projection(orbit);
  const auto vertices = dot_vertices(std::vector<double>{8, 3, 12, 3}, p);
  REQUIRE(vertices.size() == 2);
  const Placed on = p.through_orbit({8, 3}, 0.8), floor = p.through_orbit({8, 3}, 0);
  CHECK(close(static_cast<double>(vertices[0].x), on.pixel[0], 0, 1e-2));
  CHECK(close(static_cast<double>(vertices[0].y), on.pixel[1], 0, 1e-2));
  CHECK(close(static_cast<double>(vertices[0].depth), on.depth, 0, 1e-5));
  CHECK(std::abs(static_cast<double>(vertices[0].y) - floor.pixel[1]) > 20);
  slope.field.values[3] = std::numeric_limits<float>::infinity();
  CHECK(dot_vertices(std::vector<double>{8, 8}, p).empty());
}

TEST_CASE("of very many points evenly chosen ones are drawn") {
  std::vector<double> points;
  for (int i = 0; i < 5000; ++i) points.insert(points.end(), {0.002 * i, 1.0});
  const auto vertices = dot_vertices(points, flat());
  CHECK(vertices.size() / 2 <= kMostDots);
  CHECK(vertices.size() / 2 > kMostDots / 2);
  CHECK(vertices.back().x > 990);
}

}  // namespace descent::web::render
