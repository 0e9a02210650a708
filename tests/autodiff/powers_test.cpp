// SPDX-License-Identifier: MIT
// Slopes of powers, at the edges of their domains and on ties, in every mode: the right value, worked out by hand, or
// none.

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "engine/autodiff/program.h"
#include "engine/autodiff/tape.h"
#include "engine/core/rng.h"
#include "tests/autodiff/every_mode.h"
#include "tests/support/close.h"

using namespace descent;
using autodiff::Dual;
using autodiff::Expression;
using autodiff::Program;
using descent::testing::close;
using test::everywhere;
using test::expanded;
using test::Gradients;
using test::gradients;
using test::kNone;
using test::parsed;

TEST_CASE("x^y where the base is not positive, in every mode") {
  // ∂/∂x = y x^(y−1); beside a whole y no power of a negative number is defined, so there is no slope in y.
  CHECK(everywhere(gradients("x^y", -2, 2), {-4, kNone}));
  CHECK(everywhere(gradients("x^y", -2, 3), {12, kNone}));
  CHECK(everywhere(gradients("x^y", -2, 0), {0, kNone}));
  CHECK(everywhere(gradients("x^y", -0.5, -1), {-4, kNone}));
  CHECK(everywhere(gradients("(x^y - 4)^2", -2.5, 2), {-22.5, kNone}));
  CHECK(everywhere(gradients("x^y + y", -2, 2), {-4, kNone}));
  CHECK(everywhere(gradients("y + (x - 1)^(2*y)", -1, 1), {-4, kNone}));
  // 0^y = 0 for every y > 0: level in y.
  CHECK(everywhere(gradients("x^y", 0, 2), {0, 0}));
  CHECK(everywhere(gradients("x^y", 0, 1), {1, 0}));
  CHECK(everywhere(gradients("x^y", 0, 2.5), {0, 0}));
  CHECK(everywhere(gradients("x^y", 0, 0), {0, kNone}));  // 0^y jumps at y = 0
  // The exponent depends on y though it does not move to first order: f is not defined beside y = 0 either.
  CHECK(everywhere(gradients("x^(2 + y^2)", -3, 0), {-6, kNone}));
  CHECK(everywhere(gradients("x^(2 + y^3)", -3, 0), {-6, kNone}));
  // A number to a moving power.
  CHECK(everywhere(gradients("(-2)^x", 2, 5), {kNone, 0}));
  CHECK(everywhere(gradients("0^x", 2, 5), {0, 0}));
  // A constant exponent loses no derivative.
  CHECK(everywhere(gradients("x^a + y", -3, 1, {2}), {-6, 1}));
  CHECK(everywhere(gradients("x^3 + y", -3, 1), {27, 1}));
  CHECK(everywhere(gradients("x^3*x^-2.0*y", -3, 1), {1, -3}));
}

TEST_CASE("second derivatives of x^y where the base is not positive") {
  const auto hessian = [](double x, double y) { return expanded("x^y", x, y).hessian; };
  const auto left = hessian(-2, 3);
  CHECK(left[0] == -12);  // y (y − 1) x^(y−2)
  CHECK(std::isnan(left[1]));
  CHECK(std::isnan(left[2]));
  CHECK(hessian(0, 2) == std::array{2.0, 0.0, 0.0});
  CHECK(hessian(0, 3.5) == std::array{0.0, 0.0, 0.0});
  CHECK(std::isnan(hessian(0, 1)[1]));  // ∂/∂x at 0 jumps from ∞ to 1 to 0
}

TEST_CASE("the slope by a parameter in an exponent: none where the base is negative") {
  const auto slope = [](double x, double a) {
    return autodiff::make_graph(parsed("x^a + 3*a"), std::vector{a}, {x, 0}).parameter_gradient[0];
  };
  CHECK(close(slope(2, 3), 8 * std::log(2.0) + 3, 1e-15, 0));
  CHECK(std::isnan(slope(-2, 2)));
  CHECK(slope(0, 2) == 3);
}

TEST_CASE("broken powers of what is level") {
  // (x² + y²)^p is O(r^2p).
  CHECK(everywhere(gradients("(x^2 + y^2)^1.5", 0, 0), {0, 0}));
  CHECK(everywhere(gradients("(x^2 + y^2)^0.75", 0, 0), {0, 0}));
  CHECK(everywhere(gradients("(x^2 + y^2)^0.75 + x - y", 0, 0), {1, -1}));
  const Gradients steep = gradients("(x^2 + y^2)^0.25", 0, 0);  // √r: infinitely steep
  CHECK_FALSE(std::isfinite(steep.dual[0]));
  CHECK_FALSE(std::isfinite(steep.reverse[0]));
}

TEST_CASE("0 times an infinite slope is not taken for 0") {
  // √x·√x = x has the slope 1 at the edge of its domain.
  const Gradients edge = gradients("sqrt(x)^2 + y", 0, 0);
  for (const auto& gradient : {edge.dual, edge.hyper_dual, edge.lane, edge.reverse, edge.forward})
    CHECK((std::isnan(gradient[0]) || gradient[0] == 1));
  // An argument that was not chosen hands nothing on.
  CHECK(everywhere(gradients("max(1, sqrt(x)) + y", 0, 3), {0, 1}));
  CHECK(everywhere(gradients("relu(sqrt(x) - 1) + y", 0, 3), {0, 1}));
}

TEST_CASE("on a tie min and max have the mean slope in every mode") {
  CHECK(everywhere(gradients("max(x, 3*y)", 3, 1), {0.5, 1.5}));
  CHECK(everywhere(gradients("min(x, 3*y)", 3, 1), {0.5, 1.5}));
  CHECK(everywhere(gradients("min(x, y) + max(x, y)", 1, 1), {1, 1}));
  CHECK(everywhere(gradients("min(x, y)*max(x, y)", 2, 2), {2, 2}));
  CHECK(everywhere(gradients("max(x, x)", 2, 2), {1, 0}));
}

TEST_CASE("simplified and typed formulas have the same values") {
  core::Rng rng(11);
  for (const char* text :
       {"abs(x)^2 + sqrt(y^4)", "sqrt(x^2 + y^2)^3", "(x^2)^1.5 + (y^4)^0.25", "cos(abs(x))*relu(y^2)",
        "abs(abs(x) - abs(y))^4", "(x^2)^-0.5 + sqrt(y*y)", "sqrt(x^6) + sqrt(x^-2)"}) {
    const Expression expression = parsed(text);
    const Program program(expression, {});
    for (int i = 0; i < 50; ++i) {
      const double x = rng.uniform(-3, 3);
      const double y = rng.uniform(-3, 3);
      const autodiff::ExpressionGraph graph = autodiff::make_graph(expression, {}, {x, y});
      CAPTURE(text);
      const Dual<2> f = program.evaluate(Dual<2>::variable(x, 0), Dual<2>::variable(y, 1));
      CHECK(close(f.value, graph.value, 1e-14, 0));
      for (std::size_t k = 0; k < 2; ++k) CHECK(close(f.gradient[k], graph.reverse[k], 1e-13, 1e-14));
    }
  }
  // Holes stay holes: nothing is simplified that is not defined everywhere.
  CHECK(std::isnan(Program(parsed("sqrt(x)^2"), {}).evaluate(-1.0, 0.0)));
  CHECK(std::isnan(Program(parsed("sqrt(log(x))^2"), {}).evaluate(-1.0, 0.0)));
  CHECK(std::isnan(Program(parsed("abs(log(x))^2"), {}).evaluate(-1.0, 0.0)));
}
