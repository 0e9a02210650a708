// SPDX-License-Identifier: MIT
#include "web/model/words/chain_rule_steps.h"

#include <algorithm>
#include <utility>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"

namespace descent::web {
namespace {

using autodiff::GraphNode;
using autodiff::Op;
using core::fill;

constexpr std::string_view kBar = "\u0304";
constexpr int kDigits = 5;

std::string superscript(int n) {
  constexpr const char* kDigitsAbove[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = n < 0 ? "⁻" : "";
  for (const char c : std::to_string(n < 0 ? -n : n)) text += kDigitsAbove[c - '0'];
  return text;
}

bool leaf(const GraphNode& node) {
  return autodiff::inputs_of(node.op) == 0;
}

std::string barred(const std::string& name) {
  // The bar stands over the letters, before the number: v̄3.
  const std::size_t letters = name.find_last_not_of("0123456789") + 1;
  return name.substr(0, letters) + std::string(kBar) + name.substr(letters);
}

std::string raised(const std::string& base, int n) {
  return n == 1 ? base : base + superscript(n);
}

}  // namespace

ChainRule make_chain_rule(surfaces::SurfaceGraph surface, surfaces::Point point) {
  ChainRule rule{.surface = std::move(surface), .point = point};
  const auto& nodes = rule.surface.graph.nodes;
  std::vector<int> place(nodes.size(), -1);
  std::vector<std::array<int, 2>> inputs;
  for (int i = 0; i < static_cast<int>(nodes.size()); ++i) {
    const GraphNode& node = rule.node(i);
    if (node.op == Op::constant) {
      rule.names.push_back(display_number(node.value, kDigits));
      continue;
    }
    place[static_cast<std::size_t>(i)] = static_cast<int>(rule.drawn.size());
    rule.drawn.push_back(i);
    std::array<int, 2> from{-1, -1};
    for (std::size_t k = 0; k < 2; ++k)
      if (node.inputs[k] >= 0) from[k] = place[static_cast<std::size_t>(node.inputs[k])];
    inputs.push_back(from);
    if (leaf(node)) {
      rule.names.push_back(node.op == Op::variable ? (node.index == 0 ? "x" : "y")
                                                   : rule.surface.parameters[static_cast<std::size_t>(node.index)]);
      continue;
    }
    rule.operations.push_back(i);
    rule.names.push_back(fill("v{}", rule.operations.size()));
  }
  rule.layout = make_chain_layout(inputs);
  return rule;
}

ChainState chain_state(const ChainRule& rule, int step) {
  const auto& nodes = rule.surface.graph.nodes;
  const int forward = static_cast<int>(rule.operations.size());
  step = std::clamp(step, 0, rule.steps());
  ChainState state;
  state.valued.assign(nodes.size(), false);
  state.reached.assign(nodes.size(), false);
  state.adjoint.assign(nodes.size(), 0);
  for (std::size_t i = 0; i < nodes.size(); ++i) state.valued[i] = leaf(nodes[i]);
  for (int s = 0; s < std::min(step, forward); ++s) {
    state.current = rule.operations[static_cast<std::size_t>(s)];
    state.valued[static_cast<std::size_t>(state.current)] = true;
  }
  if (step <= forward && forward > 0) return state;
  state.backward = forward > 0;
  state.adjoint.back() = 1;
  state.reached.back() = true;
  for (int s = 0; s < step - forward; ++s) {
    state.current = rule.operations[static_cast<std::size_t>(forward - 1 - s)];
    const GraphNode& node = rule.node(state.current);
    const double adjoint = state.adjoint[static_cast<std::size_t>(state.current)];
    if (!state.reached[static_cast<std::size_t>(state.current)]) continue;
    for (std::size_t k = 0; k < 2; ++k) {
      if (node.inputs[k] < 0 || node.left_out[k]) continue;
      const auto input = static_cast<std::size_t>(node.inputs[k]);
      state.reached[input] = true;
      state.adjoint[input] += adjoint * node.partials[k];
    }
  }
  return state;
}

std::string operation_text(const ChainRule& rule, int i) {
  const GraphNode& node = rule.node(i);
  const std::string a = node.inputs[0] >= 0 ? rule.name(node.inputs[0]) : "";
  const std::string b = node.inputs[1] >= 0 ? rule.name(node.inputs[1]) : "";
  switch (node.op) {
    case Op::constant:
    case Op::variable:
    case Op::parameter:
      return rule.name(i);
    case Op::negate:
      return fill("−{}", a);
    case Op::whole_power:
      return raised(a, node.index);
    case Op::add:
      return fill("{} + {}", a, b);
    case Op::subtract:
      return fill("{} − {}", a, b);
    case Op::multiply:
      return fill("{} · {}", a, b);
    case Op::divide:
      return fill("{} / {}", a, b);
    case Op::power:
      return fill("{} ^ {}", a, b);
    case Op::sqrt:
      return fill("√{}", a);
    case Op::abs:
      return fill("|{}|", a);
    case Op::gaussian:
      return fill("exp(−{}²)", a);
    default:
      return b.empty() ? fill("{}({})", node.operation, a) : fill("{}({}, {})", node.operation, a, b);
  }
}

namespace {

// The derivative of a function of one input u whose value is v.
std::string unary_partial(Op op, const std::string& u, const std::string& v, int exponent) {
  switch (op) {
    case Op::negate:
      return "(−1)";
    case Op::whole_power:
      return exponent == 1 ? "1" : fill("{} {}", display_number(exponent, kDigits), raised(u, exponent - 1));
    case Op::sin:
      return fill("cos({})", u);
    case Op::cos:
      return fill("(−sin({}))", u);
    case Op::tan:
      return fill("(1 + {}²)", v);
    case Op::asin:
      return fill("1/√(1 − {}²)", u);
    case Op::acos:
      return fill("(−1/√(1 − {}²))", u);
    case Op::atan:
      return fill("1/(1 + {}²)", u);
    case Op::sinh:
      return fill("cosh({})", u);
    case Op::cosh:
      return fill("sinh({})", u);
    case Op::tanh:
      return fill("(1 − {}²)", v);
    case Op::exp:
      return v;
    case Op::log:
      return fill("1/{}", u);
    case Op::log2:
      return fill("1/({} ln 2)", u);
    case Op::log10:
      return fill("1/({} ln 10)", u);
    case Op::sqrt:
      return fill("1/(2 {})", v);
    case Op::abs:
      return fill("sign({})", u);
    case Op::sigmoid:
      return fill("{0} (1 − {0})", v);
    case Op::relu:
      return fill("[{} > 0]", u);
    default:  // the Gaussian
      return fill("(−2 {} {})", u, v);
  }
}

std::string sum_of_squares(const std::string& a, const std::string& b) {
  return fill("({}² + {}²)", a, b);
}

std::string contribution(const ChainRule& rule, int node, std::size_t k) {
  const int input = rule.node(node).inputs[k];
  const std::string partial = partial_text(rule, node, k);
  const std::string from = barred(rule.name(node)), to = barred(rule.name(input));
  return partial == "1" ? fill("{} += {}", to, from) : fill("{} += {} · {}", to, from, partial);
}

}  // namespace

std::string partial_text(const ChainRule& rule, int i, std::size_t k) {
  const GraphNode& node = rule.node(i);
  const std::string a = rule.name(node.inputs[0]);
  if (autodiff::inputs_of(node.op) == 1) return unary_partial(node.op, a, rule.name(i), node.index);
  const std::string b = rule.name(node.inputs[1]);
  const bool first = k == 0;
  switch (node.op) {
    case Op::add:
      return "1";
    case Op::subtract:
      return first ? "1" : "(−1)";
    case Op::multiply:
      return first ? b : a;
    case Op::divide:
      return first ? fill("1/{}", b) : fill("(−{}/{}²)", a, b);
    case Op::power:
      return first ? fill("{0} {1}^({0} − 1)", b, a) : fill("ln({}) {}", a, rule.name(i));
    case Op::atan2:
      return first ? fill("{}/{}", b, sum_of_squares(a, b)) : fill("(−{}/{})", a, sum_of_squares(a, b));
    default:  // the minimum and the maximum, below
      break;
  }
  if (node.partials[k] == 0.5) return "½";  // at a tie both inputs have their half
  if (node.op == Op::min) return fill("[{} < {}]", first ? a : b, first ? b : a);
  return fill("[{} > {}]", first ? a : b, first ? b : a);
}

std::string step_text(const ChainRule& rule, int step) {
  const int forward = static_cast<int>(rule.operations.size());
  if (forward == 0) return "f is a single number or name: there is nothing to compute.";
  if (step <= 0) return "The inputs have their values. Step on: each node's value comes from the nodes to its left.";
  const ChainState state = chain_state(rule, step);
  const int i = state.current;
  const GraphNode& node = rule.node(i);
  if (!state.backward) {
    const std::string text =
        fill("{} = {} = {}", rule.name(i), operation_text(rule, i), display_number(node.value, kDigits));
    return step == forward ? fill("f = {}", text) : text;
  }
  std::string text = step == forward + 1 ? fill("{} = ∂f/∂f = 1;  ", barred(rule.name(i))) : "";
  bool any = false;
  for (std::size_t k = 0; k < 2; ++k) {
    const int input = node.inputs[k];
    if (input < 0 || rule.node(input).op == Op::constant) continue;
    const double share = state.adjoint[static_cast<std::size_t>(i)] * node.partials[k];
    if (any) text += ";  ";
    text += fill("{} = {}", contribution(rule, i, k), display_number(share, kDigits));
    any = true;
  }
  return any ? text : fill("{}{} depends on numbers only.", text, rule.name(i));
}

}  // namespace descent::web
