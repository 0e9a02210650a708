// SPDX-License-Identifier: MIT
// The arithmetic of the Surfaces view: aspect, scale of values, levels, ticks, sampling,
// clipping, the orbit camera and its picking.
#include "web/model/geometry/view_math.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "tests/support/close.h"
#include "tests/support/height_ranges.h"

namespace descent::web {
namespace {

using surfaces::Domain;
using surfaces::Point;
using testing::close;

race::HeightField sampled(const Domain& view, int width, int height, double (*f)(double, double)) {
  race::HeightField field;
  field.view = view;
  field.width = width;
  field.height = height;
  for (int row = 0; row < height; ++row)
    for (int column = 0; column < width; ++column)
      field.values.push_back(static_cast<float>(
          f(view.x0 + column * (view.x1 - view.x0) / (width - 1), view.y0 + row * (view.y1 - view.y0) / (height - 1))));
  return field;
}

double plane(double x, double y) {
  return 3 + 2 * x - y;
}

}  // namespace

TEST_CASE("the shown rectangle keeps its centre and gives x and y the same scale") {
  const Domain shown = expand_to_aspect({-2, 2, -1, 3}, 800, 200);
  CHECK(close((shown.x1 - shown.x0) / 800, (shown.y1 - shown.y0) / 200, 1e-14, 0));
  CHECK(close(shown.x0 + shown.x1, 0, 0, 1e-12));
  CHECK(close(shown.y0, -1, 1e-14, 0));
  CHECK(close(shown.y1, 3, 1e-14, 0));
  CHECK(contains(shown, Domain{-2, 2, -1, 3}));
  CHECK_FALSE(contains(Domain{-2, 2, -1, 3}, shown));
}

TEST_CASE("value scales run from 0 to 1 and invert") {
  for (const bool log : {false, true}) {
    const ValueScale scale{log, -3, 4000, 1};
    CHECK(close(scale(-3), 0, 0, 1e-15));
    CHECK(close(scale(4000), 1, 1e-14, 0));
    for (const double t : {0.1, 0.5, 0.9}) CHECK(close(scale(scale.inverse(t)), t, 1e-12, 0));
    CHECK(scale(10) < scale(11));
  }
}

TEST_CASE("a log scale reaches down to the known minimum, a linear one is not stretched by what lies outside") {
  const Domain all{-4, 4, -4, 4};
  const Domain core{-1, 1, -1, 1};
  const auto field = sampled(all, 81, 81, [](double x, double y) { return x * x * x * x + y * y; });
  const auto inner = testing::range_in(field, core), outer = testing::range_of(field);
  const ValueScale log = fit_scale(inner, outer, true, -2.0);
  CHECK(log.low == -2.0);
  CHECK(close(log.high, 2 + 9 * 4, 1e-6, 0));
  const ValueScale linear = fit_scale(inner, outer, false, {});
  CHECK(close(linear.high, 3, 1e-6, 0));
  CHECK(fit_scale(inner, inner, true, -2.0).high == inner.high);
  // The block of the 3-D view has its whole height all the same.
  for (const ValueScale& scale : {log, linear}) {
    CHECK(close(scale.relief(2), 1, 1e-12, 0));
    CHECK(scale(2) < 0.95);
    CHECK(close(scale.relief(scale.log ? -2 : 0), 0, 0, 1e-12));
  }
}

TEST_CASE("samples that are not finite neither set the scale nor are interpolated") {
  auto field = sampled({0, 1, 0, 1}, 3, 3, plane);
  field.values[4] = std::numeric_limits<float>::infinity();
  field.values[8] = std::numeric_limits<float>::quiet_NaN();
  const ValueScale scale = fit_scale(testing::range_of(field), {}, false, {});
  CHECK(std::isfinite(scale.low));
  CHECK(std::isfinite(scale.high));
  CHECK(std::isnan(sample_field(field, {0.6, 0.6})));
}

TEST_CASE("sampling is exact for planes, includes the offset and ends at the edges") {
  auto field = sampled({-1, 3, 0, 2}, 5, 4, plane);
  CHECK(close(sample_field(field, {0.3, 1.7}), plane(0.3, 1.7), 1e-6, 0));
  CHECK(close(sample_field(field, {3, 2}), plane(3, 2), 1e-6, 0));
  CHECK(std::isnan(sample_field(field, {3.01, 1})));
  field.offset = 100;
  CHECK(close(sample_field(field, {0.3, 1.7}), 100 + plane(0.3, 1.7), 1e-6, 0));
}

TEST_CASE("ticks are round, ascending and inside; labels carry a real minus sign") {
  const auto ticks = linear_ticks(-1.03, 2.9, 8);
  REQUIRE(ticks.size() >= 4);
  for (std::size_t i = 1; i < ticks.size(); ++i) CHECK(ticks[i].value > ticks[i - 1].value);
  CHECK(ticks.front().value >= -1.03 - 0.01);
  CHECK(ticks.back().value <= 2.9);
  CHECK(ticks.front().label == "−1.0");
  CHECK(linear_ticks(1, 1, 5).empty());
  CHECK(linear_ticks(0, 1e-12, 4).size() >= 3);
}

TEST_CASE("ticks of a log scale are its low end and powers of ten, apart from one another") {
  const ValueScale scale{true, 0, 2.5e4, 1};
  const auto ticks = scale_ticks(scale, 8);
  CHECK(ticks.front() == 0);
  CHECK(ticks.back() == 1e4);
  for (std::size_t i = 1; i < ticks.size(); ++i) CHECK(scale(ticks[i]) - scale(ticks[i - 1]) >= 1.0 / 8);
}

TEST_CASE("labels along a colour bar differ; where nothing differs there is one") {
  const auto labels = [](const ValueScale& scale) {
    std::vector<std::string> texts;
    for (const Tick& tick : labelled_ticks(scale, 8)) texts.push_back(tick.label);
    return texts;
  };
  CHECK(labels({false, 5, 5 + 5e-9, 1}) == std::vector<std::string>{"5"});
  CHECK(labels({.low = 0, .high = 1e-12, .constant = true}) == std::vector<std::string>{"0"});
  CHECK(labels({.low = 0, .high = 1e-12}).size() > 1);
  CHECK(labels({false, -1, 1, 1}).front() == "−1");
  for (const double range : {1e-4, 1e-3, 0.1}) {
    const auto texts = labels({false, 5, 5 + range, 1});
    CHECK(texts.size() > 4);
    CHECK(std::set<std::string>(texts.begin(), texts.end()).size() == texts.size());
  }
  CHECK(labels({true, 0, 2.5e4, 1}).back() == "10⁴");
}

TEST_CASE("contour levels are about thirty, at round distances") {
  const ContourLevels levels = contour_levels(ValueScale{false, 0, 70, 1});
  CHECK(levels.minor == 2);
  CHECK(levels.major_every == 5);
  CHECK(contour_levels(ValueScale{false, 0, 150, 1}).minor == 5);
  CHECK(contour_levels(ValueScale{false, 0, 150, 1}).major_every == 4);
}

TEST_CASE("segments are clipped to the box, also those of a run that diverges") {
  const ClipBox box{0, 0, 10, 10};
  std::array<double, 2> a{-5, 5}, b{15, 5};
  REQUIRE(clip_segment(a, b, box));
  CHECK(close(a[0], 0, 0, 1e-12));
  CHECK(close(b[0], 10, 0, 1e-12));
  a = {-5, -1}, b = {15, -1};
  CHECK_FALSE(clip_segment(a, b, box));
  a = {5, 5}, b = {1e150, 1e150};
  REQUIRE(clip_segment(a, b, box));
  CHECK(close(b[0], 10, 0, 1e-9));
  a = {5, 5}, b = {std::numeric_limits<double>::infinity(), 0};
  CHECK_FALSE(clip_segment(a, b, box));
}

TEST_CASE("the orbit camera: near is larger, picking finds the point that is drawn there") {
  SurfaceCamera camera;
  camera.view = {-1, 3, 0, 2};
  const OrbitView orbit(camera, 900, 600);
  const auto field = sampled(camera.view, 41, 21, plane);
  const ValueScale scale = fit_scale(testing::range_of(field), {}, false, {});
  int found = 0;
  for (const Point point : {Point{0.2, 0.4}, Point{2.5, 1.5}, Point{1, 1}}) {
    const auto clip = orbit.clip(point, scale.relief(plane(point[0], point[1])));
    REQUIRE(clip.w > 0);
    const auto picked = orbit.pick(0.5 + 0.5 * clip.x / clip.w, 0.5 - 0.5 * clip.y / clip.w, field, scale);
    if (!picked) continue;
    ++found;
    CHECK(close((*picked)[0], point[0], 0, 0.05));
    CHECK(close((*picked)[1], point[1], 0, 0.05));
  }
  CHECK(found == 3);
  CHECK_FALSE(orbit.pick(0.01, 0.01, field, scale).has_value());
}

TEST_CASE("the block fills the canvas and stays inside it for every yaw") {
  SurfaceCamera camera;
  camera.view = {-2, 2, -1, 1};
  for (const double pitch : {0.1, 0.65, 1.4}) {
    for (const double aspect : {0.6, 2.2}) {
      double widest = 0, tallest = 0;
      for (int k = 0; k < 60; ++k) {
        camera.yaw = 0.1047 * k;
        camera.pitch = pitch;
        const OrbitView orbit(camera, 500 * aspect, 500);
        for (const double x : {-2.0, 2.0})
          for (const double y : {-1.0, 1.0})
            for (const double t : {0.0, 1.0}) {
              const auto clip = orbit.clip({x, y}, t);
              REQUIRE(clip.w > 0);
              widest = std::max(widest, std::abs(clip.x / clip.w));
              tallest = std::max(tallest, std::abs(clip.y / clip.w));
              CHECK(std::abs(clip.z / clip.w) <= 1);
            }
      }
      CHECK(widest <= 0.95);
      CHECK(tallest <= 0.95);
      CHECK(std::max(widest, tallest) > 0.8);
    }
  }
}

TEST_CASE("the floor under the pointer, and the nearest corner") {
  SurfaceCamera camera;
  camera.view = {-1, 1, -1, 1};
  camera.look_x = 0.3;
  const OrbitView orbit(camera, 800, 500);
  const auto clip = orbit.clip({0.4, -0.7}, 0);
  const auto floor = orbit.floor_at(0.5 + 0.5 * clip.x / clip.w, 0.5 - 0.5 * clip.y / clip.w);
  REQUIRE(floor.has_value());
  CHECK(close((*floor)[0], 0.4, 0, 1e-9));
  CHECK(close((*floor)[1], -0.7, 0, 1e-9));
  CHECK_FALSE(orbit.floor_at(0.5, -5).has_value());
  double nearest = 1e9;
  Point corner{};
  for (const double x : {-1.0, 1.0})
    for (const double y : {-1.0, 1.0})
      if (const double w = orbit.clip({x, y}, 0).w; w < nearest) nearest = w, corner = {x, y};
  CHECK(orbit.near_corner() == corner);
}

TEST_CASE("heights of the 3-D view: the ends of the scale, and rounder valleys than the colours'") {
  ValueScale scale;
  scale.log = true;
  scale.low = 2;
  scale.high = 1002;
  scale.soft = 1;
  scale.relief_soft = 10;
  CHECK(close(scale.relief(2), 0, 0, 1e-15));
  CHECK(close(scale.relief(1002), 1, 0, 1e-15));
  CHECK(scale.relief(5) < 0.5 * scale(5));
  scale.log = false;
  CHECK(close(scale.relief(252), 0.25, 0, 1e-15));
}

}  // namespace descent::web
