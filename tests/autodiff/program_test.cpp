// SPDX-License-Identifier: MIT
// The compiled program: every function's value, gradient and Hessian against its template and against differences, one
// point against many, holes, folding of parameters, and registers.
#include "engine/autodiff/program.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "engine/autodiff/functions.h"
#include "engine/core/rng.h"
#include "tests/support/close.h"
#include "tests/support/finite_difference.h"

using namespace descent;
using autodiff::Dual;
using autodiff::Expression;
using autodiff::HyperDual;
using autodiff::Program;
using descent::testing::central_difference;
using descent::testing::close;

namespace {

Program compiled(std::string_view text, const std::vector<double>& parameters = {}) {
  const auto expression = Expression::parse(text);
  REQUIRE_MESSAGE(expression.ok(), text);
  return {*expression, parameters};
}

HyperDual<2> second_order(const Program& program, double x, double y) {
  return program.evaluate(HyperDual<2>::variable(x, 0), HyperDual<2>::variable(y, 1));
}
Dual<2> first_order(const Program& program, double x, double y) {
  return program.evaluate(Dual<2>::variable(x, 0), Dual<2>::variable(y, 1));
}

// Each with a rectangle [low, high]² on which it is smooth and defined.
struct Formula {
  const char* text;
  double low;
  double high;
};
const std::vector<Formula> kFormulas{
    {"x*y + x - 2*y", -3, 3},
    {"x/y", 0.5, 3},
    {"3/(x*y)", 0.5, 3},
    {"x^3*y^4 - x^-2", 0.5, 2},
    {"x^2.5 + y^-1.5", 0.5, 3},
    {"x^y", 0.5, 3},
    {"2^x + 0.5^y", -2, 2},
    {"-sin(x*y) + cos(x - y)", -3, 3},
    {"tan(x*y/4)", -1, 1},
    {"asin(x*y) + acos(x*y/2)", -0.9, 0.9},
    {"atan(x*y + 1)", -3, 3},
    {"atan2(y + 1, x)", 0.2, 3},
    {"atan2(2, x*y)", -2, 2},
    {"sinh(x) * cosh(y) + tanh(x*y)", -2, 2},
    {"exp(x*y) + log(x + y)", 0.2, 1.5},
    {"sqrt(x^2 + y)", 0.5, 3},
    {"abs(x - 5)*y", -2, 2},
    {"min(x, y + 7)*max(x, y - 7)", -3, 3},
    {"max(min(x*y, 20), x - 20)", -3, 3},
    {"sigmoid(3*x*y) + sigmoid(y)", -3, 3},
    {"relu(x + 4)*relu(y - 4) + relu(x*y + 20)", -3, 3},
    {"gaussian(x*y) - gaussian(x + 1)", -2, 2},
    {"(x^2 + y - 11)^2 + (x + y^2 - 7)^2", -5, 5},
};

template <class Check>
void at_seeded_points(const Formula& formula, int count, Check check) {
  core::Rng rng(99);
  for (int i = 0; i < count; ++i) {
    const double x = rng.uniform(formula.low, formula.high);
    const double y = rng.uniform(formula.low, formula.high);
    CAPTURE(formula.text);
    CAPTURE(x);
    CAPTURE(y);
    check(x, y);
  }
}

}  // namespace

TEST_CASE("first and second derivatives agree with central differences") {
  for (const Formula& formula : kFormulas) {
    const Program program = compiled(formula.text);
    at_seeded_points(formula, 20, [&](double x, double y) {
      const HyperDual<2> f = second_order(program, x, y);
      const auto value = [&](double u, double v) { return program.evaluate(u, v); };
      const auto slope = [&](double u, double v, std::size_t axis) {
        return first_order(program, u, v).gradient[axis];
      };
      const double scale = 1 + std::abs(f.value) + std::abs(f.gradient[0]) + std::abs(f.gradient[1]);
      const auto agree = [&](double exact, double difference) { return close(exact, difference, 2e-7, 2e-8 * scale); };
      CHECK(agree(f.gradient[0], central_difference([&](double u) { return value(u, y); }, x)));
      CHECK(agree(f.gradient[1], central_difference([&](double v) { return value(x, v); }, y)));
      CHECK(agree(f.hessian[0], central_difference([&](double u) { return slope(u, y, 0); }, x)));
      CHECK(agree(f.hessian[1], central_difference([&](double v) { return slope(x, v, 0); }, y)));
      CHECK(agree(f.hessian[1], central_difference([&](double u) { return slope(u, y, 1); }, x)));
      CHECK(agree(f.hessian[2], central_difference([&](double v) { return slope(x, v, 1); }, y)));
    });
  }
}

TEST_CASE("functions and their derivatives equal the closed forms") {
  struct Known {
    const char* text;
    double value, first, second;
  };
  const double x = 0.6;
  const double s = 1 / (1 + std::exp(-x));
  const double g = std::exp(-x * x);
  const double root = std::sqrt(1 - x * x);
  const std::vector<Known> table{
      {"sin(x)", std::sin(x), std::cos(x), -std::sin(x)},
      {"cos(x)", std::cos(x), -std::sin(x), -std::cos(x)},
      {"tan(x)", std::tan(x), 1 / std::pow(std::cos(x), 2), 2 * std::tan(x) / std::pow(std::cos(x), 2)},
      {"asin(x)", std::asin(x), 1 / root, x / std::pow(root, 3)},
      {"acos(x)", std::acos(x), -1 / root, -x / std::pow(root, 3)},
      {"atan(x)", std::atan(x), 1 / (1 + x * x), -2 * x / std::pow(1 + x * x, 2)},
      {"sinh(x)", std::sinh(x), std::cosh(x), std::sinh(x)},
      {"cosh(x)", std::cosh(x), std::sinh(x), std::cosh(x)},
      {"tanh(x)", std::tanh(x), 1 / std::pow(std::cosh(x), 2), -2 * std::tanh(x) / std::pow(std::cosh(x), 2)},
      {"exp(x)", std::exp(x), std::exp(x), std::exp(x)},
      {"log(x)", std::log(x), 1 / x, -1 / (x * x)},
      {"sqrt(x)", std::sqrt(x), 0.5 / std::sqrt(x), -0.25 / std::pow(x, 1.5)},
      {"abs(-x)", x, 1, 0},
      {"sigmoid(x)", s, s * (1 - s), s * (1 - s) * (1 - 2 * s)},
      {"sigmoid(-x)", 1 - s, -s * (1 - s), s * (1 - s) * (2 * s - 1)},
      {"relu(x)", x, 1, 0},
      {"gaussian(x)", g, -2 * x * g, (4 * x * x - 2) * g},
      {"x^5", std::pow(x, 5), 5 * std::pow(x, 4), 20 * std::pow(x, 3)},
      {"x^1.5", std::pow(x, 1.5), 1.5 * std::sqrt(x), 0.75 / std::sqrt(x)},
      {"3^x", std::pow(3, x), std::log(3) * std::pow(3, x), std::pow(std::log(3), 2) * std::pow(3, x)},
      {"atan2(x, 2)", std::atan2(x, 2), 2 / (4 + x * x), -4 * x / std::pow(4 + x * x, 2)},
      {"min(x, 1)", x, 1, 0},
      {"max(x, 1)", 1, 0, 0},
      {"1/x", 1 / x, -1 / (x * x), 2 / (x * x * x)},
  };
  for (const Known& row : table) {
    CAPTURE(row.text);
    const HyperDual<2> f = second_order(compiled(row.text), x, 5);
    CHECK(close(f.value, row.value, 1e-15, 0));
    CHECK(close(f.gradient[0], row.first, 2e-15, 0));
    CHECK(close(f.hessian[0], row.second, 4e-15, 1e-16));
    CHECK(f.gradient[1] == 0);
    CHECK(f.hessian[1] == 0);
  }
}

TEST_CASE("sigmoid keeps its digits far out") {
  const HyperDual<2> right = second_order(compiled("sigmoid(x)"), 40, 0);
  const HyperDual<2> left = second_order(compiled("sigmoid(x)"), -40, 0);
  CHECK(close(right.gradient[0], std::exp(-40.0), 1e-14, 0));
  CHECK(close(left.value, std::exp(-40.0), 1e-14, 0));
  CHECK(close(right.hessian[0], -std::exp(-40.0), 1e-14, 0));
  CHECK(compiled("sigmoid(x)").evaluate(-1e6, 0.0) == 0);
}

TEST_CASE("many points and one point give the same bits, for any count") {
  for (const Formula& formula : kFormulas) {
    const Program program = compiled(formula.text);
    for (const std::size_t n :
         {std::size_t{1}, std::size_t{2}, std::size_t{63}, std::size_t{64}, std::size_t{65}, std::size_t{200}}) {
      core::Rng rng(n);
      std::vector<double> x(n), y(n), value(n), f(n), fx(n), fy(n);
      for (std::size_t i = 0; i < n; ++i) {
        x[i] = rng.uniform(formula.low, formula.high);
        y[i] = rng.uniform(formula.low, formula.high);
      }
      program.evaluate_many(x, y, value, {}, {});
      program.evaluate_many(x, y, f, fx, fy);
      int different = 0;
      for (std::size_t i = 0; i < n; ++i) {
        const Dual<2> one = first_order(program, x[i], y[i]);
        const HyperDual<2> two = second_order(program, x[i], y[i]);
        const bool same = value[i] == f[i] && one.value == f[i] && one.gradient[0] == fx[i] &&
                          one.gradient[1] == fy[i] && two.value == f[i] && two.gradient == one.gradient &&
                          program.evaluate(x[i], y[i]) == f[i];
        different += same ? 0 : 1;
      }
      CAPTURE(formula.text);
      CAPTURE(n);
      CHECK(different == 0);
    }
  }
  compiled("x").evaluate_many({}, {}, {}, {}, {});  // no points at all
}

TEST_CASE("outside a function's domain is a hole: NaN, derivatives and all, however it is wrapped") {
  for (const char* text : {"log(x)", "sqrt(x)", "x^0.5", "x^1.5", "asin(x - 5)", "acos(x - 5)", "0*x/(x - x)", "x^y",
                           "min(log(x), 7)", "max(7, log(x))", "relu(log(x))", "abs(sqrt(x))", "log(x)^0", "1^log(x)",
                           "sigmoid(sqrt(x)) + y", "gaussian(log(x))", "atan2(log(x), 1)", "0*log(x)"}) {
    CAPTURE(text);
    const Program program = compiled(text);
    const double y = 0.5;
    CHECK(std::isnan(program.evaluate(-2.0, y)));
    double x = -2, f = 0, fx = 0, fy = 0;
    program.evaluate_many({&x, 1}, {&y, 1}, {&f, 1}, {&fx, 1}, {&fy, 1});
    CHECK(std::isnan(f));
    CHECK(std::isnan(fx));
    CHECK(std::isnan(fy));
  }
  CHECK(std::isnan(compiled("log(0-1)").evaluate(1.0, 1.0)));
  CHECK(compiled("(-8)^3").evaluate(0.0, 0.0) == -512);
  CHECK(std::isinf(compiled("1/x").evaluate(0.0, 0.0)));
}

TEST_CASE("zeros have the same sign on every way to the value") {
  for (const char* text :
       {"atan2(0*y, abs(-y) - 1e-300)", "atan2(y, -abs(-y))", "atan2(y, -abs(y - y))", "atan2(relu(-y), -relu(y))",
        "1/abs(-y)", "1/min(-y, y)", "1/(y - y)", "1/(0 - y)", "1/-y"}) {
    CAPTURE(text);
    const Program program = compiled(text);
    double x = 0, y = 0, f = 0, fx = 0, fy = 0;
    program.evaluate_many({&x, 1}, {&y, 1}, {&f, 1}, {&fx, 1}, {&fy, 1});
    CHECK(program.evaluate(x, y) == f);
    CHECK(first_order(program, x, y).value == f);
    CHECK(second_order(program, x, y).value == f);
  }
}

TEST_CASE("slopes at kinks are the stated ones") {
  const auto slope = [](std::string_view text) {
    double x = 0, y = 0, f = 0, fx = 7, fy = 7;
    compiled(text).evaluate_many({&x, 1}, {&y, 1}, {&f, 1}, {&fx, 1}, {&fy, 1});
    return std::array{fx, fy};
  };
  CHECK(slope("abs(x)") == std::array{0.0, 0.0});
  CHECK(slope("relu(x)") == std::array{0.0, 0.0});
  CHECK(slope("min(x, y)") == std::array{0.5, 0.5});
  CHECK(slope("max(x, 3*y)") == std::array{0.5, 1.5});
  CHECK(slope("sqrt(x^2 + y^2)") == std::array{0.0, 0.0});
  CHECK(slope("(x^2 + y^2)^0.5") == std::array{0.0, 0.0});
  CHECK(std::isinf(slope("sqrt(x)")[0]));
}

TEST_CASE("parameters are put in before anything runs, and what they make idle is dropped") {
  CHECK(compiled("a*x^2 + b*y^2", {1, 10}).instruction_count() == 4);  // x², y², 10 y², sum
  CHECK(compiled("a*x^2 + b*y^2", {2, 10}).instruction_count() == 5);
  CHECK(compiled("a^2 + log(b)", {3, 4}).instruction_count() == 0);
  CHECK(compiled("a^2", {3}).evaluate(0.0, 0.0) == 9);
  CHECK(compiled("x^a", {2}).evaluate(-3.0, 0.0) == 9);  // a whole exponent, so a negative base is fine
  CHECK(compiled("x*a", {0}).evaluate(3.0, 0.0) == 0);
  CHECK(std::isnan(compiled("log(x)*a", {0}).evaluate(-3.0, 0.0)));  // 0 times a hole is a hole
  CHECK(compiled("7").evaluate(1.0, 2.0) == 7);
  double x = 1, y = 2, f = 0, fx = 7, fy = 7;
  compiled("7").evaluate_many({&x, 1}, {&y, 1}, {&f, 1}, {&fx, 1}, {&fy, 1});
  CHECK(fx == 0);
  CHECK(fy == 0);
}

TEST_CASE("registers are used again, and a formula that needs the most of them still runs") {
  std::string chain = "x";
  for (int i = 0; i < 150; ++i) chain = "sin(" + chain + "+y)";
  CHECK(compiled(chain).register_count() < 8);
  // Terms that all wait for the end: t₁ + (t₂ + (t₃ + …)).
  std::string text;
  const int terms = 95;
  for (int i = 1; i <= terms; ++i) text += "sin(x+" + std::to_string(i) + ")+" + (i < terms ? "(" : "y");
  text += std::string(terms - 1, ')');
  const Program program = compiled(text);
  CHECK(program.register_count() > 150);
  double sum = 0.5;
  for (int i = terms; i >= 1; --i) sum = std::sin(0.25 + i) + sum;
  CHECK(program.evaluate(0.25, 0.5) == sum);
  std::vector<double> x(100, 0.25), y(100, 0.5), f(100), fx(100), fy(100);
  program.evaluate_many(x, y, f, fx, fy);
  CHECK(f[99] == sum);
  CHECK(fy[99] == 1);
}
