// SPDX-License-Identifier: MIT
#include "engine/autodiff/bound_graph.h"

#include "engine/autodiff/graph_builder.h"
#include "engine/core/check.h"

namespace descent::autodiff {

BoundGraph bind(const Expression& expression, std::span<const double> parameters) {
  DESCENT_ASSERT(parameters.size() == expression.parameters().size());
  GraphBuilder builder = GraphBuilder::simplifying(expression.nodes().size());
  BoundGraph graph;
  for (ExpressionNode node : expression.nodes()) {
    if (node.op == Op::parameter) {
      node = {.number = parameters[static_cast<std::size_t>(node.index)]};
    } else {
      if (node.a >= 0) node.a = graph.place[static_cast<std::size_t>(node.a)];
      if (node.b >= 0) node.b = graph.place[static_cast<std::size_t>(node.b)];
    }
    graph.place.push_back(builder.add(node));
    DESCENT_ASSERT(graph.place.back() >= 0);
  }
  std::vector<int> kept;
  graph.nodes = builder.reachable(graph.place.back(), &kept);
  for (int& place : graph.place) place = kept[static_cast<std::size_t>(place)];
  return graph;
}

}  // namespace descent::autodiff
