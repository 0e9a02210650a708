// SPDX-License-Identifier: MIT
// Newton, conjugate gradients and L-BFGS: exactness on bowls, steps to the minimum of Rosenbrock, every run ends in a
// listed minimum, saddles, functions without a minimum, walls of NaN, and honest reports.
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "engine/core/rng.h"
#include "engine/race/descend.h"
#include "tests/optim/helpers.h"
#include "tests/support/close.h"

using namespace descent;
using namespace descent::testing;

namespace {

constexpr std::array<std::string_view, 2> kLineSearchMethods{"conjugate_gradient", "lbfgs"};

Run run_from(std::string_view optimizer, const core::Objective& surface, surfaces::Point start, int steps) {
  const auto method = optimizer_named<double>(optimizer);
  method->reset(2);
  return descend(surface, *method, 1, start, steps);
}

// x − ln x, NaN for x ≤ 0: the first trial of a long step lands outside the domain.
class Barrier final : public core::Objective {
 public:
  [[nodiscard]] int dim() const override { return 2; }
  double evaluate(std::span<const double> x, std::span<double> gradient) const override {
    if (!gradient.empty()) {
      gradient[0] = 40 - 1 / x[0];
      gradient[1] = 2 * x[1];
    }
    return 40 * x[0] - std::log(x[0]) + x[1] * x[1];
  }
};

// A finite value at one point only, with a slope that promises a descent.
class Trap final : public core::Objective {
 public:
  [[nodiscard]] int dim() const override { return 2; }
  double evaluate(std::span<const double> x, std::span<double> gradient) const override {
    if (!gradient.empty()) gradient[0] = gradient[1] = 1;
    return x[0] == 0 && x[1] == 0 ? 0 : std::numeric_limits<double>::quiet_NaN();
  }
};

}  // namespace

TEST_CASE("on a bowl Newton needs one step and conjugate gradients two") {
  for (const double kappa : {1.0, 10.0, 1000.0}) {
    const auto bowl = surface_named("quadratic", {kappa});
    CHECK(close(run_from("newton", *bowl, {-4, 1.5}, 1).gradient_norm, 0, 0, 1e-12 * kappa));
    CHECK(close(run_from("conjugate_gradient", *bowl, {-4, 1.5}, 2).gradient_norm, 0, 0, 1e-11 * kappa));
  }
  CHECK(close(run_from("newton", *surface_named("booth"), {-8, 7}, 1).gradient_norm, 0, 0, 1e-12));
}

TEST_CASE("Rosenbrock from (-1.2, 1): steps and evaluations to |gradient| < 1e-8") {
  struct Budget {
    std::string_view optimizer;
    int steps, evaluations;
  };
  const auto surface = surface_named("rosenbrock");
  for (const Budget& budget :
       {Budget{"newton", 7, 14}, Budget{"conjugate_gradient", 24, 140}, Budget{"lbfgs", 38, 125}}) {
    CAPTURE(budget.optimizer);
    const Run run = run_from(budget.optimizer, *surface, {-1.2, 1}, budget.steps);
    CHECK(run.gradient_norm < 1e-8);
    CHECK(run.evaluations <= budget.evaluations);
    CHECK(close(run.point[0], 1, 1e-8, 0));
    CHECK(close(run.point[1], 1, 1e-8, 0));
  }
}

TEST_CASE("from anywhere, line search methods end in a listed minimum") {
  core::Rng rng(11);
  for (const std::string_view name :
       {"quadratic", "rosenbrock", "himmelblau", "styblinski_tang", "three_hump_camel", "booth"}) {
    const auto surface = surface_named(name);
    const surfaces::Domain& d = surface->info().domain;
    for (int i = 0; i < 40; ++i) {
      const surfaces::Point start{rng.uniform(d.x0, d.x1), rng.uniform(d.y0, d.y1)};
      for (const std::string_view method : kLineSearchMethods) {
        CAPTURE(name);
        CAPTURE(method);
        CAPTURE(start[0]);
        CAPTURE(start[1]);
        const Run run = run_from(method, *surface, start, 200);
        double nearest = 1e300;
        for (const surfaces::Minimum& m : surface->minima())
          nearest = std::min(nearest, std::hypot(run.point[0] - m.point[0], run.point[1] - m.point[1]));
        CHECK(nearest < 1e-6);
      }
    }
  }
}

TEST_CASE("a line search step never raises f") {
  core::Rng rng(5);
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    const auto surface = surface_named(entry.info->name);
    const surfaces::Domain& d = entry.info->domain;
    for (const std::string_view name : kLineSearchMethods) {
      const auto method = optimizer_named<double>(name);
      surfaces::Point p{rng.uniform(d.x0, d.x1), rng.uniform(d.y0, d.y1)};
      method->reset(2);
      double value = surface->evaluate(p, {});
      for (int t = 1; t <= 12 && std::abs(p[0]) + std::abs(p[1]) < 1e6; ++t) {
        const Run run = descend(*surface, *method, 1, p, 1, t);
        CAPTURE(entry.info->name);
        CAPTURE(name);
        CAPTURE(t);
        CHECK(run.loss <= value + 1e-13 * std::abs(value));
        CHECK(run.evaluations <= 120);
        p = run.point;
        value = run.loss;
      }
    }
  }
}

TEST_CASE("a line search settles: at a minimum the gradient is down to rounding") {
  for (const std::string_view name : {"styblinski_tang", "three_hump_camel", "goldstein_price", "rastrigin"}) {
    const auto surface = surface_named(name);
    for (const std::string_view method : kLineSearchMethods) {
      CAPTURE(name);
      CAPTURE(method);
      CHECK(run_from(method, *surface, surface->info().start, 60).gradient_norm < 1e-9);
    }
  }
}

TEST_CASE("Newton leaves saddles and says what it did") {
  const auto saddle = surface_named("saddle");
  const Run one = run_from("newton", *saddle, {-1.6, 0.01}, 1);
  CHECK(one.point == surfaces::Point{0, 0.02});  // to the ridge along x, away from it along y
  CHECK(one.note == "The Hessian is not positive definite here: used |λ| in place of λ");
  CHECK(run_from("newton", *saddle, {-1.6, 0.01}, 20).loss < -1e5);
  const auto monkey = surface_named("monkey_saddle");
  CHECK(run_from("newton", *monkey, {1.4, 0.03}, 30).loss < -1);
  const Run still = run_from("newton", *monkey, {0, 0}, 5);  // gradient and Hessian are zero
  CHECK(still.point == surfaces::Point{0, 0});
  CHECK(run_from("newton", *surface_named("himmelblau"), {3.5, 1.5}, 10).note.empty());
}

TEST_CASE("Newton is damped by the learning rate") {
  const auto bowl = surface_named("quadratic");
  const auto newton = optimizer_named<double>("newton");
  newton->reset(2);
  const Run run = descend(*bowl, *newton, 0.25, {-4, 1.5}, 1);
  CHECK(close(run.point[0], -3, 1e-15, 0));
  CHECK(close(run.point[1], 1.125, 1e-15, 0));
}

TEST_CASE("functions without a minimum: the run goes down for ever, in finite time, and is told so") {
  for (const std::string_view name : {"saddle", "monkey_saddle"})
    for (const std::string_view method : kLineSearchMethods) {
      const auto surface = surface_named(name);
      CAPTURE(name);
      CAPTURE(method);
      const Run run = run_from(method, *surface, surface->info().start, 4);
      CHECK(run.stalled_at == 0);
      CHECK(run.loss < surface->evaluate(surface->info().start, {}) - 1);
      const Run at_saddle = run_from(method, *surface, {0, 0}, 3);
      CHECK(at_saddle.stalled_at == 1);
      CHECK(at_saddle.point == surfaces::Point{0, 0});
      CHECK(at_saddle.note == "The gradient is zero: there is no way down from here");
    }
}

TEST_CASE("trial points that are not finite shorten the step; a trap stalls instead of looping") {
  for (const std::string_view method : kLineSearchMethods) {
    CAPTURE(method);
    const Run barrier = run_from(method, Barrier(), {10, 3}, 40);
    CHECK(close(barrier.point[0], 1.0 / 40, 1e-7, 0));
    CHECK(close(barrier.point[1], 0, 0, 1e-7));
    const Run trap = run_from(method, Trap(), {0, 0}, 5);
    CHECK(trap.stalled_at == 1);
    CHECK(trap.point == surfaces::Point{0, 0});
    CHECK(trap.evaluations < 100);
    CHECK(trap.note == "No step along the search direction decreases the function");
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const Run lost = run_from(method, *surface_named("rosenbrock"), {nan, 0}, 3);
    CHECK(lost.stalled_at == 1);
  }
  const Run lost = run_from("newton", *surface_named("rosenbrock"), {HUGE_VAL, 0}, 3);
  CHECK(lost.stalled_at == 1);
  CHECK(lost.note == "The gradient or the Hessian is not a finite number here");
}

TEST_CASE("a learning rate of 0 is said, and is no stall") {
  for (const std::string_view method : kLineSearchMethods) {
    const auto optimizer = optimizer_named<double>(method);
    optimizer->reset(2);
    const Run run = descend(*surface_named("booth"), *optimizer, 0, {1, 1}, 3);
    CHECK(run.stalled_at == 0);
    CHECK(run.point == surfaces::Point{1, 1});
    CHECK(run.note == "The learning rate is 0: nothing moves");
  }
}
