// SPDX-License-Identifier: MIT
// Shows what sets the optimizers apart from one another, each in its own words: who is attracted by saddles and who
// leaves them, the trust region's step against a search over the disc, simplexes that never ask for a gradient,
// restarts, steps by sign, the inverse Hessian that BFGS learns.
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "engine/core/rng.h"
#include "engine/race/descend.h"
#include "tests/optim/helpers.h"
#include "tests/support/close.h"

using namespace descent;
using namespace descent::testing;

namespace {

Run run_from(std::string_view optimizer, const core::Objective& surface, surfaces::Point start, int steps,
             double rate) {
  const auto method = optimizer_named<double>(optimizer);
  method->reset(2);
  return descend(surface, *method, rate, start, steps);
}

// gᵀx + xᵀHx/2 for any symmetric H.
class AnyQuadratic final : public core::Objective {
 public:
  AnyQuadratic(std::array<double, 2> g, std::array<double, 3> h) : g_(g), h_(h) {}
  [[nodiscard]] int dim() const override { return 2; }
  [[nodiscard]] bool has_hessian() const override { return true; }
  double evaluate(std::span<const double> x, std::span<double> gradient) const override {
    const double u = h_[0] * x[0] + h_[1] * x[1];
    const double v = h_[1] * x[0] + h_[2] * x[1];
    if (!gradient.empty()) {
      gradient[0] = g_[0] + u;
      gradient[1] = g_[1] + v;
    }
    return g_[0] * x[0] + g_[1] * x[1] + 0.5 * (x[0] * u + x[1] * v);
  }
  double evaluate_hessian(std::span<const double> x, std::span<double> gradient,
                          std::span<double> hessian) const override {
    hessian[0] = h_[0];
    hessian[1] = hessian[2] = h_[1];
    hessian[3] = h_[2];
    return evaluate(x, gradient);
  }

 private:
  std::array<double, 2> g_;
  std::array<double, 3> h_;
};

// Values only: asking for a gradient inside a step fails the test.
class ValuesOnly final : public core::Objective {
 public:
  [[nodiscard]] int dim() const override { return 2; }
  double evaluate(std::span<const double> x, std::span<double> gradient) const override {
    CHECK(gradient.empty());
    return std::abs(x[0] - 1) + 3 * std::abs(x[1] + 2);
  }
};

double lowest_in_disc(const core::Objective& f, double radius) {
  double lowest = 0;
  for (int ring = 1; ring <= 60; ++ring)
    for (int k = 0; k < 720; ++k) {
      const double r = radius * ring / 60;
      const double angle = k * std::numbers::pi / 360;
      lowest = std::min(lowest, f.evaluate(std::array{r * std::cos(angle), r * std::sin(angle)}, {}));
    }
  return lowest;
}

}  // namespace

TEST_CASE("pure Newton runs to the hilltop and to saddles, the others run away from them") {
  const auto himmelblau = surface_named("himmelblau");
  const surfaces::Point near_top{-0.3, -0.9};
  const Run pure = run_from("newton_raphson", *himmelblau, near_top, 20, 1);
  CHECK(close(pure.loss, 181.61652152258270, 1e-12, 0));
  CHECK(pure.gradient_norm < 1e-10);
  CHECK(pure.note == "Negative curvature here: the step is towards a saddle or a maximum");
  for (const std::string_view name : {"newton", "saddle_free_newton", "trust_region"}) {
    CAPTURE(name);
    CHECK(run_from(name, *himmelblau, near_top, 60, 1).loss < 1e-9);
  }
  const auto saddle = surface_named("saddle");
  CHECK(run_from("newton_raphson", *saddle, {-1.6, 0.01}, 1, 1).point == surfaces::Point{0, 0});
  for (const std::string_view name : {"saddle_free_newton", "trust_region"}) {
    CAPTURE(name);
    CHECK(run_from(name, *saddle, {-1.6, 0.01}, 20, 1).loss < -100);
  }
  const Run singular = run_from("newton_raphson", *surface_named("monkey_saddle"), {0, 0}, 3, 1);
  CHECK(singular.stalled_at == 1);
  CHECK(singular.note == "The Hessian is singular here: Newton's step does not exist");
}

TEST_CASE("a trust region's step is the lowest point of the model in the disc, hard case included") {
  core::Rng rng(4);
  std::vector<std::pair<std::array<double, 2>, std::array<double, 3>>> models{
      {{0, 0}, {1, 0, -2}},     // at a saddle: only curvature tells the way
      {{0.5, 0}, {1, 0, -2}},   // the hard case: the gradient says nothing along the way down
      {{0, 0}, {-3, 0, -3}},    // on a round hilltop
      {{1, -1}, {0, 0, 0}},     // a plane
      {{0.3, 0}, {2, 0, 0}},    // a gutter
      {{1e-9, 1}, {-1, 0, 5}},  // almost the hard case
  };
  for (int i = 0; i < 60; ++i)
    models.push_back({{rng.normal(), rng.normal()}, {3 * rng.normal(), 2 * rng.normal(), 3 * rng.normal()}});
  for (const auto& [g, h] : models) {
    const AnyQuadratic f(g, h);
    for (const double radius : {0.1, 1.0, 4.0}) {
      CAPTURE(g[0]);
      CAPTURE(g[1]);
      CAPTURE(h[0]);
      CAPTURE(h[1]);
      CAPTURE(h[2]);
      CAPTURE(radius);
      const Run run = run_from("trust_region", f, {0, 0}, 1, radius);
      const double lowest = lowest_in_disc(f, radius);
      CHECK(std::hypot(run.point[0], run.point[1]) <= radius * (1 + 1e-12));
      CHECK(run.loss <= lowest + 1e-12 * std::abs(lowest));
      CHECK(run.loss >= lowest - 2e-3 * (std::abs(lowest) + radius * radius));  // as fine as the search is
    }
  }
  const Run bottom = run_from("trust_region", AnyQuadratic({0, 0}, {1, 0, 2}), {0, 0}, 1, 1);
  CHECK(bottom.stalled_at == 1);
}

TEST_CASE("a trust region never climbs, refuses steps that do, and shrinks") {
  core::Rng rng(6);
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    const auto surface = surface_named(entry.info->name);
    const surfaces::Domain& d = entry.info->domain;
    const auto method = optimizer_named<double>("trust_region");
    method->reset(2);
    surfaces::Point p{rng.uniform(d.x0, d.x1), rng.uniform(d.y0, d.y1)};
    double value = surface->evaluate(p, {});
    for (int t = 1; t <= 25; ++t) {
      const double size = method->state()[0].values[0];
      const Run run = descend(*surface, *method, 1, p, 1, t);
      CAPTURE(entry.info->name);
      CHECK(run.loss <= value + 1e-12 * std::abs(value));
      if (run.point == p && run.stalled_at == 0) CHECK(method->state()[0].values[0] < size);
      p = run.point;
      value = run.loss;
    }
  }
}

TEST_CASE("a simplex needs values only, and crosses a kink to its bottom") {
  const ValuesOnly roof;
  const auto method = optimizer_named<double>("nelder_mead");
  method->reset(2);
  surfaces::Point p{-3, 4};
  int evaluations = 0;
  for (int t = 1; t <= 200; ++t) {
    const optim::StepReport report =
        method->step(p, std::array{std::nan(""), std::nan("")}, {.t = t, .learning_rate = 0.5, .objective = &roof});
    evaluations += report.gradient_evaluations;
    if (report.stalled) break;
  }
  CHECK(close(p[0], 1, 0, 1e-9));
  CHECK(close(p[1], -2, 0, 1e-9));
  CHECK(evaluations < 600);
  const auto again = optimizer_named<double>("nelder_mead");
  again->reset(2);
  CHECK(descend(*surface_named("booth"), *again, 0, {1, 1}, 3).point == surfaces::Point{1, 1});
}

TEST_CASE("a simplex that the caller moves elsewhere starts anew there") {
  const auto bowl = surface_named("quadratic");
  const auto method = optimizer_named<double>("nelder_mead");
  method->reset(2);
  descend(*bowl, *method, 0.5, {-4, 1.5}, 30);
  const Run moved = descend(*bowl, *method, 0.5, {5, 5}, 1, 31);
  const auto fresh = optimizer_named<double>("nelder_mead");
  fresh->reset(2);
  CHECK(moved.point == descend(*bowl, *fresh, 0.5, {5, 5}, 1).point);
}

TEST_CASE("restarts take the swing out of momentum") {
  const auto bowl = surface_named("quadratic", {100});
  const surfaces::Point start{-4, 1.5};
  const auto restarting = optimizer_named<double>("momentum_restart", {0.005, 0.97, 0});
  restarting->reset(2);
  const Run with = descend(*bowl, *restarting, 0.005, start, 150);
  const auto plain = optimizer_named<double>("momentum", {0.005, 0.97, 0});
  plain->reset(2);
  const Run without = descend(*bowl, *plain, 0.005, start, 150);
  CHECK(with.loss < 1e-2 * without.loss);
  CHECK(restarting->state()[1].values[0] > 1);
  CHECK(with.note == "Restarted: the velocity pointed uphill");
}

TEST_CASE("steps by sign are as long as the learning rate, on plateaus and on cliffs") {
  for (const double slope : {1e-12, 1.0, 1e12}) {
    const AnyQuadratic ramp({slope, -slope}, {0, 0, 0});
    const Run lion = run_from("lion", ramp, {0, 0}, 1, 0.25);
    CHECK(lion.point == surfaces::Point{-0.25, 0.25});
    const Run rprop = run_from("rprop", ramp, {0, 0}, 2, 0.25);
    CHECK(close(rprop.point[0], -0.25 * 2.2, 1e-15, 0));
  }
  const AnyQuadratic flat({0, 0}, {0, 0, 0});
  for (const std::string_view name : {"lion", "rprop"})
    CHECK(run_from(name, flat, {1, 1}, 5, 0.25).point == surfaces::Point{1, 1});
}

TEST_CASE("BFGS learns the inverse Hessian of a bowl") {
  const AnyQuadratic bowl({1, -2}, {3, 1, 2});  // inverse (0.4, -0.2; -0.2, 0.6)
  const auto method = optimizer_named<double>("bfgs");
  method->reset(2);
  const Run run = descend(bowl, *method, 1, {4, 4}, 5);
  CHECK(run.gradient_norm < 1e-2);
  const std::span<const double> inverse = method->state()[0].values;
  const std::array<double, 4> expected{0.4, -0.2, -0.2, 0.6};
  CHECK(close(inverse, std::span(expected), 1e-3, 0));
  CHECK(inverse[1] == inverse[2]);
}

TEST_CASE("without bias correction Adam's first step is (1−β₁)/√(1−β₂) times as long, and in the end it is as long") {
  const AnyQuadratic slope({1e3, -2e3}, {0, 0, 0});  // the same gradient everywhere
  const auto step_of = [&](double bias_correction, int steps) {
    const auto adam = optimizer_named<double>(
        "adam", values_for("adam", std::vector<core::NamedValue>{{"bias_correction", bias_correction}}));
    adam->reset(2);
    const Run before = descend(slope, *adam, 0.01, {0, 0}, steps - 1);
    return before.point[0] - descend(slope, *adam, 0.01, before.point, 1, steps).point[0];
  };
  CHECK(close(step_of(1, 1), 0.01, 1e-10, 0));
  CHECK(close(step_of(0, 1), 0.01 * 0.1 / std::sqrt(0.001), 1e-9, 0));
  CHECK(step_of(0, 11) > 0.06);  // longest after ten steps
  CHECK(close(step_of(0, 20000), step_of(1, 20000), 1e-6, 0));
}
