// SPDX-License-Identifier: MIT
// Typed formulas as surfaces: the catalog's own formulas typed in equal the templates, parameters become specs, starts
// and colours are sensible, refusals carry the column, and what is known of a surface outlives it.
#include "engine/surfaces/expression_surface.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "engine/core/rng.h"
#include "engine/surfaces/point_kind.h"
#include "engine/surfaces/surface_graph.h"
#include "tests/support/close.h"

using namespace descent;
using descent::testing::close;
using descent::testing::Closeness;
using surfaces::SurfaceChoice;
using surfaces::TypedFormula;

namespace {

std::unique_ptr<surfaces::Surface> typed(std::string text, std::vector<double> parameters = {},
                                         surfaces::Domain domain = surfaces::kExpressionDomain) {
  auto surface = surfaces::make_surface(SurfaceChoice{"expression", TypedFormula(text), domain, std::move(parameters)});
  REQUIRE_MESSAGE(surface.ok(), surface.message());
  return std::move(surface).value();
}

// Value, gradient and Hessian of two surfaces at a point, to 1e-12 of their size there.
Closeness alike(const surfaces::Surface& a, const surfaces::Surface& b, surfaces::Point p) {
  const surfaces::LocalModel u = surfaces::local_model(a, p);
  const surfaces::LocalModel v = surfaces::local_model(b, p);
  if (Closeness c = close(u.value, v.value, 1e-12, 1e-12); !c) return c;
  const double slope = 1e-12 * (1 + std::hypot(v.gradient[0], v.gradient[1]));
  if (Closeness c = close(std::span(u.gradient), std::span(v.gradient), 1e-12, slope); !c) return c;
  const double curvature = 1e-12 * (1 + std::abs(v.eigenvalues[0]) + std::abs(v.eigenvalues[1]));
  return close(std::span(u.hessian), std::span(v.hessian), 1e-12, curvature);
}

core::Error refusal(std::string_view text, surfaces::Domain domain = surfaces::kExpressionDomain,
                    std::vector<double> parameters = {}) {
  const auto surface = surfaces::make_surface({"expression", TypedFormula(text), domain, parameters});
  return surface.ok() ? core::Error{"accepted"} : surface.error();
}

}  // namespace

TEST_CASE("the catalog's formulas, typed, are the catalog's surfaces") {
  int compared = 0;
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    const surfaces::SurfaceInfo& info = *entry.info;
    if (info.expression.empty()) continue;
    CAPTURE(info.name);
    ++compared;
    std::vector<double> values = core::default_values(info.parameters);
    for (double& value : values) value *= 1.25;  // so that a parameter in the wrong place shows
    const auto built_in = surfaces::make_surface(info.name, values);
    REQUIRE(built_in.ok());
    const auto parsed = autodiff::Expression::parse(info.expression);
    REQUIRE_MESSAGE(parsed.ok(), parsed.message());
    std::vector<double> by_name;
    for (const std::string& name : parsed->parameters()) {
      const int index = core::find_param(info.parameters, name);
      REQUIRE(index >= 0);
      by_name.push_back(values[static_cast<std::size_t>(index)]);
    }
    CHECK(by_name.size() == info.parameters.size());
    const auto own = typed(std::string(info.expression), by_name, info.domain);
    core::Rng rng(17);
    for (int i = 0; i < 200; ++i) {
      const surfaces::Point p{rng.uniform(info.domain.x0, info.domain.x1), rng.uniform(info.domain.y0, info.domain.y1)};
      CHECK(alike(*own, **built_in, p));
    }
    for (const surfaces::Minimum& minimum : (*built_in)->minima())
      CHECK(close(own->evaluate(minimum.point, {}), minimum.value, 1e-12, 1e-12));
  }
  CHECK(compared >= 12);
}

TEST_CASE("negative control: another formula is told apart") {
  const auto himmelblau = surfaces::make_surface("himmelblau", {});
  REQUIRE(himmelblau.ok());
  CHECK_FALSE(alike(*typed("(x^2 + y - 11)^2 + (x + y^2 - 7.0000001)^2"), **himmelblau, {1, 2}));
}

TEST_CASE("a typed formula describes itself") {
  const auto surface = typed("a*x^2 + abs(b_2*y)", {3, -2});
  const surfaces::SurfaceInfo& info = surface->info();
  CHECK(info.name == "expression");
  CHECK(info.formula == "f = a*x^2 + abs(b_2*y)");
  CHECK(info.expression == "a*x^2 + abs(b_2*y)");
  REQUIRE(info.parameters.size() == 2);
  CHECK(info.parameters[0].name == "a");
  CHECK(info.parameters[1].name == "b_2");
  for (const core::ParamSpec& spec : info.parameters) {
    CHECK(spec.default_value == 1);
    CHECK(spec.minimum < spec.slider_minimum);
    CHECK(spec.slider_maximum < spec.maximum);
    CHECK(spec.doc.ends_with('.'));
  }
  CHECK(info.domain == surfaces::kExpressionDomain);
  CHECK(std::string(info.kinks).find("abs(b_2*y) has a kink where b_2*y = 0") != std::string::npos);
  CHECK(std::string(typed("x^2 + xy")->info().lesson).find("xy is read as x·y.") != std::string::npos);
  CHECK(typed("x^2 + xy")->info().reading == "x² + x·y");
  CHECK(typed("x^2 + xy")->info().formula == "f = x² + x·y");
  CHECK(info.reading.empty());
  CHECK(typed("x^2")->info().lesson.ends_with('.'));
  CHECK(surface->evaluate(std::array{2.0, 3.0}, {}) == 18);
  CHECK(surface->minima().empty());
}

TEST_CASE("what is known of a surface lives on in the handle, and a catalog's too") {
  std::shared_ptr<const surfaces::SurfaceInfo> info;
  {
    const auto surface = typed("kappa_of_mine*x^2 + y^2");
    info = surface->shared_info();
    CHECK(info.get() == &surface->info());
  }
  CHECK(info->parameters[0].name == "kappa_of_mine");
  CHECK(info->formula == "f = kappa_of_mine*x^2 + y^2");
  const auto booth = surfaces::make_surface("booth", {});
  REQUIRE(booth.ok());
  CHECK((*booth)->shared_info().get() == surfaces::find_surface("booth")->info);
}

TEST_CASE("starts have a finite value and somewhere to go, wherever the holes are") {
  for (const char* text : {"x^2 + y^2", "log(x) + y^2", "sqrt(x - 4) + y", "log(-x - y)", "sqrt(1 - (x-1)^2 - (y-1)^2)",
                           "max(x^2 - 20, 0)*0.5 + abs(y)", "acos(x - 4.5)*y"}) {
    CAPTURE(text);
    const auto surface = typed(text);
    surfaces::Point gradient{};
    const surfaces::Point start = surface->info().start;
    CHECK(std::isfinite(surface->evaluate(start, gradient)));
    CHECK(std::isfinite(gradient[0] + gradient[1]));
    CHECK(std::hypot(gradient[0], gradient[1]) > 0);
    CHECK((start[0] > -5 && start[0] < 5 && start[1] > -5 && start[1] < 5));
  }
  CHECK(typed("log(-1)")->info().start == surfaces::Point{0, 0});  // nowhere is any
}

TEST_CASE("colours on a logarithmic scale where the catalog chose them by hand") {
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    if (entry.info->expression.empty() || !entry.info->parameters.empty()) continue;
    CAPTURE(entry.info->name);
    CHECK(typed(std::string(entry.info->expression), {}, entry.info->domain)->info().log_colours ==
          entry.info->log_colours);
  }
  CHECK_FALSE(typed("7")->info().log_colours);
  CHECK_FALSE(typed("log(-1)")->info().log_colours);
}

TEST_CASE("refusals name the column, the domain, the parameter") {
  const core::Error syntax = refusal("(x + y");
  CHECK(syntax.message == "expression: column 7: ')' expected: the '(' at column 1 is still open");
  CHECK(syntax.column == 7);
  CHECK(refusal("").message.find("empty") != std::string::npos);
  CHECK(refusal(std::string(65536, '(')).message.find("65536 characters") != std::string::npos);
  for (const surfaces::Domain& domain : {surfaces::Domain{1, 1, 0, 1}, surfaces::Domain{0, 1, 2, 1},
                                         surfaces::Domain{0, 1e9, 0, 1}, surfaces::Domain{std::nan(""), 1, 0, 1}}) {
    const core::Error error = refusal("x", domain);
    CHECK(error.message.find("domain") != std::string::npos);
    CHECK(error.column == 0);
  }
  CHECK(refusal("a*x", surfaces::kExpressionDomain, {std::nan("")}).message.find("a is NaN") != std::string::npos);
  CHECK(refusal("a*x", surfaces::kExpressionDomain, {1, 2}).message.find("number of parameter") != std::string::npos);
  CHECK(surfaces::make_surface({"everest", TypedFormula("x")}).message().find("there is no surface 'everest'") !=
        std::string::npos);
}

TEST_CASE("one point, many points and the Hessian's value are the same bits") {
  const auto surface = typed("a*(x^2 + y - 11)^2 + sin(x*y)/b", {2, 3});
  core::Rng rng(4);
  std::vector<double> x(130), y(130), f(130), fx(130), fy(130);
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = rng.uniform(-5, 5);
    y[i] = rng.uniform(-5, 5);
  }
  surface->evaluate_many(x, y, f, fx, fy);
  for (std::size_t i = 0; i < x.size(); ++i) {
    surfaces::Point first{};
    surfaces::Point second{};
    std::array<double, 4> hessian{};
    CHECK(surface->evaluate(surfaces::Point{x[i], y[i]}, first) == f[i]);
    CHECK(surface->evaluate_hessian(surfaces::Point{x[i], y[i]}, second, hessian) == f[i]);
    CHECK(first == surfaces::Point{fx[i], fy[i]});
    CHECK(second == first);
    CHECK(hessian[1] == hessian[2]);
  }
}

TEST_CASE("a hole has no derivatives at all") {
  const auto surface = typed("log(x) + y");
  surfaces::Point gradient{};
  std::array<double, 4> hessian{};
  CHECK(std::isnan(surface->evaluate_hessian(surfaces::Point{-1, 0}, gradient, hessian)));
  CHECK(std::isnan(gradient[1]));
  CHECK(std::isnan(hessian[3]));
}

TEST_CASE("kinks at a point are named, those that f does not have are not") {
  CHECK(typed("abs(x) + y^2")->kinks_at({0, 1}) == "abs(x) has a kink where x = 0; its slope there is taken as 0.");
  CHECK(typed("abs(x) + y^2")->kinks_at({0.1, 1}).empty());
  CHECK_FALSE(typed("abs(x) + y^2")->info().smooth);
  CHECK(typed("abs(x)^2 + y^2")->info().smooth);
  CHECK(typed("abs(x)^2 + y^2")->kinks_at({0, 1}).empty());
  CHECK(
      typed("a*x^2 + abs(y - b)", {1, 2})->with_parameters(std::array{1.0, 3.0})->kinks_at({0, 3}).find("abs(y - b)") ==
      0);
  CHECK(typed("x^y")->kinks_at({-2, 2}).find("defined only where y is a whole number") != std::string::npos);
  CHECK(typed("log(x) + abs(y)")->kinks_at({-1, 0}).empty());  // a hole
}

TEST_CASE("what is smooth in spite of its kinks is called what it is") {
  const auto kind = [](std::string text, surfaces::Point p, std::vector<double> parameters = {}) {
    const auto surface = typed(std::move(text), std::move(parameters));
    return surfaces::to_string(surfaces::point_kind(surfaces::local_model(*surface, p), 10));
  };
  CHECK(kind("abs(x)^2 + y^2", {0, 0}) == "minimum");
  CHECK(kind("sqrt(x^4) + y^2", {0, 0}) == "minimum");
  CHECK(kind("sqrt(x^2 + y^2)^2", {0, 0}) == "minimum");
  CHECK(kind("abs(x)^a + y^2", {0, 0}, {2}) == "minimum");
  CHECK(kind("cos(sqrt(x^2 + y^2))", {0, 0}) == "maximum");
  CHECK(kind("relu(x)^2 + y^2", {0, 0}) == "kink");
  CHECK(kind("-abs(x) + y^2", {0, 0}) == "kink");
  CHECK(kind("x^y", {-2, 2}) == "unknown");
}

TEST_CASE("every formula of the catalog has a graph, with its parameters by name") {
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    if (entry.info->expression.empty()) continue;
    CAPTURE(entry.info->name);
    const auto made = surfaces::make_surface_graph({.surface = std::string(entry.info->name)}, {0.7, -0.4});
    REQUIRE(made.ok());
    const auto surface = surfaces::make_surface(entry.info->name, {});
    surfaces::Point gradient{};
    CHECK(close(made->graph.value, (*surface)->evaluate(surfaces::Point{0.7, -0.4}, gradient), 1e-12, 1e-12));
    CHECK(close(made->graph.reverse[0], gradient[0], 1e-12, 1e-12));
    CHECK(close(made->graph.reverse[1], gradient[1], 1e-12, 1e-12));
    CHECK(autodiff::mode_disagreement(made->graph) <= 1e-13);
    CHECK(autodiff::difference_disagreement(made->graph) <= 1e-6);
  }
  const auto quadratic = surfaces::make_surface_graph({.surface = "quadratic", .parameters = {4}}, {1, 3});
  REQUIRE(quadratic.ok());
  CHECK(quadratic->parameters == std::vector<std::string>{"kappa"});
  CHECK(quadratic->graph.parameter_gradient == std::vector<double>{4.5});
}

TEST_CASE("surfaces and graphs of a formula share what was parsed, whatever their parameters") {
  const std::uint64_t before = autodiff::Expression::parse_count();
  SurfaceChoice choice{"expression", TypedFormula("a*x^2 + abs(y)")};
  CHECK(autodiff::Expression::parse_count() == before + 1);
  const auto first = surfaces::make_surface(choice);
  choice.parameters = {3};
  const SurfaceChoice copy = choice;
  const auto second = surfaces::make_surface(copy);
  REQUIRE((first.ok() && second.ok()));
  CHECK(surfaces::make_surface_graph(copy, {1, 2}).ok());
  CHECK(autodiff::Expression::parse_count() == before + 1);
  CHECK((*first)->info().expression.data() == (*second)->info().expression.data());
  CHECK((*second)->evaluate(std::array{1.0, -2.0}, {}) == 5);
  // The same text typed again is equal, and another reading.
  const SurfaceChoice again{"expression", TypedFormula("a*x^2 + abs(y)"), copy.domain, {3}};
  CHECK(again == copy);
  CHECK(autodiff::Expression::parse_count() == before + 2);
  CHECK(surfaces::make_surface(again)->get()->info().expression.data() != (*second)->info().expression.data());
}

TEST_CASE("what is known of a formula outlives the choice it came from") {
  std::unique_ptr<surfaces::Surface> surface = typed("k*x^2 + y^2", {2});
  const std::shared_ptr<const surfaces::SurfaceInfo> info = surface->shared_info();
  surface.reset();
  REQUIRE(info->parameters.size() == 1);
  CHECK(info->parameters[0].name == "k");
  CHECK(info->expression == "k*x^2 + y^2");
  const TypedFormula none;
  CHECK(none.empty());
  CHECK(none == TypedFormula(""));
  CHECK(none.parsed().message() == TypedFormula("").parsed().message());
  CHECK(none.parameters().empty());
  CHECK(TypedFormula("a*").parameters().empty());
}
