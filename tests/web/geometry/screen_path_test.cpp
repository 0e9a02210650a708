// SPDX-License-Identifier: MIT
// Paths on the screen: growing piece by piece gives what projecting at once gives; merged points stay within the
// tolerance; what is outside is left out; long races become few segments.
#include "web/model/geometry/screen_path.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/support/height_ranges.h"

namespace descent::web::render {
namespace {

Projection flat() {
  Projection projection;
  projection.shown = {0, 1000, 0, 500};
  projection.width = 1000;
  projection.height = 500;
  return projection;
}

std::vector<double> spiral(int n) {
  std::vector<double> points;
  for (int i = 0; i < n; ++i) {
    const double angle = 0.01 * i, radius = 200 * std::exp(-0.0004 * i);
    points.push_back(500 + radius * std::cos(angle));
    points.push_back(250 + radius * std::sin(angle));
  }
  return points;
}

double distance_to(const std::vector<ScreenPath::Vertex>& line, double x, double y) {
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if (line[i].joined == 0) continue;
    const double ax = static_cast<double>(line[i].x), ay = static_cast<double>(line[i].y);
    const double dx = static_cast<double>(line[i + 1].x) - ax, dy = static_cast<double>(line[i + 1].y) - ay;
    const double s = std::clamp(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy), 0.0, 1.0);
    nearest = std::min(nearest, std::hypot(x - ax - s * dx, y - ay - s * dy));
  }
  return nearest;
}

}  // namespace

TEST_CASE("merged points lie within half a pixel of the line, and the line is much shorter than the run") {
  const auto points = spiral(10000);
  ScreenPath path;
  path.extend(points, flat());
  CHECK(path.taken() == 10000);
  CHECK(path.vertices().size() < 3000);
  double worst = 0;
  for (std::size_t i = 0; i < 10000; ++i)
    worst = std::max(worst, distance_to(path.vertices(), points[2 * i], points[2 * i + 1]));
  CHECK(worst < 0.5);
  // The measure itself finds a line that is off.
  CHECK(distance_to(path.vertices(), 500, 250 + 300) > 50);
}

TEST_CASE("growing in pieces gives the same line, and reports what changed") {
  const auto points = spiral(4000);
  ScreenPath whole, grown;
  whole.extend(points, flat());
  std::vector<ScreenPath::Vertex> copy;
  for (std::size_t n = 0; n <= 4000; n += 37) {
    const std::size_t changed = grown.extend(std::span(points).first(2 * std::min<std::size_t>(n, 4000)), flat());
    REQUIRE(changed <= copy.size());
    copy.resize(changed);
    for (std::size_t i = changed; i < grown.vertices().size(); ++i) copy.push_back(grown.vertices()[i]);
  }
  grown.extend(points, flat());
  REQUIRE(grown.vertices().size() == whole.vertices().size());
  for (std::size_t i = 0; i < whole.vertices().size(); ++i) {
    CHECK(grown.vertices()[i].x == whole.vertices()[i].x);
    CHECK(grown.vertices()[i].y == whole.vertices()[i].y);
  }
  for (std::size_t i = 0; i + 1 < copy.size(); ++i) CHECK(copy[i].joined == grown.vertices()[i].joined);
}

TEST_CASE("a run that leaves the picture and comes back has a gap; huge and missing points do no harm") {
  const double inf = std::numeric_limits<double>::infinity();
  const std::vector<double> points{500, 250, 2000, 250, 2000, 400, 500, 400, 1e200, 1e200, inf, 0, 400, 100, 300, 100};
  ScreenPath path;
  path.extend(points, flat());
  int gaps = 0;
  for (std::size_t i = 0; i + 1 < path.vertices().size(); ++i) gaps += path.vertices()[i].joined == 0 ? 1 : 0;
  CHECK(gaps == 2);
  for (const ScreenPath::Vertex& v : path.vertices()) {
    CHECK(std::isfinite(v.x));
    CHECK(v.x <= 1000 + 32 + 1e-3F);
    CHECK(v.y <= 500 + 32 + 1e-3F);
  }
}

TEST_CASE("turning back along the same line is not merged away") {
  ScreenPath path;
  path.extend(std::vector<double>{100, 100, 110, 100, 102, 100, 108, 100}, flat());
  CHECK(path.vertices().size() == 4);
}

TEST_CASE("in the 3-D view another camera gives another line from the same lifted points") {
  race::HeightField field;
  field.view = {0, 1000, 0, 500};
  field.width = field.height = 2;
  field.values = {0, 1, 2, 3};
  SurfaceCamera camera;
  camera.view = field.view;
  Projection projection = flat();
  projection.field = &field;
  projection.scale = fit_scale(testing::range_of(field), {}, false, {});
  const OrbitView first(camera, 1000, 500);
  camera.yaw += 0.4;
  const OrbitView second(camera, 1000, 500);
  const auto points = spiral(2000);
  ScreenPath kept, fresh;
  projection.orbit = &first;
  kept.extend(points, projection);
  const std::size_t before = kept.vertices().size();
  REQUIRE(before > 10);
  projection.orbit = &second;
  kept.forget_camera();
  kept.extend(points, projection);
  fresh.extend(points, projection);
  REQUIRE(kept.vertices().size() == fresh.vertices().size());
  CHECK(kept.vertices()[5].x == fresh.vertices()[5].x);
}

TEST_CASE("in the 3-D view a run that leaves the surface is drawn to its edge, and from there when it comes back") {
  race::HeightField field;
  field.view = {0, 10, 0, 10};
  field.width = field.height = 2;
  field.values = {1, 1, 1, 1};
  SurfaceCamera camera;
  camera.view = field.view;
  const OrbitView orbit(camera, 800, 600);
  Projection projection = flat();
  projection.width = 800;
  projection.height = 600;
  projection.field = &field;
  projection.orbit = &orbit;
  projection.scale.high = 2;
  ScreenPath path;
  path.extend(std::vector<double>{5, 5, 1e5, 5, 5, 8}, projection);
  const Placed edge = projection.through_orbit({10, 5}, 0.5);
  const Placed last = projection.through_orbit({5, 8}, 0.5);
  const auto at = [](const ScreenPath::Vertex& v, const Placed& p) {
    return std::hypot(static_cast<double>(v.x) - p.pixel[0], static_cast<double>(v.y) - p.pixel[1]) < 0.5;
  };
  const auto& vertices = path.vertices();
  const auto gap = std::find_if(vertices.begin(), vertices.end(), [](const auto& v) { return v.joined == 0; });
  REQUIRE(gap != vertices.end());
  CHECK(at(*gap, edge));
  REQUIRE(gap + 1 != vertices.end());
  CHECK(at(*(gap + 1), projection.through_orbit({10, 8}, 0.5)));
  CHECK(at(vertices.back(), last));
}

}  // namespace descent::web::render
