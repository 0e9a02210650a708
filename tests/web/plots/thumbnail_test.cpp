// SPDX-License-Identifier: MIT
// Small pictures of surfaces: colours of the view's own map at the places where heights are known, stars at the deepest
// minima, transparent where there is no value.
#include "web/model/plots/thumbnail.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/close.h"
#include "web/model/plots/colormap.h"
#include "web/model/plots/survey_colors.h"
#include "web/model/words/first_clause.h"
#include "web/state/formula_examples.h"

namespace descent::web {
namespace {

using testing::close;

std::unique_ptr<surfaces::Surface> formula(std::string_view text, const surfaces::Domain& domain) {
  auto surface =
      surfaces::make_surface({std::string(surfaces::kExpressionName), surfaces::TypedFormula(text), domain, {}});
  REQUIRE(surface.ok());
  return std::move(surface).value();
}

int green(std::uint32_t pixel) {
  return std::bit_cast<std::array<std::uint8_t, 4>>(pixel)[1];
}

constexpr ThumbnailLook kLook{.width = 64, .height = 48};

}  // namespace

TEST_CASE("a picture of a plane grows brighter from the left to the right, over much of the map") {
  for (const Theme theme : {Theme::dark, Theme::light}) {
    ThumbnailLook look = kLook;
    look.theme = theme;
    const auto picture = make_thumbnail(*formula("x + 0*y", {-4, 4, -3, 3}), look);
    REQUIRE(picture.pixels.size() == 64 * 48);
    CHECK(picture.minima.empty());
    CHECK(green(picture.pixels[0]) < green(picture.pixels[63]));
    const int low = green(pixel_of(surface_color(theme, 0))), high = green(pixel_of(surface_color(theme, 1)));
    // The colours have room for what lies around, and a contour line may lie at the edge.
    CHECK(3 * (green(picture.pixels[64 * 24 + 63]) - green(picture.pixels[64 * 24])) > high - low);
    for (std::size_t row = 1; row < 48; ++row) CHECK(picture.pixels[row * 64 + 20] == picture.pixels[20]);
  }
}

TEST_CASE("row 0 is the upper edge, and lines are drawn") {
  const auto picture = make_thumbnail(*formula("y + 0*x", {-4, 4, -3, 3}), kLook);
  CHECK(green(picture.pixels[0]) > green(picture.pixels[47 * 64]));
  // Without lines each row would be brighter than the one below it: they break that several times.
  int darker = 0;
  for (std::size_t row = 1; row < 48; ++row)
    darker += green(picture.pixels[row * 64]) > green(picture.pixels[(row - 1) * 64]) ? 1 : 0;
  CHECK(darker >= 3);
}

TEST_CASE("stars stand at the deepest minima alone") {
  const auto wells = make_thumbnail(*formula("x^4 - 4*x^2 + x + y^2", {-4, 4, -3, 3}), kLook);
  REQUIRE(wells.minima.size() == 1);
  CHECK(wells.minima[0][0] < 0.5F);  // the left one
  CHECK(close(wells.minima[0][1], 0.5, 0, 1e-6));
  const auto equal = make_thumbnail(*formula("(x^2 - 1)^2 + (y - 1.5)^2", {-4, 4, -3, 3}), kLook);
  REQUIRE(equal.minima.size() == 2);
  CHECK(close(equal.minima[0][0] + equal.minima[1][0], 1, 0, 1e-6));
  CHECK(close(equal.minima[0][1], 0.25, 0, 1e-6));
  CHECK(make_thumbnail(*formula("x*y", {-4, 4, -3, 3}), kLook).minima.empty());
}

TEST_CASE("holes are transparent") {
  const auto picture = make_thumbnail(*formula("log(x) + y", {-4, 4, -3, 3}), kLook);
  CHECK(picture.pixels[0] == 0);
  CHECK(picture.pixels[63] != 0);
}

TEST_CASE("every surface of the catalog has a picture that shows something, and a line that stands alone") {
  std::set<std::vector<std::uint32_t>> different;
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    CAPTURE(entry.info->name);
    const auto surface = surfaces::make_surface(entry.info->name, {});
    REQUIRE(surface.ok());
    Thumbnail picture = make_thumbnail(**surface, kLook);
    CHECK(std::set(picture.pixels.begin(), picture.pixels.end()).size() > 100);
    CHECK(different.insert(std::move(picture.pixels)).second);
    const std::string_view line = first_clause(entry.info->lesson);
    CHECK(line.size() >= 12);
    CHECK(line.size() <= 90);
    CHECK(entry.info->lesson.starts_with(line));
  }
}

TEST_CASE("every example is a formula with a value where it begins, and is worth looking at") {
  for (const FormulaExample& example : kFormulaExamples) {
    CAPTURE(example.formula);
    const auto surface = formula(example.formula, example.domain());
    std::array<double, 2> gradient{};
    CHECK(std::isfinite(surface->evaluate(example.start, gradient)));
    CHECK(std::hypot(gradient[0], gradient[1]) > 0);
    CHECK(surfaces::TypedFormula(example.formula).parsed()->notes().empty());
    const Thumbnail picture = make_thumbnail(*surface, kLook);
    CHECK(std::set(picture.pixels.begin(), picture.pixels.end()).size() > 60);
    CHECK((picture.minima.size() >= 1 && picture.minima.size() <= 8));
  }
}

TEST_CASE("the first clause of a sentence") {
  CHECK(first_clause("A ball with mass: velocity builds up.") == "A ball with mass");
  CHECK(first_clause("Rates of 0.5 are fine. More is not.") == "Rates of 0.5 are fine");
  CHECK(first_clause("Nothing ends here") == "Nothing ends here");
  CHECK(first_clause("") == "");
}

}  // namespace descent::web
