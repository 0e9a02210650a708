// SPDX-License-Identifier: MIT
// Kinds of points: every listed minimum is one, known saddles, hilltops, valleys and ridges are called so, thresholds
// lie where the header says; Newton's step lands on the stationary point of a quadratic of any kind.
#include "engine/surfaces/point_kind.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "tests/support/close.h"

using namespace descent;
using namespace descent::surfaces;
using descent::testing::close;

namespace {

std::unique_ptr<Surface> made(std::string_view name, const std::vector<double>& parameters = {}) {
  auto surface = make_surface(name, parameters);
  REQUIRE(surface.ok());
  return std::move(surface).value();
}

PointKind kind_at(std::string_view name, Point p, const std::vector<double>& parameters = {}) {
  const auto surface = made(name, parameters);
  return point_kind(local_model(*surface, p), domain_length(surface->info().domain));
}

// A model on the axes with these slopes and curvatures, low first.
LocalModel model(Point gradient, Point eigenvalues) {
  LocalModel m;
  m.gradient = gradient;
  m.eigenvalues = eigenvalues;
  m.eigenvectors = {1, 0, 0, 1};
  m.hessian = {eigenvalues[0], 0, 0, eigenvalues[1]};
  return m;
}

}  // namespace

TEST_CASE("every listed minimum of a smooth surface is called a minimum") {
  for (const CatalogEntry& entry : catalog()) {
    if (!entry.info->kinks.empty()) continue;
    CAPTURE(entry.info->name);
    for (const Minimum& minimum : made(entry.info->name)->minima())
      CHECK(kind_at(entry.info->name, minimum.point) == PointKind::minimum);
    CHECK(kind_at(entry.info->name, entry.info->start) != PointKind::minimum);
  }
}

TEST_CASE("known points of other kinds") {
  CHECK(kind_at("himmelblau", {-0.27084459066734761, -0.92303855647998146}) == PointKind::maximum);
  CHECK(kind_at("saddle", {0, 0}) == PointKind::saddle);
  CHECK(kind_at("double_well", {0, 0}) == PointKind::saddle);
  CHECK(kind_at("monkey_saddle", {0, 0}) == PointKind::flat);
  CHECK(kind_at("rosenbrock", {-0.5, 0.2501}) == PointKind::valley);
  CHECK(kind_at("rosenbrock", {-0.5, 0.9}) == PointKind::slope);
  CHECK(kind_at("quadratic", {-4, 0}, {100}) == PointKind::valley);
  CHECK(kind_at("quadratic", {-4, 0}, {5}) == PointKind::slope);
  CHECK(kind_at("saddle", {-1, 0}) == PointKind::ridge);  // down both sides in y, along x there is a slope
  CHECK(kind_at("rosenbrock", {std::numeric_limits<double>::infinity(), 0}) == PointKind::unknown);
  CHECK(kind_at("ackley", {0, 0}) == PointKind::kink);
  CHECK(kind_at("ackley", {1e-9, 0}) != PointKind::kink);
  const double none = std::numeric_limits<double>::quiet_NaN();
  CHECK(point_kind(model({0, 0}, {none, none}), 1) == PointKind::kink);
  CHECK(point_kind(model({none, 0}, {none, none}), 1) == PointKind::unknown);
}

TEST_CASE("the thresholds lie where the header says") {
  CHECK(point_kind(model({0.99e-3, 0}, {1, 1}), 1) == PointKind::minimum);
  CHECK(point_kind(model({1.01e-3, 0}, {1, 1.1}), 1) == PointKind::slope);
  CHECK(point_kind(model({1.01e-3, 0}, {1, 1}), 2) == PointKind::minimum);
  CHECK(point_kind(model({0, 0}, {1.01e-6, 1}), 1) == PointKind::minimum);
  CHECK(point_kind(model({0, 0}, {0.99e-6, 1}), 1) == PointKind::valley);
  CHECK(point_kind(model({0, 0}, {-0.99e-6, 1}), 1) == PointKind::valley);
  CHECK(point_kind(model({0, 0}, {-1, 0.99e-6}), 1) == PointKind::ridge);
  CHECK(point_kind(model({0, 0}, {-1, -0.5}), 1) == PointKind::maximum);
  CHECK(point_kind(model({1, 0}, {1, 10}), 1) == PointKind::valley);
  CHECK(point_kind(model({1, 0.099}, {1, 10}), 1) == PointKind::valley);
  CHECK(point_kind(model({1, 0.101}, {1, 10}), 1) == PointKind::slope);
  CHECK(point_kind(model({1, 0}, {1, 9.9}), 1) == PointKind::slope);
  CHECK(point_kind(model({0, 1}, {-1, 5}), 1) == PointKind::ridge);
  CHECK(point_kind(model({0.009, 1}, {-1, 5}), 1) == PointKind::ridge);
  CHECK(point_kind(model({0.011, 1}, {-1, 5}), 1) == PointKind::slope);
  CHECK(point_kind(model({0, 0}, {0, 0}), 1) == PointKind::flat);
  CHECK(point_kind(model({1e-9, 0}, {0, 0}), 1) == PointKind::slope);
}

TEST_CASE("every kind has a name and a sentence") {
  for (const PointKind kind :
       {PointKind::unknown, PointKind::minimum, PointKind::maximum, PointKind::saddle, PointKind::flat,
        PointKind::valley, PointKind::ridge, PointKind::slope, PointKind::kink}) {
    CHECK(!to_string(kind).empty());
    CHECK(describe(kind).ends_with('.'));
  }
}

TEST_CASE("Newton's step leads to the stationary point, whatever it is") {
  for (const Point& p : {Point{3, -2}, Point{-0.1, 0.7}}) {
    for (const std::string_view name : {"quadratic", "saddle"}) {
      const Point step = newton_step(local_model(*made(name), p));
      CHECK(close(p[0] + step[0], 0, 0, 1e-15));
      CHECK(close(p[1] + step[1], 0, 0, 1e-15));
    }
    const Point step = newton_step(local_model(*made("booth"), p));
    CHECK(close(p[0] + step[0], 1, 1e-13, 0));
    CHECK(close(p[1] + step[1], 3, 1e-13, 0));
  }
  CHECK(std::isnan(newton_step(local_model(*made("monkey_saddle"), {0, 0}))[0]));
}
