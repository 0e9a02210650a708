// SPDX-License-Identifier: MIT
// Checks what the catalog promises of every surface: complete descriptions, finite values in the domain, minima that
// are minima (gradient 0, value as listed, positive curvature, nothing lower nearby or elsewhere), minima that follow
// parameters, and sentences for unknown names and bad values.
#include <doctest/doctest.h>

#include <array>
#include <cctype>
#include <cmath>
#include <limits>
#include <numbers>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "engine/core/rng.h"
#include "engine/surfaces/groups.h"
#include "engine/surfaces/minima.h"
#include "engine/surfaces/surface.h"
#include "tests/autodiff/notation.h"
#include "tests/support/close.h"

using namespace descent;
using descent::testing::close;
using descent::testing::Closeness;

namespace {

std::unique_ptr<surfaces::Surface> made(std::string_view name, const std::vector<double>& parameters = {}) {
  auto surface = surfaces::make_surface(name, parameters);
  REQUIRE(surface.ok());
  return std::move(surface).value();
}

std::string refusal(std::string_view name, const std::vector<double>& parameters) {
  const auto surface = surfaces::make_surface(name, parameters);
  return surface.ok() ? std::string() : surface.message();
}

bool inside(const surfaces::Domain& d, surfaces::Point p) {
  return p[0] >= d.x0 && p[0] <= d.x1 && p[1] >= d.y0 && p[1] <= d.y1;
}

// A listed minimum is one: the value is as listed, the gradient vanishes to rounding (at a kink, by choice, exactly),
// no eigenvalue is negative, and f is not lower on a small circle around it.
Closeness is_minimum(const surfaces::Surface& surface, const surfaces::Minimum& minimum) {
  const surfaces::LocalModel model = surfaces::local_model(surface, minimum.point);
  if (Closeness c = close(model.value, minimum.value, 1e-13, 1e-13); !c) return {false, "value " + c.text};
  const double size = 1 + std::abs(minimum.point[0]) + std::abs(minimum.point[1]) + std::abs(minimum.value);
  for (const double g : model.gradient)
    if (Closeness c = close(g, 0, 0, std::isnan(model.eigenvalues[1]) ? 0 : 4e-15 * (1 + model.eigenvalues[1]) * size);
        !c)
      return {false, "gradient " + c.text};
  if (model.eigenvalues[0] < 0) return {false, "an eigenvalue is negative"};
  for (int k = 0; k < 16; ++k) {
    const double angle = k * std::numbers::pi / 8;
    const surfaces::Point p{minimum.point[0] + 1e-3 * std::cos(angle), minimum.point[1] + 1e-3 * std::sin(angle)};
    if (surface.evaluate(p, {}) <= minimum.value) return {false, "f is not larger nearby"};
  }
  return {true, "a minimum"};
}

}  // namespace

TEST_CASE("every catalog formula is read as it stands, and alike in full width") {
  int read = 0;
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    const std::string_view text = entry.info->expression;
    if (text.empty()) continue;
    CAPTURE(text);
    const autodiff::Expression plain = test::parsed(text);
    CHECK_FALSE(plain.reads_otherwise());
    CHECK(plain.notes().empty());
    CHECK(test::same(test::parsed(test::full_width(text)), plain));
    ++read;
  }
  CHECK(read > 20);
}

TEST_CASE("a surface of a group has what the group is named by") {
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    const surfaces::SurfaceInfo& info = *entry.info;
    CAPTURE(info.name);
    const surfaces::Group group = surfaces::group_of(info.name);
    if (group == surfaces::Group::saddles) CHECK(made(info.name)->minima().empty());
    if (group == surfaces::Group::kinks) CHECK_FALSE(info.smooth);
    const std::size_t minima = surfaces::search_minima(*made(info.name), info.domain).minima.size();
    if (group == surfaces::Group::bowls) CHECK(minima == 1);
    // Those of the drop wave but the one in the middle are whole circles.
    if (group == surfaces::Group::minima && info.name != "drop_wave") CHECK(minima > 1);
  }
  CHECK(surfaces::group_of("nothing") == surfaces::Group::none);
  CHECK(title_of(surfaces::Group::none).empty());
  CHECK(title_of(surfaces::Group::kinks) == "Kinks");
}

TEST_CASE("every surface describes itself completely") {
  std::set<std::string_view> names;
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    const surfaces::SurfaceInfo& info = *entry.info;
    CAPTURE(info.name);
    CHECK(names.insert(info.name).second);
    for (const char c : info.name) CHECK((std::islower(static_cast<unsigned char>(c)) != 0 || c == '_'));
    CHECK(!info.title.empty());
    CHECK(!title_of(surfaces::group_of(info.name)).empty());
    CHECK(info.formula.starts_with("f = "));
    CHECK(!info.reference.empty());
    CHECK(info.lesson.ends_with('.'));
    CHECK(info.smooth == info.kinks.empty());
    CHECK(info.domain.x0 < info.domain.x1);
    CHECK(info.domain.y0 < info.domain.y1);
    CHECK(inside(info.domain, info.start));
    for (const core::ParamSpec& spec : info.parameters) {
      CHECK(core::check_param(info.name, spec, spec.default_value).ok());
      CHECK(spec.doc.ends_with('.'));
      CHECK(spec.minimum <= spec.slider_minimum);
      CHECK(spec.slider_minimum < spec.slider_maximum);
      CHECK(spec.slider_maximum <= spec.maximum);
      CHECK((spec.scale != core::ParamScale::log || spec.slider_minimum > 0));
    }
    const auto surface = made(info.name);
    CHECK(&surface->info() == &info);
    CHECK(surface->dim() == 2);
    CHECK(surface->has_hessian());
    const surfaces::LocalModel model = surfaces::local_model(*surface, info.start);
    CHECK(std::hypot(model.gradient[0], model.gradient[1]) > 1e-2);  // there is a way to go
  }
}

TEST_CASE("names that scripts and links use are kept") {
  std::istringstream kept(
      "quadratic rosenbrock himmelblau beale styblinski_tang rastrigin ackley saddle "
      "monkey_saddle three_hump_camel booth goldstein_price six_hump_camel branin mccormick "
      "freudenstein_roth double_well levy griewank bohachevsky drop_wave eggholder bukin easom "
      "plateau ravine_noise neuron");
  for (std::string name; kept >> name;) {
    CAPTURE(name);
    CHECK(surfaces::find_surface(name) != nullptr);
  }
}

TEST_CASE("every surface is finite in its domain, with its derivatives, and nowhere below its listed minima") {
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    const auto surface = made(entry.info->name);
    const surfaces::Domain& d = entry.info->domain;
    double lowest = -std::numeric_limits<double>::infinity();
    for (const surfaces::Minimum& m : surface->minima())
      lowest = std::isinf(lowest) ? m.value : std::min(lowest, m.value);
    int bad = 0, kinks = 0;
    for (int i = 0; i <= 100; ++i)
      for (int j = 0; j <= 100; ++j) {
        const surfaces::Point p{d.x0 + (d.x1 - d.x0) * i / 100, d.y0 + (d.y1 - d.y0) * j / 100};
        surfaces::Point g{};
        std::array<double, 4> h{};
        const double f = surface->evaluate_hessian(p, g, h);
        // At a kink there are no second derivatives.
        const bool kink = !entry.info->smooth && std::isnan(h[0]) && std::isnan(h[1]) && std::isnan(h[3]);
        const bool finite = std::isfinite(f + g[0] + g[1]) && (kink || std::isfinite(h[0] + h[1] + h[3]));
        kinks += kink ? 1 : 0;
        bad += finite && f >= lowest - 1e-12 * (1 + std::abs(lowest)) ? 0 : 1;
      }
    CAPTURE(entry.info->name);
    CHECK(bad == 0);
    CHECK(kinks <= 201);  // at most two lines of the grid
  }
}

TEST_CASE("every listed minimum is a minimum in the domain") {
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    const auto surface = made(entry.info->name);
    for (const surfaces::Minimum& minimum : surface->minima()) {
      CAPTURE(entry.info->name);
      CAPTURE(minimum.point[0]);
      CAPTURE(minimum.point[1]);
      CHECK(inside(entry.info->domain, minimum.point));
      CHECK(is_minimum(*surface, minimum));
    }
  }
  CHECK(made("himmelblau")->minima().size() == 4);
  CHECK(made("styblinski_tang")->minima().size() == 4);
  CHECK(made("three_hump_camel")->minima().size() == 3);
  CHECK(made("goldstein_price")->minima().size() == 4);
  CHECK(made("six_hump_camel")->minima().size() == 6);
  CHECK(made("branin")->minima().size() == 3);
  CHECK(made("saddle")->minima().empty());
  CHECK(made("monkey_saddle")->minima().empty());
}

TEST_CASE("negative control: points that are no minima, and wrong values, are rejected") {
  const auto himmelblau = made("himmelblau");
  CHECK_FALSE(
      is_minimum(*himmelblau, {{-0.27084459066734761, -0.92303855647998146}, 181.61652152258270}));  // the hilltop
  CHECK_FALSE(is_minimum(*himmelblau, {{-2.80511808, 3.13131251}, 0}));  // eight digits are not enough
  CHECK_FALSE(is_minimum(*himmelblau, {{3, 2}, 1e-6}));
  CHECK_FALSE(is_minimum(*made("saddle"), {{0, 0}, 0}));
  CHECK_FALSE(is_minimum(*made("monkey_saddle"), {{0, 0}, 0}));
}

TEST_CASE("minima follow the parameters, and so does the formula") {
  for (const double a : {-1.5, 0.0, 2.0}) {
    const auto surface = made("rosenbrock", {a, 7});
    REQUIRE(surface->minima().size() == 1);
    CHECK(surface->minima()[0].point == surfaces::Point{a, a * a});
    CHECK(is_minimum(*surface, surface->minima()[0]));
    CHECK(close(surface->evaluate(std::array{a + 1, 0.5}, {}), 1 + 7 * std::pow(0.5 - (a + 1) * (a + 1), 2), 1e-15, 0));
  }
  const surfaces::LocalModel bowl = surfaces::local_model(*made("quadratic", {250}), {1, 1});
  CHECK(bowl.eigenvalues == std::array{1.0, 250.0});
  CHECK(bowl.value == 125.5);
}

TEST_CASE("the tip of Ackley's function has the subgradient 0 and no Hessian") {
  const surfaces::LocalModel tip = surfaces::local_model(*made("ackley"), {0, 0});
  CHECK(close(tip.value, 0, 0, 1e-15));
  CHECK(tip.gradient == std::array{0.0, 0.0});
  for (const double partial : tip.hessian) CHECK(std::isnan(partial));
  CHECK(made("ackley")->kinks_at({0, 0}).find("Not differentiable at the origin") == 0);
  CHECK(made("ackley")->kinks_at({1e-6, 0}).empty());
}

TEST_CASE("kinks are named where they are, and their derivatives are the subgradient 0") {
  for (const char* name : {"ackley", "eggholder", "bukin"})
    CHECK_FALSE(surfaces::find_surface(name)->info->kinks.empty());
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    if (entry.info->kinks.empty()) continue;
    CAPTURE(entry.info->name);
    CHECK(entry.info->kinks.starts_with("Not differentiable"));
    CHECK(entry.info->kinks.ends_with('.'));
  }
  const surfaces::LocalModel cusp = surfaces::local_model(*made("bukin"), {-10, 1});
  CHECK(cusp.gradient == std::array{0.0, 0.0});
  const surfaces::LocalModel on_parabola = surfaces::local_model(*made("bukin"), {-20, 4});
  CHECK(on_parabola.gradient == std::array{-0.01, 0.0});
  const surfaces::LocalModel on_line = surfaces::local_model(*made("eggholder"), {100, 53});  // x − (y + 47) = 0
  CHECK(std::isfinite(on_line.gradient[0] + on_line.gradient[1]));
  CHECK(std::isnan(on_line.eigenvalues[0]));
}

TEST_CASE("the drop wave is smooth in the middle: the Hessian there is that of its power series") {
  // f = −(2 − 72 r² + …)/(2 + r²/2) = −1 + 36.25 r² + …
  const surfaces::LocalModel middle = surfaces::local_model(*made("drop_wave"), {0, 0});
  CHECK(middle.gradient == std::array{0.0, 0.0});
  for (const double curvature : middle.eigenvalues) CHECK(close(curvature, 72.5, 1e-14, 0));
  // Both branches of the series agree where they meet, r² = 0.05/144.
  const double r = std::sqrt(0.05 / 144);
  const surfaces::LocalModel inside = surfaces::local_model(*made("drop_wave"), {r * (1 - 1e-9), 0});
  const surfaces::LocalModel outside = surfaces::local_model(*made("drop_wave"), {r * (1 + 1e-9), 0});
  CHECK(close(inside.hessian[0], outside.hessian[0], 1e-7, 0));
  CHECK(close(inside.hessian[3], outside.hessian[3], 1e-8, 0));
}

TEST_CASE("the ravine's ripple follows its seed and amplitude; the origin stays the lowest point") {
  const surfaces::Point p{0.7, -0.3};
  const double smooth = 0.5 * (0.7 * 0.7 + 30 * 0.3 * 0.3);
  CHECK(close(made("ravine_noise", {30, 0, 12, 1})->evaluate(p, {}), smooth, 1e-15, 0));
  const double first = made("ravine_noise", {30, 0.1, 12, 1})->evaluate(p, {});
  CHECK(first == made("ravine_noise", {30, 0.1, 12, 1})->evaluate(p, {}));
  CHECK(first != made("ravine_noise", {30, 0.1, 12, 2})->evaluate(p, {}));
  for (const double seed : {0.0, 1.0, 7.0, 123456789.0}) {
    const auto rough = made("ravine_noise", {5, 2, 40, seed});
    CHECK(is_minimum(*rough, rough->minima()[0]));
    const double rise = made("ravine_noise", {30, 0.2, 12, seed})->evaluate(p, {}) - smooth;
    CHECK(rise >= 0);
    CHECK(rise <= 0.4 + 1e-12);
  }
}

TEST_CASE("unknown names and bad parameters are refused with a sentence") {
  std::string known;
  for (const surfaces::CatalogEntry& entry : surfaces::catalog())
    known += (known.empty() ? "" : ", ") + std::string(entry.info->name);
  CHECK(refusal("rosenbrok", {}) == "there is no surface 'rosenbrok'; known are " + known);
  CHECK(refusal("quadratic", {-1}) == "quadratic: kappa is -1; it must be between 0.001 and 1000000");
  CHECK(refusal("quadratic", {std::nan("")}) == "quadratic: kappa is NaN; it must be between 0.001 and 1000000");
  CHECK(refusal("quadratic", {1, 2}) == "quadratic: the number of values is 2; it must be 1");
  CHECK(refusal("booth", {1}) == "booth: the number of values is 1; it must be 0");
  CHECK(surfaces::find_surface("booth") != nullptr);
  CHECK(surfaces::find_surface("Booth") == nullptr);
  CHECK(surfaces::find_surface("") == nullptr);
}
