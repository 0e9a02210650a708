// SPDX-License-Identifier: MIT
// Minima at kinks are found where they are, to the stated tolerance; what only looks like one (a line of equal minima,
// a flat floor, a slope along a crease, a crest) is not listed; smooth minima beside them are not lost.
#include "engine/surfaces/minima.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "engine/surfaces/kink_minimum.h"

using namespace descent;
using surfaces::Minimum;
using surfaces::Point;

namespace {

constexpr double kExtent = 10;  // of the default domain

std::unique_ptr<surfaces::Surface> typed(std::string text, surfaces::Domain domain = surfaces::kExpressionDomain) {
  auto surface =
      surfaces::make_surface(surfaces::SurfaceChoice{"expression", surfaces::TypedFormula(text), domain, {}});
  REQUIRE_MESSAGE(surface.ok(), surface.message());
  return std::move(surface).value();
}

std::vector<Minimum> minima_of(std::string text) {
  const auto surface = typed(std::move(text));
  return surfaces::find_minima(*surface, surface->info().domain);
}

// The lowest is the only one.
bool only(const std::vector<Minimum>& found, Point point, double value, double tolerance) {
  return found.size() == 1 && std::hypot(found[0].point[0] - point[0], found[0].point[1] - point[1]) <= tolerance &&
         std::abs(found[0].value - value) <= tolerance;
}

}  // namespace

TEST_CASE("where f rises linearly all round, minima at kinks are exact to 1e-9 of the domain") {
  constexpr double kSharp = 1e-9 * kExtent;
  CHECK(only(minima_of("abs(x) + abs(y)"), {0, 0}, 0, kSharp));
  CHECK(only(minima_of("max(abs(x - 1), abs(y + 2))"), {1, -2}, 0, kSharp));
  CHECK(only(minima_of("sqrt(x^2 + y^2) - 3"), {0, 0}, -3, kSharp));
  CHECK(only(minima_of("relu(x) + 2*relu(-x) + abs(y - x + 1)"), {0, -1}, 0, kSharp));
  // A crease across the axes, twenty times as steep as the way along it: f = 20|u| + |v|.
  CHECK(only(minima_of("20*abs(x + y - 1) + abs(x - y)"), {0.5, 0.5}, 0, kSharp));
  // Negative control of the check: 1e-6 beside it is another point.
  CHECK_FALSE(only(minima_of("abs(x - 1e-6) + abs(y)"), {0, 0}, 0, kSharp));
}

TEST_CASE("where f is smooth along the crease they are exact to 1e-7 of the domain") {
  constexpr double kTolerance = 1e-7 * kExtent;
  CHECK(only(minima_of("abs(x) + y^2"), {0, 0}, 0, kTolerance));
  CHECK(only(minima_of("abs(x - 0.3) + (y - 0.7)^2 + 7"), {0.3, 0.7}, 7, kTolerance));
  CHECK(only(minima_of("max((x - 1)^2, (x + 1)^2) + y^2"), {0, 0}, 1, kTolerance));
  CHECK(only(minima_of("10*abs(y - x^2) + (1 - x)^2"), {1, 1}, 0, kTolerance));  // a bent crease
}

TEST_CASE("minima at kinks and smooth ones stand in one list") {
  // Left of x = −1.5 a V at −3, right of it a bowl at 2 that is deeper.
  const auto found = minima_of("min(abs(x + 3) + abs(y), (x - 2)^2 + y^2 - 1)");
  REQUIRE(found.size() == 2);
  CHECK(std::hypot(found[0].point[0] - 2, found[0].point[1]) < 1e-8);
  CHECK(std::abs(found[0].value + 1) < 1e-12);
  CHECK(std::hypot(found[1].point[0] + 3, found[1].point[1]) < 1e-8);
  const auto lattice = minima_of("abs(sin(x)) + abs(y)");
  REQUIRE(lattice.size() == 3);  // −π, 0, π
  for (const Minimum& m : lattice) CHECK(std::abs(std::sin(m.point[0])) + std::abs(m.point[1]) < 1e-8);
}

TEST_CASE("all minima of a typed Rastrigin are found, and more than a list holds are said to be more") {
  const auto rastrigin = typed("20 + x^2 + y^2 - 10*(cos(2*pi*x) + cos(2*pi*y))");
  const surfaces::MinimaList all = surfaces::search_minima(*rastrigin, surfaces::kExpressionDomain);
  CHECK_FALSE(all.more);
  REQUIRE(all.minima.size() == 121);  // 11 × 11: by each axis one near every whole number from −5 to 5
  CHECK(std::hypot(all.minima[0].point[0], all.minima[0].point[1]) < 1e-9);
  for (const Minimum& m : all.minima) {
    CHECK(std::abs(m.point[0] - std::round(m.point[0])) < 0.03);
    CHECK(std::abs(m.point[1] - std::round(m.point[1])) < 0.03);
  }
  const surfaces::MinimaList few = surfaces::search_minima(*rastrigin, surfaces::kExpressionDomain, 5);
  CHECK(few.more);
  REQUIRE(few.minima.size() == 5);  // the lowest: the middle and its four neighbours
  CHECK(few.minima[4].value < 1);
  const surfaces::Domain wide{-15.5, 15.5, -15.5, 15.5};
  const surfaces::MinimaList cut = surfaces::search_minima(*typed("cos(2*pi*x) + cos(2*pi*y)", wide), wide);
  CHECK(cut.more);  // of 31 × 31
  CHECK(cut.minima.size() == surfaces::kMostMinima);
}

TEST_CASE("minima where kinks cancel are minima like others") {
  CHECK(only(minima_of("abs(x)^2 + y^2"), {0, 0}, 0, 1e-8));
  CHECK(only(minima_of("sqrt(x^4) + abs(y - 1)^2"), {0, 1}, 0, 1e-8));
  CHECK(only(minima_of("sqrt(x^2 + y^2)^2"), {0, 0}, 0, 1e-8));
  CHECK(only(minima_of("-cos(sqrt(x^2 + y^2)/4)"), {0, 0}, -1, 1e-8));
}

TEST_CASE("what is no isolated minimum is not listed") {
  for (const char* text : {
           "abs(x) + y",               // downhill along the crease, out of the domain
           "abs(x)",                   // a line of equal minima
           "relu(x^2 + y^2 - 1)",      // a flat floor
           "-abs(x) + y^2",            // a crest
           "abs(x) - abs(y)",          // a saddle of creases
           "max(x, y)",                // downhill for ever
           "abs(abs(x) - 1) + 0*y",    // two lines
           "max(x^2 + y^2, 0*x + 4)",  // a flat floor with a rim
           // Bukin's bent ravine, whose minimum at (-10, 1) is outside: downhill along the ravine.
           "100*sqrt(abs(y - 0.01*x^2)) + 0.01*abs(x + 10)",
       }) {
    CAPTURE(text);
    CHECK(minima_of(text).empty());
  }
}

TEST_CASE("kink_minimum goes downhill to the minimum of its own basin, or gives up") {
  const auto wells = typed("min(abs(x + 3) + abs(y), abs(x - 2) + abs(y) + 0.5)");
  for (const Point from : {Point{-4, 1}, {-2.2, -0.4}, {3.9, 0.7}, {1.2, -1}}) {
    CAPTURE(from[0]);
    const auto found = surfaces::kink_minimum(*wells, from, kExtent);
    REQUIRE(found);
    CHECK(std::hypot(found->point[0] - (from[0] < 0 ? -3 : 2), found->point[1]) < 1e-8);
    CHECK(std::abs(found->value - (from[0] < 0 ? 0 : 0.5)) < 1e-8);
  }
  CHECK_FALSE(surfaces::kink_minimum(*typed("abs(x) + y"), {0.3, 0.4}, kExtent));
  CHECK_FALSE(surfaces::kink_minimum(*typed("log(x) + abs(y)"), {-1, 0.4}, kExtent));  // begins in a hole
}
