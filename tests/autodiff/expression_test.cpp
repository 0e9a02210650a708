// SPDX-License-Identifier: MIT
// The grammar: what a formula means (against the same arithmetic written in C++), what is refused and at which column,
// what is shared and folded, and the limits.
#include "engine/autodiff/expression.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "engine/autodiff/program.h"

using namespace descent;
using autodiff::Expression;
using autodiff::Program;

namespace {

constexpr double kX = 0.7;
constexpr double kY = -1.3;

// The formula at (kX, kY), parameters a = 2, b = 3, … by appearance.
double value_of(std::string_view text) {
  const auto expression = Expression::parse(text);
  REQUIRE_MESSAGE(expression.ok(), text, ": ", expression.ok() ? "" : expression.message());
  std::vector<double> parameters;
  for (std::size_t i = 0; i < expression->parameters().size(); ++i) parameters.push_back(2.0 + static_cast<double>(i));
  return Program(*expression, parameters).evaluate(kX, kY);
}

struct Meaning {
  const char* text;
  double value;
};

struct Refusal {
  const char* text;
  int column;
  const char* words;
};

}  // namespace

TEST_CASE("what formulas mean") {
  const double x = kX;
  const double y = kY;
  const double pi = std::numbers::pi;
  const double e = std::numbers::e;
  const std::vector<Meaning> table{
      {"x", x},
      {"y", y},
      {"2", 2},
      {" .5 ", 0.5},
      {"5.", 5},
      {"1e-3", 1e-3},
      {"1.5E+2", 150},
      {"2*e", 2 * e},
      {"pi", pi},
      {"π", pi},
      {"1 - 2 - 3", -4},
      {"1 - (2 - 3)", 2},
      {"8 / 4 / 2", 1},
      {"8 / (4 / 2)", 4},
      {"2 + 3 * 4", 14},
      {"(2 + 3) * 4", 20},
      {"2 ^ 3 ^ 2", 512},
      {"(2 ^ 3) ^ 2", 64},
      {"2 ** 3", 8},
      {"-3 ^ 2", -9},
      {"(-3) ^ 2", 9},
      {"-x ^ 2", -(x * x)},
      {"2 ^ -2", 0.25},
      {"2 ^ -x", std::pow(2, -x)},
      {"2 ^ -x ^ 2", std::pow(2, -(x * x))},
      {"2 ^ -1 * 3", 1.5},
      {"-2 * -3", 6},
      {"--3", 3},
      {"+3", 3},
      {"3 - -2", 5},
      {"3 * -x + 1", 3 * -x + 1},
      {"-x * y", -x * y},
      {"x − y", x - y},
      {"2·x × y ⋅ 3", 2 * x * y * 3},
      {"x²", x * x},
      {"x² + y³", x * x + y * y * y},
      {"-x²", -(x * x)},
      {"2^x²", std::pow(2, x * x)},
      {"x^2²", x * x * x * x},
      {"(x + y)²", (x + y) * (x + y)},
      {"x⁻²", 1 / (x * x)},
      {"x¹⁰", std::pow(x, 10)},
      {"√(x)", std::sqrt(x)},
      {"sin(x)²", std::sin(x) * std::sin(x)},
      {"sin(cos(x) + 1)", std::sin(std::cos(x) + 1)},
      {"atan2(y, x)", std::atan2(y, x)},
      {"min(x, y)", y},
      {"max(x, y, 3, -1)", 3},
      {"min(3, 2, 1)", 1},
      {"pow(x, 3)", x * x * x},
      {"log(e)", 1},
      {"ln(e^2)", 2},
      {"sigmoid(0)", 0.5},
      {"relu(-2) + relu(2)", 2},
      {"gaussian(x)", std::exp(-x * x)},
      {"abs(y)", -y},
      {"a*x^2 + b*y^2", 2 * x * x + 3 * y * y},
      {"rate_1*x + rate_1", 2 * x + 2},
      {"\t( ( x ) )\n", x},
  };
  for (const Meaning& row : table) {
    CAPTURE(row.text);
    const double value = value_of(row.text);
    CHECK(std::abs(value - row.value) <= 1e-15 * std::abs(row.value));
  }
}

TEST_CASE("negative control: readings the grammar does not have") {
  CHECK(value_of("-3 ^ 2") != 9);
  CHECK(value_of("2 ^ 3 ^ 2") != 64);
  CHECK(value_of("1 - 2 - 3") != 2);
}

TEST_CASE("refusals name the column") {
  const std::vector<Refusal> table{
      {"", 1, "empty"},
      {"   ", 1, "empty"},
      {"x +", 4, "ends where a value is expected"},
      {"x + * y", 5, "value is expected before '*'"},
      {"(x + y", 7, "')' expected: the '(' at column 1"},
      {"2*(x + (y", 10, "the '(' at column 8"},
      {"sin(x", 6, "the '(' at column 4"},
      {"x + y)", 6, "no '(' for this ')'"},
      {"()", 2, "nothing between"},
      {"sin()", 5, "sin() needs 1 argument"},
      {"atan2(x)", 8, "atan2 takes 2 arguments; it has 1"},
      {"min(x)", 6, "min takes at least 2 arguments"},
      {"sin(x, y)", 6, "sin takes 1 argument"},
      {"atan2(x, y, 1)", 11, "atan2 takes 2 arguments"},
      {"(x, y)", 3, "',' has a place only"},
      {"x, y", 2, "',' has a place only"},
      {"min(x,)", 7, "value is expected before ')'"},
      {"x 3", 3, "x*3, a power x^3"},
      {"(x)2", 4, "operator is missing before '2'"},
      {"foo(x)", 1, "no function 'foo'; known are sin"},
      {"1 + cos", 5, "'cos' is a function"},
      {"x = 1", 3, "'='"},
      {"x $ 2", 3, "'$' has no meaning"},
      {"x\x01", 2, "this character"},
      {"x + \xff", 5, "UTF-8"},
      {"x + \xc3", 5, "UTF-8"},
      {"1e999", 1, "too large"},
      {"x²²² + ²", 8, "value is expected before '²'"},
      {"x⁻", 2, "superscript digits"},
      {"x⁹⁹⁹⁹", 2, "exponent is too large"},
      {"1.2.3", 4, "operator is missing before '.3'"},
      {".", 1, "'.' has no meaning"},
      {"x ^", 4, "ends"},
      {"-", 2, "ends"},
      {"abcdefghijklmnopqrstuvwxyzabcdefghi", 1, "35 characters"},
      {"a+b+c+d+f+g+h+i+j+k+l+m+n+o+p+q+r", 33, "one parameter too many"},
  };
  for (const Refusal& row : table) {
    CAPTURE(row.text);
    const auto expression = Expression::parse(row.text);
    REQUIRE_FALSE(expression.ok());
    CAPTURE(expression.message());
    CHECK(expression.error().column == row.column);
    CHECK(expression.message() ==
          "column " + std::to_string(row.column) + ": " + std::string(expression.error().without_column()));
    CHECK(expression.message().find(row.words) != std::string::npos);
  }
}

TEST_CASE("limits end in a sentence, at once") {
  const auto refused = [](const std::string& text, const char* words) {
    const auto expression = Expression::parse(text);
    return !expression.ok() && expression.error().column > 0 && expression.message().find(words) != std::string::npos;
  };
  const auto repeated = [](std::string_view part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += part;
    return text;
  };
  CHECK(refused(std::string(65536, '('), "65536 characters; at most 4096"));
  CHECK(refused(repeated("x+", 50000) + "x", "at most 4096"));
  CHECK(refused(std::string(300, '('), "nested deeper than 200"));
  CHECK(refused(repeated("-", 300) + "x", "nested deeper than 200"));
  CHECK(refused(repeated("sin(", 300) + "x", "nested deeper than 200"));
  CHECK(refused(repeated("2^", 300) + "x", "nested deeper than 200"));
  std::string parts = "x";
  for (int i = 0; i < 800; ++i) parts += "+" + std::to_string(i);  // a number and a sum each
  CHECK(parts.size() < 4096);
  CHECK(refused(parts, "more than 1024 different parts"));
  CHECK(Expression::parse(std::string(150, '(') + "x" + std::string(150, ')')).ok());
  CHECK(Expression::parse(repeated("+", 4000) + "x").ok());
}

TEST_CASE("equal parts are one node, numbers are folded, and nodes come in order with their text") {
  const auto nodes = [](std::string_view text) { return Expression::parse(text)->nodes().size(); };
  CHECK(nodes("x*y + x*y") == 4);        // x, y, x*y, sum
  CHECK(nodes("x*y + y*x") == 4);        // the same product
  CHECK(nodes("x - y + (y - x)") == 5);  // not the same difference
  CHECK(nodes("2*3*pi") == 1);
  CHECK(nodes("2*3*x") == 3);
  CHECK(nodes("(x + y)^2*(x + y)^2") == 5);
  const auto expression = Expression::parse("a*x² + sin( a*x² )");
  REQUIRE(expression.ok());
  const auto list = expression->nodes();
  for (std::size_t i = 0; i < list.size(); ++i) {
    CHECK(list[i].a < static_cast<int>(i));
    CHECK(list[i].b < static_cast<int>(i));
  }
  CHECK(expression->text_of(list.size() - 1) == expression->text());
  CHECK(expression->text_of(list.size() - 2) == "sin( a*x² )");
  CHECK(expression->text_of(list.size() - 3) == "a*x²");
  CHECK(expression->parameters() == std::vector<std::string>{"a"});
}

TEST_CASE("parameters in order of appearance, and notes about names that are probably not meant") {
  const auto expression = Expression::parse("k*x + b + k*y + xc + X");
  REQUIRE(expression.ok());
  CHECK(expression->parameters() == std::vector<std::string>{"k", "b", "xc", "X"});
  REQUIRE(expression->notes().size() == 2);
  CHECK(expression->notes()[0] == "xc is read as one parameter; a product is written x*c");
  CHECK(expression->notes()[1].starts_with("X is read as a parameter"));
  CHECK(Expression::parse("x*y")->notes().empty());
}
