// SPDX-License-Identifier: MIT
// BoundGraph: an expression's graph with numbers for parameters, folded and simplified (graph_builder.h): what is
// computed, as against what was typed.
#pragma once

#include <span>
#include <vector>

#include "engine/autodiff/expression.h"

namespace descent::autodiff {

struct BoundGraph {
  std::vector<ExpressionNode> nodes;  // in order, f last; at most kMaxExpressionNodes
  std::vector<int> place;  // per node of the expression, the node with its value; -1 where that is not needed
};

// parameters: (expression.parameters().size()).
[[nodiscard]] BoundGraph bind(const Expression& expression, std::span<const double> parameters);

}  // namespace descent::autodiff
