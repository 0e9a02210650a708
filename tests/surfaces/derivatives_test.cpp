// SPDX-License-Identifier: MIT
// Exactness of the surfaces' derivatives: against reference numbers (tests/golden/derivatives.json, float64) to 1e-12,
// and, for every surface of the catalog, against central differences at seeded points. The difference checker is shown
// to reject surfaces whose gradient or Hessian is a little wrong.
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "engine/core/rng.h"
#include "engine/surfaces/surface.h"
#include "tests/support/close.h"
#include "tests/support/finite_difference.h"
#include "tests/support/golden.h"

using namespace descent;
using namespace descent::testing;

namespace {

std::unique_ptr<surfaces::Surface> made(std::string_view name) {
  auto surface = surfaces::make_surface(name, {});
  REQUIRE(surface.ok());
  return std::move(surface).value();
}

std::vector<surfaces::Point> seeded_points(const surfaces::Domain& domain, int count) {
  core::Rng rng(20240611);
  std::vector<surfaces::Point> points;
  for (int i = 0; i < count; ++i)
    points.push_back({rng.uniform(domain.x0, domain.x1), rng.uniform(domain.y0, domain.y1)});
  return points;
}

surfaces::Point gradient_at(const core::Objective& f, surfaces::Point p) {
  surfaces::Point gradient{};
  f.evaluate(p, gradient);
  return gradient;
}

// Gradient against differences of the value, Hessian against differences of the gradient. The tolerance follows what
// the differences can resolve: rounding of f over the step, and a share of the derivative's own size.
Closeness derivatives_agree(const core::Objective& f, surfaces::Point p) {
  surfaces::Point gradient{};
  std::array<double, 4> hessian{};
  const double value = f.evaluate_hessian(p, gradient, hessian);
  const double scale = std::abs(value) + std::abs(gradient[0]) + std::abs(gradient[1]) + std::abs(hessian[0]) +
                       std::abs(hessian[1]) + std::abs(hessian[3]);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto along = [&](auto&& function) {
      return central_difference(
          [&](double t) {
            surfaces::Point q = p;
            q[i] = t;
            return function(q);
          },
          p[i]);
    };
    const double slope = along([&](surfaces::Point q) { return f.evaluate(q, {}); });
    if (Closeness c = close(gradient[i], slope, 1e-7, 5e-9 * (1 + scale)); !c) return c;
    for (std::size_t j = 0; j < 2; ++j) {
      const double curvature = along([&](surfaces::Point q) { return gradient_at(f, q)[j]; });
      if (Closeness c = close(hessian[2 * i + j], curvature, 1e-7, 5e-9 * (1 + scale)); !c) return c;
    }
  }
  return {true, "derivatives agree"};
}

// Differences say nothing across a kink. On surfaces that name theirs a point counts only where the curvature hardly
// changes at many times the differences' step; elsewhere every point counts.
bool smooth_around(const surfaces::Surface& f, surfaces::Point p) {
  if (f.info().smooth) return true;
  const surfaces::LocalModel here = surfaces::local_model(f, p);
  const double size = std::abs(here.eigenvalues[0]) + std::abs(here.eigenvalues[1]);
  for (const auto& [dx, dy] : {std::pair{100.0, 0.0}, {-100.0, 0.0}, {0.0, 100.0}, {0.0, -100.0}}) {
    const surfaces::Point q{p[0] + dx * difference_step(p[0]), p[1] + dy * difference_step(p[1])};
    const surfaces::LocalModel there = surfaces::local_model(f, q);
    for (std::size_t k = 0; k < 4; ++k)
      if (!(std::abs(there.hessian[k] - here.hessian[k]) <= 0.05 * size)) return false;
  }
  return true;
}

// A surface with its y derivative or its Hessian off by one part in 100,000.
class Mutant final : public core::Objective {
 public:
  enum class Flaw { none, gradient, hessian };
  Mutant(const core::Objective& base, Flaw flaw) : base_(base), flaw_(flaw) {}
  [[nodiscard]] int dim() const override { return 2; }
  [[nodiscard]] bool has_hessian() const override { return true; }
  double evaluate(std::span<const double> x, std::span<double> gradient) const override {
    const double value = base_.evaluate(x, gradient);
    if (!gradient.empty() && flaw_ == Flaw::gradient) gradient[1] *= 1 + 1e-5;
    return value;
  }
  double evaluate_hessian(std::span<const double> x, std::span<double> gradient,
                          std::span<double> hessian) const override {
    const double value = base_.evaluate_hessian(x, gradient, hessian);
    if (flaw_ == Flaw::gradient) gradient[1] *= 1 + 1e-5;
    if (flaw_ == Flaw::hessian) hessian[3] *= 1 + 1e-5;
    return value;
  }

 private:
  const core::Objective& base_;
  Flaw flaw_;
};

}  // namespace

TEST_CASE("value, gradient and Hessian equal the reference numbers to 1e-12") {
  const Json golden = load_golden("derivatives.json");
  CHECK(golden.size() == 5);
  for (const auto& [key, points] : golden.items()) {
    const std::string name = key == "styblinski" ? "styblinski_tang" : key;
    const auto surface = made(name);
    for (const Json& expected : points) {
      CAPTURE(name);
      const surfaces::Point p{expected["point"][0].get<double>(), expected["point"][1].get<double>()};
      surfaces::Point gradient{};
      std::array<double, 4> hessian{};
      const double value = surface->evaluate_hessian(p, gradient, hessian);
      CHECK(close(value, expected["value"].get<double>(), 1e-12, 1e-12));
      for (std::size_t i = 0; i < 2; ++i) {
        CHECK(close(gradient[i], expected["gradient"][i].get<double>(), 1e-12, 1e-12));
        CHECK(close(gradient_at(*surface, p)[i], expected["gradient"][i].get<double>(), 1e-12, 1e-12));
        for (std::size_t j = 0; j < 2; ++j)
          CHECK(close(hessian[2 * i + j], expected["hessian"][i][j].get<double>(), 1e-12, 1e-12));
      }
    }
  }
}

TEST_CASE("derivatives of every surface agree with central differences") {
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    const auto surface = made(entry.info->name);
    int compared = 0;
    CAPTURE(entry.info->name);
    for (const surfaces::Point p : seeded_points(entry.info->domain, 200)) {
      if (!smooth_around(*surface, p)) continue;
      CAPTURE(p[0]);
      CAPTURE(p[1]);
      CHECK(derivatives_agree(*surface, p));
      ++compared;
    }
    CHECK(compared >= (entry.info->kinks.empty() ? 200 : 160));
  }
}

TEST_CASE("negative control: a gradient or Hessian that is off by 1e-5 is rejected on every surface") {
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    const auto surface = made(entry.info->name);
    const auto rejected = [&](Mutant::Flaw flaw) {
      int count = 0;
      for (const surfaces::Point p : seeded_points(entry.info->domain, 50))
        if (smooth_around(*surface, p)) count += derivatives_agree(Mutant(*surface, flaw), p) ? 0 : 1;
      return count;
    };
    CAPTURE(entry.info->name);
    CHECK(rejected(Mutant::Flaw::none) == 0);
    CHECK(rejected(Mutant::Flaw::gradient) > 25);
    CHECK(rejected(Mutant::Flaw::hessian) > 25);
  }
}

TEST_CASE("the value is the same bits whichever derivatives are asked for; the Hessian is symmetric") {
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    const auto surface = made(entry.info->name);
    for (const surfaces::Point p : seeded_points(entry.info->domain, 50)) {
      CAPTURE(entry.info->name);
      surfaces::Point first{};
      surfaces::Point second{};
      std::array<double, 4> hessian{};
      const double value = surface->evaluate(p, {});
      CHECK(surface->evaluate(p, first) == value);
      CHECK(surface->evaluate_hessian(p, second, hessian) == value);
      CHECK(first == second);
      CHECK(hessian[1] == hessian[2]);
    }
  }
}

TEST_CASE("many points at once give the bits of one point at a time, with and without gradients") {
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    const auto surface = made(entry.info->name);
    std::vector<double> x, y;
    for (const surfaces::Point p : seeded_points(entry.info->domain, 50)) {
      x.push_back(p[0]);
      y.push_back(p[1]);
    }
    std::vector<double> value(50), f(50), fx(50), fy(50);
    surface->evaluate_many(x, y, value, {}, {});
    surface->evaluate_many(x, y, f, fx, fy);
    int different = 0;
    for (std::size_t i = 0; i < f.size(); ++i) {
      surfaces::Point g{};
      const double one = surface->evaluate(surfaces::Point{x[i], y[i]}, g);
      different += one == value[i] && one == f[i] && g == surfaces::Point{fx[i], fy[i]} ? 0 : 1;
    }
    CAPTURE(entry.info->name);
    CHECK(different == 0);
  }
}
