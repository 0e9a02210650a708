// SPDX-License-Identifier: MIT
// Basins look like no run, in either theme, and differ from one another. Distances are those of CIELAB (CIE 15:2004,
// D65), where 2 is about the least that is seen side by side.
#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "web/model/plots/run_colors.h"
#include "web/model/plots/survey_colors.h"

namespace descent::web {
namespace {

using Lab = std::array<double, 3>;

Lab lab_of(Rgb color) {
  const auto linear = [](float v) {
    const auto c = static_cast<double>(v);
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  const double r = linear(color.r), g = linear(color.g), b = linear(color.b);
  const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
  const double x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const double y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const double z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

Rgb rgb_of(std::uint32_t hex) {
  const auto channel = [hex](int shift) { return static_cast<float>(hex >> shift & 0xFF) / 255; };
  return {channel(16), channel(8), channel(0)};
}

double distance(Rgb a, Rgb b) {
  const Lab p = lab_of(a), q = lab_of(b);
  return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

}  // namespace

TEST_CASE("basin colours are not those of runs, and not those of each other") {
  for (const Theme theme : {Theme::dark, Theme::light})
    for (int basin = 0; basin < 8; ++basin) {
      CAPTURE(basin);
      const Rgb color = attractor_color(basin, theme);
      for (const std::uint32_t run : theme == Theme::dark ? kDarkRunColors : kLightRunColors)
        CHECK(distance(color, rgb_of(run)) > 25);
      for (int other = 0; other < basin; ++other) CHECK(distance(color, attractor_color(other, theme)) > 20);
    }
  // The scheme that stood here before had a blue beside momentum's and a yellow that was a run's own.
  CHECK(distance({0.267F, 0.467F, 0.667F}, rgb_of(0x3D8FD6)) < 25);
  CHECK(distance({1, 1, 1}, {0, 0, 0}) > 99.9);
}

}  // namespace descent::web
