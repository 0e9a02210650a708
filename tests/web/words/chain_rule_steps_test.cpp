// SPDX-License-Identifier: MIT
// The chain rule's steps: the equations say what the numbers are, and after the last step the adjoints gathered one by
// one are those of the engine's own backward pass, bit for bit.
#include "web/model/words/chain_rule_steps.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace descent::web {
namespace {

ChainRule rule_of(std::string_view formula, surfaces::Point point) {
  auto made =
      surfaces::make_surface_graph({.surface = "expression", .expression = surfaces::TypedFormula(formula)}, point);
  REQUIRE(made.ok());
  return make_chain_rule(std::move(made).value(), point);
}

bool agrees(const ChainRule& rule, const ChainState& state) {
  for (std::size_t i = 0; i < state.adjoint.size(); ++i)
    if (state.adjoint[i] != rule.surface.graph.nodes[i].adjoint) return false;
  return true;
}

TEST_CASE("chain steps: equations forward and backward") {
  const ChainRule rule = rule_of("x^2 * y", {3, 5});
  REQUIRE(rule.steps() == 4);
  CHECK(step_text(rule, 1) == "v1 = x² = 9");
  CHECK(step_text(rule, 2) == "f = v2 = v1 · y = 45");
  CHECK(step_text(rule, 3) == "v̄2 = ∂f/∂f = 1;  v̄1 += v̄2 · y = 5;  ȳ += v̄2 · v1 = 9");
  CHECK(step_text(rule, 4) == "x̄ += v̄1 · 2 x = 30");
}

TEST_CASE("chain steps: numbers are neither steps nor drawn") {
  const ChainRule rule = rule_of("100*x + 3", {2, 0});
  CHECK(rule.drawn.size() == 3);
  CHECK(rule.steps() == 4);
  CHECK(step_text(rule, 1) == "v1 = 100 · x = 200");
  CHECK(rule_of("7", {0, 0}).steps() == 0);
  CHECK(rule_of("x", {0, 0}).steps() == 0);
}

TEST_CASE("chain steps: what is known grows from the inputs to f and back") {
  const ChainRule rule = rule_of("sin(x*y) + exp(x)", {0.3, 0.7});
  const int forward = rule.steps() / 2;
  ChainState state = chain_state(rule, 0);
  CHECK(state.current == -1);
  CHECK(std::count(state.valued.begin(), state.valued.end(), true) == 2);
  state = chain_state(rule, forward);
  CHECK(std::count(state.valued.begin(), state.valued.end(), false) == 0);
  CHECK(std::count(state.reached.begin(), state.reached.end(), true) == 0);
  CHECK_FALSE(state.backward);
  state = chain_state(rule, rule.steps());
  CHECK(state.backward);
  CHECK(std::count(state.reached.begin(), state.reached.end(), false) == 0);
  CHECK(agrees(rule, state));
  CHECK_FALSE(agrees(rule, chain_state(rule, rule.steps() - 1)));  // negative control
}

TEST_CASE("chain steps: the gathered adjoints are the engine's for every surface with a formula") {
  int seen = 0;
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    if (entry.info->expression.empty()) continue;
    const surfaces::Point point{0.37, -0.61};
    auto made = surfaces::make_surface_graph({.surface = std::string(entry.info->name)}, point);
    REQUIRE(made.ok());
    const ChainRule rule = make_chain_rule(std::move(made).value(), point);
    CHECK_MESSAGE(agrees(rule, chain_state(rule, rule.steps())), entry.info->name);
    ++seen;
  }
  CHECK(seen > 10);
}

// The written derivative, checked by its value: each formula's slope in x is what the text says at the point.
TEST_CASE("chain steps: derivatives of every operation as they are written") {
  const std::vector<std::pair<std::string, std::string>> cases{{"sin(x)", "cos(x)"},     {"cos(x)", "(−sin(x))"},
                                                               {"tan(x)", "(1 + v1²)"},  {"exp(x)", "v1"},
                                                               {"log(x)", "1/x"},        {"sqrt(x)", "1/(2 v1)"},
                                                               {"tanh(x)", "(1 − v1²)"}, {"sigmoid(x)", "v1 (1 − v1)"},
                                                               {"-x", "(−1)"},           {"x/y", "1/y"},
                                                               {"y/x", "(−y/x²)"},       {"x - y", "1"},
                                                               {"y - x", "(−1)"},        {"x*y", "y"},
                                                               {"x^3", "3 x²"},          {"gaussian(x)", "(−2 x v1)"},
                                                               {"abs(x)", "sign(x)"},    {"atan(x)", "1/(1 + x²)"}};
  for (const auto& [formula, partial] : cases) {
    const ChainRule rule = rule_of(formula, {0.4, 0.7});
    REQUIRE(rule.operations.size() == 1);
    const int last = rule.operations.front();
    const std::size_t input = rule.name(rule.node(last).inputs[0]) == "x" ? 0 : 1;
    CHECK_MESSAGE(partial_text(rule, last, input) == partial, formula);
  }
}

}  // namespace
}  // namespace descent::web
