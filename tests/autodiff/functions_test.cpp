// SPDX-License-Identifier: MIT
// Every elementary function on dual and hyper-dual numbers: value, first and second derivative against the known
// formulas and against central differences, at several points; the checker is shown to reject a wrong rule.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "engine/autodiff/functions.h"
#include "tests/support/close.h"
#include "tests/support/finite_difference.h"

using namespace descent::autodiff;
using descent::testing::central_difference;
using descent::testing::close;

namespace {

using First = Dual<2>;
using Second = HyperDual<2>;

struct Rule {
  const char* name;
  std::function<First(First)> first;
  std::function<Second(Second)> second;
  std::vector<double> points;
};

// f as a function of doubles, by the constant part of the dual number.
double value_of(const Rule& rule, double x) {
  return rule.first(First(x)).value;
}

// g, g' and g'' of a rule applied to the inner function u = x y + x, whose own derivatives are known by hand.
bool agrees_with_differences(const Rule& rule, double target) {
  const double y0 = 0.75;
  const double x0 = target / (1 + y0);
  const auto inner = [](auto x, auto y) { return x * y + x; };
  const auto outer = [&](double x, double y) {
    return rule.first(inner(First::variable(x, 0), First::variable(y, 1)));
  };
  const Second f = rule.second(inner(Second::variable(x0, 0), Second::variable(y0, 1)));
  const First g = outer(x0, y0);
  const auto matches = [](double actual, double expected) { return close(actual, expected, 1e-7, 1e-7).ok; };
  bool good = f.value == g.value && f.gradient == g.gradient;
  good = good && matches(g.gradient[0], central_difference([&](double x) { return outer(x, y0).value; }, x0));
  good = good && matches(g.gradient[1], central_difference([&](double y) { return outer(x0, y).value; }, y0));
  good = good && matches(f.hessian[0], central_difference([&](double x) { return outer(x, y0).gradient[0]; }, x0));
  good = good && matches(f.hessian[1], central_difference([&](double y) { return outer(x0, y).gradient[0]; }, y0));
  good = good && matches(f.hessian[1], central_difference([&](double x) { return outer(x, y0).gradient[1]; }, x0));
  return good && matches(f.hessian[2], central_difference([&](double y) { return outer(x0, y).gradient[1]; }, y0));
}

#define DESCENT_RULE(expression)                                                                                \
  {                                                                                                             \
#expression, [](First u) { return First(expression); }, [](Second u) { return Second(expression); }, points \
  }

std::vector<Rule> all_rules() {
  std::vector<double> points{-2.25, -0.6, 0.35, 1.7};
  std::vector<Rule> rules{DESCENT_RULE(-u),
                          DESCENT_RULE(u + 2.0),
                          DESCENT_RULE(2.0 + u),
                          DESCENT_RULE(u - 2.0),
                          DESCENT_RULE(2.0 - u),
                          DESCENT_RULE(u * 3.0),
                          DESCENT_RULE(3.0 * u),
                          DESCENT_RULE(u / 4.0),
                          DESCENT_RULE(4.0 / u),
                          DESCENT_RULE(u * u),
                          DESCENT_RULE(u / (u * u + 1.0)),
                          DESCENT_RULE(u + u),
                          DESCENT_RULE(u - u * u),
                          DESCENT_RULE(square(u)),
                          DESCENT_RULE(exp(u)),
                          DESCENT_RULE(sin(u)),
                          DESCENT_RULE(cos(u)),
                          DESCENT_RULE(tan(u)),
                          DESCENT_RULE(sinh(u)),
                          DESCENT_RULE(cosh(u)),
                          DESCENT_RULE(tanh(u)),
                          DESCENT_RULE(atan(u)),
                          DESCENT_RULE(abs(u)),
                          DESCENT_RULE(pow(u, 0)),
                          DESCENT_RULE(pow(u, 1)),
                          DESCENT_RULE(pow(u, 2)),
                          DESCENT_RULE(pow(u, 5)),
                          DESCENT_RULE(pow(u, -3)),
                          DESCENT_RULE(pow(2.5, u)),
                          DESCENT_RULE(min(u, u * u)),
                          DESCENT_RULE(max(u, u * u)),
                          DESCENT_RULE(atan2(u, u * u + 1.0)),
                          DESCENT_RULE(atan2(cos(u), u))};
  points = {0.2, 0.9, 3.5};
  const std::vector<Rule> positive{DESCENT_RULE(sqrt(u)),     DESCENT_RULE(log(u)),
                                   DESCENT_RULE(pow(u, 2.5)), DESCENT_RULE(pow(u, -0.5)),
                                   DESCENT_RULE(pow(u, u)),   DESCENT_RULE(pow(u + 1.0, cos(u)))};
  points = {-0.8, 0.1, 0.7};
  const std::vector<Rule> unit{DESCENT_RULE(asin(u)), DESCENT_RULE(acos(u))};
  rules.insert(rules.end(), positive.begin(), positive.end());
  rules.insert(rules.end(), unit.begin(), unit.end());
  return rules;
}

}  // namespace

TEST_CASE("derivatives of every rule agree with central differences, through an inner function") {
  for (const Rule& rule : all_rules())
    for (const double point : rule.points) {
      CAPTURE(rule.name);
      CAPTURE(point);
      CHECK(agrees_with_differences(rule, point));
      CHECK(close(value_of(rule, point), rule.second(Second(point)).value, 0, 0));
    }
}

TEST_CASE("negative control: the checker rejects wrong rules") {
  const auto wrong_first = [](auto u) {
    return decltype(u)::chain(u, std::sin(u.value), 1.00001 * std::cos(u.value), -std::sin(u.value));
  };
  const auto wrong_second = [](auto u) {
    return decltype(u)::chain(u, std::sin(u.value), std::cos(u.value), -1.00001 * std::sin(u.value));
  };
  CHECK_FALSE(agrees_with_differences({"first", wrong_first, wrong_first, {}}, 0.7));
  CHECK_FALSE(agrees_with_differences({"second", wrong_second, wrong_second, {}}, 0.7));
}

TEST_CASE("derivatives equal the formulas to rounding") {
  const double x = 0.3;
  const Second u = Second::variable(x, 0);
  const auto check = [&](const Second& f, double value, double first, double second) {
    CHECK(close(f.value, value, 4e-16, 0));
    CHECK(close(f.gradient[0], first, 1e-15, 0));
    CHECK(close(f.hessian[0], second, 2e-15, 0));
    CHECK(f.gradient[1] == 0);
    CHECK(f.hessian[1] == 0);
    CHECK(f.hessian[2] == 0);
  };
  check(exp(u), std::exp(x), std::exp(x), std::exp(x));
  check(log(u), std::log(x), 1 / x, -1 / (x * x));
  check(sqrt(u), std::sqrt(x), 0.5 / std::sqrt(x), -0.25 / (x * std::sqrt(x)));
  check(tanh(u), std::tanh(x), 1 / std::pow(std::cosh(x), 2), -2 * std::tanh(x) / std::pow(std::cosh(x), 2));
  check(asin(u), std::asin(x), 1 / std::sqrt(1 - x * x), x / std::pow(1 - x * x, 1.5));
  check(acos(u), std::acos(x), -1 / std::sqrt(1 - x * x), -x / std::pow(1 - x * x, 1.5));
  check(atan(u), std::atan(x), 1 / (1 + x * x), -2 * x / std::pow(1 + x * x, 2));
  check(pow(u, 7), std::pow(x, 7), 7 * std::pow(x, 6), 42 * std::pow(x, 5));
  check(pow(u, 1.5), std::pow(x, 1.5), 1.5 * std::sqrt(x), 0.75 / std::sqrt(x));
  check(pow(2.0, u), std::pow(2, x), std::log(2) * std::pow(2, x), std::pow(std::log(2), 2) * std::pow(2, x));
  check(1.0 / u, 1 / x, -1 / (x * x), 2 / (x * x * x));
}

TEST_CASE("mixed second derivatives of a product, a quotient and atan2") {
  const double x = 1.25;
  const double y = -0.5;
  const Second u = Second::variable(x, 0);
  const Second v = Second::variable(y, 1);
  const Second product = u * u * v;
  CHECK(product.gradient == std::array{2 * x * y, x * x});
  CHECK(product.hessian == std::array{2 * y, 2 * x, 0.0});
  const Second quotient = u / v;
  CHECK(close(quotient.hessian[0], 0, 0, 0));
  CHECK(close(quotient.hessian[1], -1 / (y * y), 1e-15, 0));
  CHECK(close(quotient.hessian[2], 2 * x / (y * y * y), 1e-15, 0));
  const Second angle = atan2(v, u);
  const double r2 = x * x + y * y;
  CHECK(close(angle.gradient[0], -y / r2, 1e-15, 0));
  CHECK(close(angle.gradient[1], x / r2, 1e-15, 0));
  CHECK(close(angle.hessian[1], (y * y - x * x) / (r2 * r2), 1e-15, 0));
  CHECK(close(angle.hessian[0], -angle.hessian[2], 0, 0));
}

TEST_CASE("points where a function is not differentiable") {
  const Second x = Second::variable(0, 0);
  const Second y = Second::variable(0, 1);
  const Second radius = sqrt(square(x) + square(y));
  CHECK(radius.value == 0);
  CHECK(radius.gradient == std::array{0.0, 0.0});
  for (const double partial : radius.hessian) CHECK(std::isnan(partial));  // a tip has none
  CHECK(std::isinf(sqrt(First::variable(0, 0)).gradient[0]));
  CHECK(abs(x).gradient[0] == 0);
  CHECK(abs(Second::variable(-3, 0)).gradient[0] == -1);
  CHECK(min(x, y).gradient == std::array{0.5, 0.5});  // a tie: the mean
  CHECK(max(x, y).gradient == std::array{0.5, 0.5});
  CHECK(max(x, -1.0).gradient[0] == 1);
  CHECK(max(x, 1.0).gradient[0] == 0);
  for (const Second& corner : {abs(x), abs(x - y), max(x, y), min(x, y), max(x, 0.0)})
    for (const double partial : corner.hessian) CHECK(std::isnan(partial));
}

TEST_CASE("where what has a kink is level, second derivatives follow from how it curves") {
  const Second x = Second::variable(0, 0);
  const Second y = Second::variable(0, 1);
  using Hessian = std::array<double, 3>;
  const Second up = square(x) + 3.0 * square(x + y);
  CHECK(abs(up).hessian == up.hessian);
  CHECK(abs(-up).hessian == up.hessian);
  CHECK(abs(x * x * x).hessian == Hessian{});
  CHECK(max(up, 0.0).hessian == up.hessian);
  CHECK(max(-up, 0.0).hessian == Hessian{});
  CHECK(min(up, 2.0 * up).hessian == up.hessian);
  CHECK(max(up, up).hessian == up.hessian);
  for (const double partial : abs(x * y).hessian) CHECK(std::isnan(partial));  // up one way, down the other
  const Second slanted = square(0.1 * x + 0.3 * y);                            // singular but for rounding
  CHECK(abs(slanted).hessian == slanted.hessian);
  using Line = HyperDual<1>;
  CHECK(abs(-square(Line::variable(0, 0))).hessian[0] == 2);
}

TEST_CASE("powers at zero and of negative numbers stay finite where the derivative is") {
  const Second zero = Second::variable(0, 0);
  CHECK(pow(zero, 2).hessian[0] == 2);
  CHECK(pow(zero, 1).gradient[0] == 1);
  CHECK(pow(zero, 0).value == 1);
  CHECK(pow(zero, 0).gradient[0] == 0);
  CHECK(pow(zero, 1.0).hessian[0] == 0);
  CHECK(pow(zero, 2.0).hessian[0] == 2);
  const Second negative = Second::variable(-2, 0);
  CHECK(pow(negative, Second(3)).value == -8);
  CHECK(pow(negative, Second(3)).gradient[0] == 12);
  CHECK(pow(negative, Second(3)).hessian[0] == -12);
  CHECK(pow(3.0, -2) == 1.0 / 9);
  CHECK(std::isinf(pow(0.0, std::numeric_limits<int>::min())));
}

TEST_CASE("comparisons look at values, whatever the derivatives") {
  const First a = First::variable(1, 0);
  const First b = First::variable(1, 1);
  CHECK(a == b);
  CHECK(a < 2.0);
  CHECK(2.0 > a);
  CHECK(a <= b);
  CHECK_FALSE(a < b);
  CHECK(a != First(0));
}

TEST_CASE("the compound assignments are the operators") {
  First a = First::variable(3, 0);
  a += 2.0;
  a *= a;
  a -= First::variable(1, 1);
  a /= 4.0;
  CHECK(a.value == 6);
  CHECK(a.gradient == std::array{2.5, -0.25});
}

TEST_CASE("three variables: the packed Hessian is the upper triangle by rows") {
  using H = HyperDual<3>;
  const H x = H::variable(2, 0);
  const H y = H::variable(3, 1);
  const H z = H::variable(5, 2);
  const H f = x * y * z + x * x * z;
  CHECK(f.hessian[H::pair(0, 0)] == 2 * 5);
  CHECK(f.hessian[H::pair(0, 1)] == 5);
  CHECK(f.hessian[H::pair(0, 2)] == 3 + 2 * 2);
  CHECK(f.hessian[H::pair(1, 1)] == 0);
  CHECK(f.hessian[H::pair(1, 2)] == 2);
  CHECK(f.hessian[H::pair(2, 2)] == 0);
}

static_assert((Dual<2>::variable(3, 0) * Dual<2>::variable(4, 1)).gradient[0] == 4, "usable at compile time");
