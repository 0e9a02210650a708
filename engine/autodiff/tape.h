// SPDX-License-Identifier: MIT
// The chain rule on an expression's graph, node by node: forward values, then reverse mode, which walks the graph
// backwards and adds to each input's adjoint ∂f/∂input its share: adjoint of the node times the node's local partial
// derivative (Griewank & Walther, "Evaluating Derivatives", 2nd ed., SIAM 2008, section 3.2). It is displayed, so every
// node is kept with its text. Beside it stand forward mode (dual numbers) and a central difference, which must agree.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/autodiff/expression.h"

namespace descent::autodiff {

struct GraphNode {
  Op op = Op::constant;
  std::string_view operation;  // name_of(op)
  int index = 0;               // variable: 0 = x, 1 = y; parameter: which; whole_power: the exponent
  std::string text;            // the subexpression as it was typed
  std::size_t begin = 0;       // where that stands in the formula: bytes [begin, end)
  std::size_t end = 0;
  std::array<int, 2> inputs{-1, -1};  // earlier nodes; -1 where there is none
  std::array<double, 2> partials{};   // ∂node/∂input, at this point
  double value = 0;
  double adjoint = 0;               // ∂f/∂node
  std::array<double, 2> tangent{};  // ∂node/∂x, ∂node/∂y by forward mode
  bool at_kink = false;             // not differentiable here: the partials are a choice
  std::array<bool, 2> left_out{};   // inputs that were not chosen: nothing is handed on, not even 0 · ∞
};

struct ExpressionGraph {
  std::vector<GraphNode> nodes;  // in order of evaluation; the last one is f
  double value = 0;
  // ∇f three ways.
  std::array<double, 2> reverse{};
  std::array<double, 2> forward{};
  std::array<double, 2> difference{};
  std::array<double, 2> step{};            // h of the central difference in x and y
  std::vector<double> parameter_gradient;  // ∂f/∂parameter, from the same backward pass
};

// parameters: (expression.parameters().size()). The step is ε^(1/3) max(1, |coordinate|), which balances truncation
// against rounding (Nocedal & Wright, "Numerical Optimization", 2nd ed., section 8.1).
[[nodiscard]] ExpressionGraph make_graph(const Expression& expression, std::span<const double> parameters,
                                         std::array<double, 2> point);

// Largest difference between reverse and forward mode, relative to max(1, |∂f|); NaN when one is not finite.
[[nodiscard]] double mode_disagreement(const ExpressionGraph& graph);
// The same between reverse mode and the central difference.
[[nodiscard]] double difference_disagreement(const ExpressionGraph& graph);

}  // namespace descent::autodiff
