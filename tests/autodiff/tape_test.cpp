// SPDX-License-Identifier: MIT
// The tape: adjoints and local partials of a worked example by hand, reverse mode against forward mode and differences
// on many formulas, gradients of parameters, and what happens at kinks and holes.
#include "engine/autodiff/tape.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <vector>

#include "engine/autodiff/kinks.h"
#include "engine/core/rng.h"
#include "tests/support/close.h"
#include "tests/support/finite_difference.h"

using namespace descent;
using autodiff::Expression;
using autodiff::ExpressionGraph;
using descent::testing::central_difference;
using descent::testing::close;

namespace {

ExpressionGraph graph_of(std::string_view text, const std::vector<double>& parameters, double x, double y) {
  const auto expression = Expression::parse(text);
  REQUIRE_MESSAGE(expression.ok(), text);
  return autodiff::make_graph(*expression, parameters, {x, y});
}

std::vector<std::string> kink_sentences(std::string_view text, const std::vector<double>& parameters = {}) {
  const auto expression = Expression::parse(text);
  REQUIRE_MESSAGE(expression.ok(), text);
  std::vector<std::string> sentences;
  for (const autodiff::Kink& kink : autodiff::kinks_of(*expression, parameters)) sentences.push_back(kink.sentence);
  return sentences;
}

}  // namespace

TEST_CASE("a worked example: f = (x y + sin x) a, node by node") {
  const double x = 2;
  const double y = 3;
  const ExpressionGraph graph = graph_of("(x*y + sin(x))*a", {5}, x, y);
  struct Expected {
    const char* text;
    const char* operation;
    double value, adjoint, partial_a, partial_b;
  };
  const double sum = x * y + std::sin(x);
  const std::vector<Expected> expected{
      {"x", "variable", x, 5 * y + 5 * std::cos(x), 0, 0},
      {"y", "variable", y, 5 * x, 0, 0},
      {"x*y", "multiply", x * y, 5, y, x},
      {"sin(x)", "sin", std::sin(x), 5, std::cos(x), 0},
      {"x*y + sin(x)", "add", sum, 5, 1, 1},
      {"a", "parameter", 5, sum, 0, 0},
      {"(x*y + sin(x))*a", "multiply", sum * 5, 1, 5, sum},
  };
  REQUIRE(graph.nodes.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CAPTURE(expected[i].text);
    CHECK(graph.nodes[i].text == expected[i].text);
    CHECK(graph.nodes[i].operation == expected[i].operation);
    CHECK(close(graph.nodes[i].value, expected[i].value, 1e-15, 0));
    CHECK(close(graph.nodes[i].adjoint, expected[i].adjoint, 1e-15, 0));
    CHECK(close(graph.nodes[i].partials[0], expected[i].partial_a, 1e-15, 0));
    CHECK(close(graph.nodes[i].partials[1], expected[i].partial_b, 1e-15, 0));
    CHECK_FALSE(graph.nodes[i].at_kink);
  }
  CHECK(graph.nodes[4].inputs == std::array{2, 3});
  CHECK(graph.nodes[3].inputs == std::array{0, -1});
  CHECK(graph.value == graph.nodes.back().value);
  CHECK(close(graph.reverse[0], 5 * y + 5 * std::cos(x), 1e-15, 0));
  CHECK(close(graph.reverse[1], 5 * x, 1e-15, 0));
  REQUIRE(graph.parameter_gradient.size() == 1);
  CHECK(close(graph.parameter_gradient[0], sum, 1e-15, 0));
}

TEST_CASE("reverse mode, forward mode and central differences agree") {
  core::Rng rng(5);
  for (const char* text :
       {"(x^2 + y - 11)^2 + (x + y^2 - 7)^2", "x/y + y/x", "x^y + y^2.5", "exp(-x*y)*sin(3*x) + log(x + y)",
        "atan2(y, x) + asin(x/4) + acos(y/4) + atan(x*y)", "sqrt(x*y) + tanh(x - y) + sigmoid(x) + gaussian(y)",
        "sinh(x)*cosh(y) - tan(x/3)", "max(x, y + 5)*min(x, y + 5) + relu(x + 1) + abs(x + y)", "x^-3 + 2^x - -y",
        "20 - 20*exp(-0.2*sqrt((x^2 + y^2)/2)) + e - exp((cos(2*pi*x) + cos(2*pi*y))/2)"}) {
    for (int i = 0; i < 20; ++i) {
      const ExpressionGraph graph = graph_of(text, {}, rng.uniform(0.5, 2.5), rng.uniform(0.5, 2.5));
      CAPTURE(text);
      CHECK(mode_disagreement(graph) <= 1e-14);
      CHECK(difference_disagreement(graph) <= 1e-6);
    }
  }
}

TEST_CASE("negative control: a wrong adjoint or a wrong difference is seen") {
  ExpressionGraph graph = graph_of("x^2*y", {}, 1.5, 2);
  CHECK(mode_disagreement(graph) <= 1e-15);
  graph.reverse[1] *= 1.001;
  CHECK(mode_disagreement(graph) > 1e-4);
  CHECK(difference_disagreement(graph) > 1e-4);
  // A step across a jump: the difference is no derivative, and says so.
  CHECK(difference_disagreement(graph_of("atan2(y, x)", {}, -1, 0)) > 1);
}

TEST_CASE("gradients of parameters agree with differences") {
  const char* text = "a*x^2 + b*y^2 + sin(a*b*x) + x^a";
  const ExpressionGraph graph = graph_of(text, {1.5, -0.5}, 0.8, 1.1);
  const auto value = [&](double a, double b) { return graph_of(text, {a, b}, 0.8, 1.1).value; };
  CHECK(close(graph.parameter_gradient[0], central_difference([&](double a) { return value(a, -0.5); }, 1.5), 1e-8, 0));
  CHECK(close(graph.parameter_gradient[1], central_difference([&](double b) { return value(1.5, b); }, -0.5), 1e-8, 0));
}

TEST_CASE("modes agree where the rules look at their argument's slope") {
  const ExpressionGraph tip = graph_of("sqrt(x^2 + y^2)", {}, 0, 0);
  CHECK(tip.reverse == std::array{0.0, 0.0});
  CHECK(tip.forward == std::array{0.0, 0.0});
  CHECK(tip.nodes.back().at_kink);
  const ExpressionGraph power = graph_of("x^(2 + 0*y)", {}, -3, 1);
  CHECK(power.value == 9);
  const ExpressionGraph fixed = graph_of("x^a", {2}, -3, 1);  // no logarithm of −3 is asked for
  CHECK(fixed.reverse == std::array{-6.0, 0.0});
  CHECK(mode_disagreement(fixed) == 0);
  CHECK(std::isnan(mode_disagreement(graph_of("log(x)", {}, -1, 0))));
}

TEST_CASE("kinks are named, with where they are") {
  CHECK(kink_sentences("abs(x - 1)*y") ==
        std::vector<std::string>{"abs(x - 1) has a kink where x - 1 = 0; its slope there is taken as 0."});
  CHECK(kink_sentences("max(x, y)")[0] ==
        "max(x, y) has a kink where x = y; the slope there is taken as the mean of both.");
  CHECK(kink_sentences("relu(x) + relu(x)").size() == 1);
  CHECK(kink_sentences("sqrt(x)").size() == 1);
  CHECK(kink_sentences("x^1.5").size() == 1);
  CHECK(kink_sentences("x^a", {0.5}).size() == 1);
  CHECK(kink_sentences("asin(x)").size() == 1);
  CHECK(kink_sentences("atan2(y, x)").size() == 1);
  CHECK(kink_sentences("min(x, y, 0)").size() == 2);
  CHECK(kink_sentences("x^y")[0] ==
        "x^y is not smooth where x = 0, and where x < 0 it is defined only where y is a whole number.");
  CHECK(kink_sentences("x^0.75")[0] == "x^0.75 is not smooth where x = 0; its slope is taken as 0 where that is flat.");
  CHECK(kink_sentences("x^1.5")[0] == "x^1.5 is not smooth where x = 0.");
}

TEST_CASE("what never reaches its kink is smooth") {
  for (const char* text : {"x^2 + y^2", "sqrt(x^2 + y^2 + 1)", "abs(exp(x) + 1)", "relu(-1 - y^2)",
                           "asin(sigmoid(x)/2)", "max(sin(x), 2)", "(1 + x^4)^1.5", "sqrt(cosh(x))",
                           "abs(gaussian(x) + 1)", "1/x", "tan(x)", "log(x)", "atan2(y, 1 + x^2)", "sqrt(x*x + 1)"}) {
    CAPTURE(text);
    CHECK(kink_sentences(text).empty());
  }
  CHECK(kink_sentences("sqrt(x^2 + a)", {1}).empty());
  CHECK(kink_sentences("sqrt(x^2 + a)", {0}).size() == 1);
}

TEST_CASE("whether a point is on a kink, within the tolerance") {
  const auto on_kink = [](std::string_view text, double x, double y) {
    for (const autodiff::GraphNode& node : graph_of(text, {}, x, y).nodes)
      if (node.at_kink) return true;
    return false;
  };
  CHECK(on_kink("abs(x - 1)", 1, 5));
  CHECK(on_kink("abs(x - 1)", 1 + 1e-12, 5));
  CHECK_FALSE(on_kink("abs(x - 1)", 1.001, 5));
  CHECK(on_kink("max(x, y)", 3, 3));
  CHECK_FALSE(on_kink("max(x, y)", 3, 3.1));
  CHECK(on_kink("atan2(y, x)", -1, 0));
  CHECK(on_kink("atan2(y, x)", 0, 0));
  CHECK_FALSE(on_kink("atan2(y, x)", 1, 0));
  CHECK(on_kink("x^y", 0, 2));
  CHECK(on_kink("x^y", -2, 2));
  CHECK_FALSE(on_kink("x^y", 2, 2));
  CHECK(on_kink("acos(x)", -1, 0));
  CHECK_FALSE(on_kink("log(x)", -1, 0));
}
