// SPDX-License-Identifier: MIT
// Products without a sign and full-width signs by their values: each formula against the function that it means,
// written in C++, at points of all four quadrants; and where the column of an error stands in such a text.
#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "engine/autodiff/program.h"
#include "engine/core/rng.h"
#include "tests/autodiff/notation.h"
#include "tests/autodiff/random_formulas.h"
#include "tests/support/bytes.h"

using namespace descent;
using autodiff::Expression;
using test::full_width;
using test::notes_say;
using test::parsed;
using test::same;

namespace {

struct Meaning {
  const char* typed;
  double (*meant)(double x, double y);
};

constexpr double kPoints[][2] = {{0.7, 1.3}, {-1.6, 0.4}, {-0.9, -2.1}, {2.2, -0.3}};

// The largest relative difference between a formula and a function over the points.
double difference(const Meaning& meaning) {
  const autodiff::Program program(parsed(meaning.typed), {});
  double largest = 0;
  for (const auto& [x, y] : kPoints) {
    const double value = program.evaluate(x, y), meant = meaning.meant(x, y);
    largest = std::max(largest, std::abs(value - meant) / std::max(1.0, std::abs(meant)));
  }
  return largest;
}

int column_of(std::string_view text) {
  const auto expression = Expression::parse(text);
  return expression.ok() ? 0 : expression.error().column;
}

}  // namespace

TEST_CASE("products without a sign have the values that are meant") {
  for (const Meaning& meaning : std::vector<Meaning>{
           {"2x", [](double x, double) { return 2 * x; }},
           {"2 sin(3x) y", [](double x, double y) { return 2 * std::sin(3 * x) * y; }},
           {"2sin(3x)y", [](double x, double y) { return 2 * std::sin(3 * x) * y; }},
           {"2 sin 3x cos y", [](double x, double y) { return 2 * std::sin(3 * x) * std::cos(y); }},
           {"(x+1)(y-2)", [](double x, double y) { return (x + 1) * (y - 2); }},
           {"(x + 1) (y - 2) x", [](double x, double y) { return (x + 1) * (y - 2) * x; }},
           {"x y", [](double x, double y) { return x * y; }},
           {"xy", [](double x, double y) { return x * y; }},
           {"2(x)", [](double x, double) { return 2 * x; }},
           {"x(y+1)", [](double x, double y) { return x * (y + 1); }},
           {"3x^2y", [](double x, double y) { return 3 * x * x * y; }},
           {"3x²y³", [](double x, double y) { return 3 * x * x * y * y * y; }},
           {"-2x^2", [](double x, double) { return -2 * x * x; }},
           {"5 - 2x y", [](double x, double y) { return 5 - 2 * x * y; }},
           {"1/2x", [](double x, double) { return 0.5 * x; }},
           {"1/(2x)", [](double x, double) { return 1 / (2 * x); }},
           {"sin 2x", [](double x, double) { return std::sin(2 * x); }},
           {"sin x y", [](double x, double y) { return std::sin(x * y); }},
           {"sinx y", [](double x, double y) { return std::sin(x * y); }},
           {"sin(x) y", [](double x, double y) { return std::sin(x) * y; }},
           {"2|x|y", [](double x, double y) { return 2 * std::abs(x) * y; }},
           {"2π x", [](double x, double) { return 2 * std::acos(-1.0) * x; }},
           {"√(x² + 1) y", [](double x, double y) { return std::sqrt(x * x + 1) * y; }},
           {"２（ｘ＋１）＊（ｙ－３）", [](double x, double y) { return 2 * (x + 1) * (y - 3); }},
           {"ｘ＾２＋０．５ｙ＾２", [](double x, double y) { return x * x + 0.5 * y * y; }},
           {"０。５ｘー３ｙ", [](double x, double y) { return 0.5 * x - 3 * y; }},  // as a Japanese keyboard types them
           {"ｓｉｎ（ｘ）÷２×ｙ−１", [](double x, double y) { return std::sin(x) / 2 * y - 1; }},
           {"x · y ⋅ 2 ∗ x ∙ y", [](double x, double y) { return 2 * x * x * y * y; }}}) {
    CAPTURE(meaning.typed);
    CHECK(difference(meaning) < 1e-14);
  }
}

TEST_CASE("negative control: the other meanings have other values") {
  for (const Meaning& wrong : std::vector<Meaning>{{"1/2x", [](double x, double) { return 1 / (2 * x); }},
                                                   {"sin 2x", [](double x, double) { return std::sin(2.0) * x; }},
                                                   {"sin x y", [](double x, double y) { return std::sin(x) * y; }},
                                                   {"-2x^2", [](double x, double) { return 4 * x * x; }},
                                                   {"ｘ＋１", [](double x, double) { return x - 1; }}}) {
    CAPTURE(wrong.typed);
    CHECK(difference(wrong) > 0.01);
  }
}

TEST_CASE("where a product could go elsewhere it is said where it went") {
  CHECK(notes_say("sin x y", "sin x y is read as sin(x·y); the other meaning is written sin(x)·y"));
  CHECK(notes_say("3 + ln x(y+2)", "ln x(…) is read as ln(x·(…)); the other meaning is written ln(x)·(…)"));
  CHECK(notes_say("sin² x y", "sin² x y is read as sin²(x·y)"));
  CHECK(notes_say("sin x² y", "sin x² y is read as sin(x²·y)"));
  CHECK(notes_say("sinx y", "sinx is read as sin(x·…)"));
  CHECK(notes_say("sinx y", "sinx y is read as sin(x·y)"));
  CHECK(notes_say("sinx cosy", "sinx is read as sin(x)"));
  CHECK(notes_say("xy", "xy is read as x·y"));
  for (const char* text : {"sin 2x", "sin 2 x y", "sin(x) y", "sin x cos y", "sin x + y", "sin π x", "2 sin(3x) y",
                           "x y", "2x", "(x+1)(y-2)", "√x y"}) {
    CAPTURE(text);
    CHECK(parsed(text).notes().empty());
  }
  CHECK(parsed("sin x y x y").notes().size() == 1);
  CHECK(parsed("cosxy").notes().size() == 1);
  CHECK(parsed("2 sin(3x) y").reading() == "2·sin(3·x)·y");
}

TEST_CASE("errors stand at the character that is wrong, however wide the others are") {
  CHECK(column_of("x + * y") == 5);
  CHECK(column_of("ｘ ＋ ＊ ｙ") == 5);
  CHECK(column_of("（ｘ＋１") == 5);
  CHECK(column_of("２ｘ＋３）") == 5);
  CHECK(column_of("𝑥² + ）") == 6);
  CHECK(column_of("2 sin(3x) y + ") == 15);
  CHECK(column_of("２ ｓｉｎ（３ｘ） ｙ ＋") == 14);
  CHECK(column_of("x y 2") == 5);
  CHECK(column_of("2 sin(3x) y") == 0);
}

TEST_CASE("full-width texts are the formulas that they look like") {
  core::Rng rng(43);
  int compared = 0;
  for (int i = 0; i < 6000; ++i) {
    const test::Bytes bytes = test::random_bytes(rng, 30);
    const std::string text = i % 2 == 0 ? test::FormulaWriter(bytes).formula() : test::formula_of_words(bytes);
    const auto plain = Expression::parse(text);
    const std::string wide = full_width(text);
    // LaTeX and modules of programs are read in ASCII only.
    if (wide.size() > autodiff::kMaxExpressionLength || text.find_first_of("\\$.;") != std::string::npos) continue;
    const auto widened = Expression::parse(wide);
    REQUIRE_MESSAGE(widened.ok() == plain.ok(), text, " ", widened.ok() ? "" : widened.message());
    if (plain.ok()) REQUIRE_MESSAGE(same(*plain, *widened), text);
    if (!plain.ok()) REQUIRE_MESSAGE(plain.error().column == widened.error().column, text);
    ++compared;
  }
  CHECK(compared > 1000);
}
