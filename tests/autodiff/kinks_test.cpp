// SPDX-License-Identifier: MIT
// Second derivatives where kinks meet: the right ones, worked out by hand, or none; and which kinks f has.
#include "engine/autodiff/kinks.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "engine/core/rng.h"
#include "tests/autodiff/every_mode.h"
#include "tests/support/close.h"

using namespace descent;
using autodiff::HyperDual;
using autodiff::Program;
using descent::testing::close;
using descent::testing::Closeness;
using test::expanded;
using test::parsed;

namespace {

struct Curved {
  const char* text;
  std::array<double, 3> hessian;  // xx, xy, yy
};

}  // namespace

TEST_CASE("where kinks cancel at the origin the Hessian is that of f") {
  const std::vector<Curved> table{
      {"abs(x)^2 + y^2", {2, 0, 2}},
      {"abs(x)*abs(x) + y^2", {2, 0, 2}},
      {"abs(x)^4 + y^2", {0, 0, 2}},
      {"abs(x)^3 + y^2", {0, 0, 2}},
      {"abs(x)^2.5 + y^2", {0, 0, 2}},
      {"pow(abs(x), 2) + pow(abs(y), 2)", {2, 0, 2}},
      {"abs(-x)^2 + abs(abs(y))^2", {2, 0, 2}},
      {"abs(x + y)^2", {2, 2, 2}},
      {"(abs(x) + x^2)^2 + y^2", {2, 0, 2}},
      {"sqrt(x^4) + y^2", {2, 0, 2}},
      {"sqrt(x^2)^2 + (y^2)^0.5*(y^2)^0.5", {2, 0, 2}},
      {"sqrt(x^2 + y^2)^2", {2, 0, 2}},
      {"sqrt(x^2 + y^2)*sqrt(x^2 + y^2)", {2, 0, 2}},
      {"((x^2 + y^2)^0.5)^2", {2, 0, 2}},
      {"sqrt(x^2 + y^2)^4", {0, 0, 0}},
      {"sqrt(x^2 + y^2)^3", {0, 0, 0}},
      {"(x^2 + y^2)^1.5", {0, 0, 0}},
      {"(x^2 + y^2)^1.25 + x*y", {0, 1, 0}},
      {"sqrt((x^2 + 2*y^2)^2)", {2, 0, 4}},
      {"sqrt(x^4 + y^4)^2", {0, 0, 0}},
      {"cos(sqrt(x^2 + y^2))", {-1, 0, -1}},
      {"cosh(2*sqrt(x^2 + 4*y^2))", {4, 0, 16}},
      {"gaussian(sqrt(x^2 + y^2))", {-2, 0, -2}},
      {"exp(-abs(x)^2 - abs(y)^2)", {-2, 0, -2}},
      {"cos(abs(x)) + abs(y)^2", {-1, 0, 2}},
      {"-(1 + cos(12*sqrt(x^2 + y^2)))/((x^2 + y^2)/2 + 2)", {72.5, 0, 72.5}},
      {"abs(x^2) + abs(-3*y^2)", {2, 0, 6}},
      {"abs((x - y)^2)", {2, -2, 2}},
      {"relu(x^2) + relu(-y^2)", {2, 0, 0}},
      {"max(x^2, -y^2)", {2, 0, 0}},
      {"min(x^2 + y^2, 2*x^2 + 2*y^2)", {2, 0, 2}},
      {"max(x, -x)^2 + y^2", {2, 0, 2}},
      {"max(abs(x), 0)^2 + y^2", {2, 0, 2}},
      {"min(x, y)*max(x, y)", {0, 1, 0}},
      {"min(x, y)^2 + max(x, y)^2", {2, 0, 2}},
      {"min(x, y) + max(x, y) + x^2 - x - y", {2, 0, 0}},
      {"(abs(x) - abs(y))*(abs(x) + abs(y))", {2, 0, -2}},
      {"x^2*abs(y)", {0, 0, 0}},
      {"x*abs(x)*y", {0, 0, 0}},
      {"sqrt(abs(x)^2 + y^2)^2", {2, 0, 2}},
      {"abs(x^3)", {0, 0, 0}},
      {"abs(x)^2*cos(abs(y)) + (2 + abs(x))*(2 - abs(x))", {0, 0, 0}},
  };
  for (const Curved& row : table) {
    CAPTURE(row.text);
    const HyperDual<2> f = expanded(row.text);
    CHECK(f.gradient == std::array{0.0, 0.0});
    for (std::size_t k = 0; k < 3; ++k) CHECK(close(f.hessian[k], row.hessian[k], 1e-14, 0));
  }
}

TEST_CASE("where f has no curvature at a kink none is given") {
  for (const char* text : {
           "abs(x) + y^2",           // a kink
           "-abs(x) + y^2",          // a crest
           "sqrt(x^2 + y^2) + x^2",  // a tip
           "relu(x)^2 + y^2",        // curvature 0 on one side, 2 on the other
           "max(x, 0)^2 + y^2",
           "min(x, 0)^2 + y^2",
           "max(x, 2*x)^2",
           "x*abs(x) + y^2",  // −2 and 2
           "abs(x)*abs(y)",   // no quadratic form
           "abs(x*y)",
           "(abs(x) + abs(y))^2",
           "sqrt(x^4 + y^4)",  // level, and curved differently along every direction
           "sqrt(x^2 + y^2)*x",
           "abs(x)^1.5 + y^2",  // infinite
           "(x^2 + y^2)^0.75",
           "min(x^2, y^2)",
           "relu(x*y)",
           "relu(x) - relu(-x)",  // f = x, but the slopes by choice add up to another
           "20 - 20*exp(-0.2*sqrt((x^2 + y^2)/2)) + e - exp((cos(2*pi*x) + cos(2*pi*y))/2)",
           "abs(x) + abs(y) + abs(x + y) + abs(x - y) + abs(2*x - y)",
       }) {
    CAPTURE(text);
    const HyperDual<2> f = expanded(text);
    CHECK(std::isfinite(f.value));
    CHECK_FALSE(std::isfinite(f.hessian[0] + f.hessian[1] + f.hessian[2]));
  }
  // Beside the kink there is one.
  CHECK(expanded("relu(x)^2 + y^2", 1e-9).hessian == std::array{2.0, 0.0, 2.0});
  CHECK(expanded("relu(x)^2 + y^2", -1e-9).hessian == std::array{0.0, 0.0, 2.0});
}

TEST_CASE("parameters are put in first: a power of |x| is as smooth as its number says") {
  CHECK(expanded("abs(x)^a + y^2", 0, 0, {2}).hessian == std::array{2.0, 0.0, 2.0});
  CHECK(expanded("abs(x)^a + y^2", 0, 0, {4}).hessian == std::array{0.0, 0.0, 2.0});
  CHECK(std::isnan(expanded("abs(x)^a + y^2", 0, 0, {1}).hessian[0]));
  CHECK_FALSE(std::isfinite(expanded("abs(x)^a + y^2", 0, 0, {1.5}).hessian[0]));
  CHECK(expanded("sqrt(x^2 + a)^2 + y^2", 0, 0, {0}).hessian == std::array{2.0, 0.0, 2.0});
}

TEST_CASE("away from the origin, off the axes, and at several kinks at once") {
  // |u|² with u = 3x + 4y − 5 at (−1, 2), where u = 0: 2 ∇u ∇uᵀ.
  CHECK(expanded("abs(3*x + 4*y - 5)^2", -1, 2).hessian == std::array{18.0, 24.0, 32.0});
  // min(x, y) max(x, y) = x y anywhere on x = y.
  const HyperDual<2> product = expanded("min(x, y)*max(x, y)", 3, 3);
  CHECK(product.value == 9);
  CHECK(product.gradient == std::array{3.0, 3.0});
  CHECK(product.hessian == std::array{0.0, 1.0, 0.0});
  // u² cos|u| with u = x² − y at (2, 4) has the Hessian 2 ∇u ∇uᵀ, ∇u = (4, −1).
  CHECK(expanded("abs(x^2 - y)^2*cos(abs(x^2 - y))", 2, 4).hessian == std::array{32.0, -8.0, 2.0});
}

TEST_CASE("so close to the origin that x² is tiny, or underflows to 0") {
  for (const double x : {1e-90, 1e-120, 1e-150, 1e-170, 1e-200, 1e-320}) {
    CAPTURE(x);
    const HyperDual<2> f = expanded("cos(sqrt(x^2 + y^2)) + 3*y", x, x);
    CHECK(close(f.gradient[0], -x, 1e-14, x < 1e-150 ? x : 0));
    CHECK(f.gradient[1] == 3);
    CHECK(close(f.hessian[0], -1, 1e-15, 0));
    CHECK(close(f.hessian[1], 0, 0, 1e-15));
    CHECK(close(f.hessian[2], -1, 1e-15, 0));
  }
}

TEST_CASE("kinks that cancel make no kink of f, but stay kinks of their part") {
  const auto kinks = [](std::string_view text, const std::vector<double>& parameters = {}) {
    return autodiff::kinks_of(parsed(text), parameters).size();
  };
  for (const char* text : {"abs(x)^2", "sqrt(x^4)", "sqrt(x^2 + y^2)^2", "abs(x^2 + 1)", "cos(abs(x))", "relu(x^2)",
                           "abs(x)*abs(x)", "(x^2)^1.5*0 + y", "sqrt(x^2 + y^2)^-2"}) {
    CAPTURE(text);
    CHECK(kinks(text) == 0);
  }
  CHECK(kinks("abs(x)^a", {2}) == 0);
  CHECK(kinks("abs(x)^a", {3}) == 1);
  CHECK(kinks("x^a", {2}) == 0);
  CHECK(kinks("abs(x)^2 + abs(x)") == 1);
  CHECK(kinks("sqrt(x^2)") == 1);
  CHECK(autodiff::kinks_of(parsed("sqrt(x^2)"), {})[0].sentence.find("has a kink where x^2 = 0") != std::string::npos);
  const auto parts = autodiff::kinks_of_parts(parsed("abs(x)^2"), {});
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].cancels);
  CHECK(autodiff::make_graph(parsed("abs(x)^2"), {}, {0, 0}).nodes[1].at_kink);
}

namespace {

// Formulas whose parts have their kinks at the origin.
std::string kinked_formula(core::Rng& rng, int depth = 0) {
  constexpr auto kLeaves = std::to_array<std::string_view>({"x", "y", "x^2", "y^2", "(x^2 + y^2)", "(x - 2*y)", "1"});
  constexpr auto kWraps = std::to_array<std::string_view>(
      {"abs(", "sqrt(x^2*", "relu(", "cos(", "(1 + ", "sqrt(y^2 + abs(x)*", "max(x, ", "min(y, ", "exp(", "(-"});
  constexpr auto kOperators = std::to_array<std::string_view>({" + ", " - ", "*", "*"});
  constexpr auto kPowers = std::to_array<std::string_view>({"^2", "^3", "^1.5", "^0.75"});
  const std::uint64_t choice = depth > 3 ? 0 : rng.below(10);
  const auto pick = [&](const auto& list) { return std::string(list[rng.below(list.size())]); };
  if (choice < 2) return pick(kLeaves);
  if (choice < 5) return pick(kWraps) + kinked_formula(rng, depth + 1) + ")";
  if (choice < 7) return "abs(" + kinked_formula(rng, depth + 1) + ")" + pick(kPowers);
  const std::string left = kinked_formula(rng, depth + 1);
  return "(" + left + pick(kOperators) + kinked_formula(rng, depth + 1) + ")";
}

// Largest |f(d) − its quadratic model| / |d|² on a circle; NaN in a hole.
double misfit(const Program& program, const HyperDual<2>& model, double radius) {
  double worst = 0;
  for (int k = 0; k < 16; ++k) {
    const double x = radius * std::cos(0.4 * k), y = radius * std::sin(0.4 * k);
    const double slope = model.gradient[0] * x + model.gradient[1] * y;
    const double curve = 0.5 * (model.hessian[0] * x * x + model.hessian[2] * y * y) + model.hessian[1] * x * y;
    const double off = std::abs(program.evaluate(x, y) - model.value - slope - curve) / (radius * radius);
    if (!(off <= worst)) worst = off;
  }
  return worst;
}

// The misfit is o(1): it is small, or falls, if only like |d|^(1/8).
Closeness fits(const Program& program, const HyperDual<2>& model) {
  const double near = misfit(program, model, 1e-5), far = misfit(program, model, 1e-2);
  return {near <= 1e-3 || near <= 0.6 * far, std::to_string(near) + " near, " + std::to_string(far) + " far"};
}

}  // namespace

TEST_CASE("random formulas: a Hessian that is given at a kink fits f all round") {
  core::Rng rng(23);
  int given = 0, kept = 0, refused = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string text = kinked_formula(rng);
    const Program program(parsed(text), {});
    const HyperDual<2> plain = program.evaluate(HyperDual<2>::variable(0, 0), HyperDual<2>::variable(0, 1));
    const HyperDual<2> f = program.expand(0, 0);
    if (!std::isfinite(f.value + f.gradient[0] + f.gradient[1])) continue;
    const bool found = std::isfinite(f.hessian[0] + f.hessian[1] + f.hessian[2]);
    const bool kink = std::isnan(plain.hessian[0] + plain.hessian[1] + plain.hessian[2]);
    if (found && std::isnan(misfit(program, f, 1e-2))) continue;  // the edge of a hole
    if (found) REQUIRE_MESSAGE(fits(program, f), text);
    given += found && kink ? 1 : 0;
    kept += found && !kink ? 1 : 0;
    refused += found ? 0 : 1;
  }
  CHECK(given > 300);
  CHECK(kept > 300);
  CHECK(refused > 300);
}

TEST_CASE("negative control: half a curvature is seen not to fit") {
  HyperDual<2> f = expanded("abs(x)^2 + y^2");
  const Program program(parsed("abs(x)^2 + y^2"), {});
  CHECK(fits(program, f));
  f.hessian[0] = 1.99;
  CHECK_FALSE(fits(program, f));
}
