// SPDX-License-Identifier: MIT
// Forward and backward pass over a graph, see tape.h. Local partial derivatives come from the rules of functions.h on
// the operation's inputs as independent variables. Some rules look further back: √u and uᵖ at u = 0 are level where u
// does not move to first order, so that is asked of the tangents, and a power of a negative number has no slope along a
// coordinate on which its exponent depends, so that is kept beside the nodes.
#include "engine/autodiff/tape.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/autodiff/kinks.h"
#include "engine/autodiff/operations.h"
#include "engine/autodiff/program.h"
#include "engine/core/check.h"

namespace descent::autodiff {
namespace {

using Scalar = Dual<2>;

Scalar leaf(const ExpressionNode& node, std::span<const double> parameters, std::array<double, 2> point) {
  if (node.op == Op::constant) return {node.number};
  const auto index = static_cast<std::size_t>(node.index);
  if (node.op == Op::parameter) return {parameters[index]};
  return Scalar::variable(point[index], index);
}

Scalar tangent_of(const GraphNode& node) {
  Scalar s(node.value);
  s.gradient = node.tangent;
  return s;
}

bool flat(const GraphNode& node) {
  return tangent_of(node).is_flat();
}

// Value, tangents and local partials of a node from its inputs. moving: bit i is set where the second input depends on
// coordinate i.
void forward_step(GraphNode& node, const ExpressionNode& source, std::span<const GraphNode> done, unsigned moving) {
  const GraphNode& a = done[static_cast<std::size_t>(source.a)];
  if (inputs_of(node.op) == 1) {
    const Scalar result = apply(node.op, tangent_of(a), source.index);
    node.value = result.value;
    node.tangent = result.gradient;
    node.partials[0] = apply(node.op, Dual<1>::variable(a.value, 0), source.index).gradient[0];
    if (node.op == Op::sqrt && node.value == 0 && flat(a)) node.partials[0] = 0;
    node.left_out[0] = node.op == Op::relu && a.value < 0;
    return;
  }
  const GraphNode& b = done[static_cast<std::size_t>(source.b)];
  const Scalar result = apply(node.op, tangent_of(a), tangent_of(b), moving);
  node.value = result.value;
  node.tangent = result.gradient;
  node.partials = apply(node.op, Scalar::variable(a.value, 0), Scalar::variable(b.value, 1), 0).gradient;
  if (node.op == Op::power && std::isinf(node.partials[0]) && flat(a) && flat(node)) node.partials[0] = 0;
  for (std::size_t k = 0; k < 2; ++k)
    node.left_out[k] = (node.op == Op::min || node.op == Op::max) && node.partials[k] == 0;
}

void backward(ExpressionGraph& graph) {
  std::vector<bool> reached(graph.nodes.size(), false);
  graph.nodes.back().adjoint = 1;
  reached.back() = true;
  for (std::size_t i = graph.nodes.size(); i-- > 0;) {
    const GraphNode& node = graph.nodes[i];
    if (!reached[i]) continue;
    for (std::size_t k = 0; k < 2; ++k) {
      if (node.inputs[k] < 0 || node.left_out[k]) continue;
      const auto input = static_cast<std::size_t>(node.inputs[k]);
      graph.nodes[input].adjoint += node.adjoint * node.partials[k];
      reached[input] = true;
    }
  }
}

// collect() writes into `graph` what the leaves' adjoints and the last node say of f.
void collect(ExpressionGraph& graph, const Expression& expression) {
  graph.value = graph.nodes.back().value;
  if (std::isnan(graph.value)) {  // a hole has no gradient, whatever the rules say beside it
    graph.forward.fill(graph.value);
    graph.reverse.fill(graph.value);
    graph.parameter_gradient.assign(expression.parameters().size(), graph.value);
    return;
  }
  graph.forward = graph.nodes.back().tangent;
  graph.parameter_gradient.assign(expression.parameters().size(), 0);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const auto index = static_cast<std::size_t>(expression.nodes()[i].index);
    if (graph.nodes[i].op == Op::variable) graph.reverse[index] = graph.nodes[i].adjoint;
    if (graph.nodes[i].op == Op::parameter) graph.parameter_gradient[index] = graph.nodes[i].adjoint;
  }
}

std::array<double, 2> differences(const Program& program, std::array<double, 2> point, std::array<double, 2> step) {
  std::array<double, 2> slope{};
  for (std::size_t axis = 0; axis < 2; ++axis) {
    std::array<double, 2> right = point;
    std::array<double, 2> left = point;
    right[axis] += step[axis];
    left[axis] -= step[axis];
    slope[axis] =
        (program.evaluate(right[0], right[1]) - program.evaluate(left[0], left[1])) / (right[axis] - left[axis]);
  }
  return slope;
}

double disagreement(std::array<double, 2> a, std::array<double, 2> b) {
  double worst = 0;
  for (std::size_t axis = 0; axis < 2; ++axis) {
    const double difference = std::abs(a[axis] - b[axis]) / std::max(1.0, std::abs(a[axis]));
    if (!std::isfinite(difference)) return std::numeric_limits<double>::quiet_NaN();
    worst = std::max(worst, difference);
  }
  return worst;
}

}  // namespace

ExpressionGraph make_graph(const Expression& expression, std::span<const double> parameters,
                           std::array<double, 2> point) {
  DESCENT_ASSERT(parameters.size() == expression.parameters().size());
  ExpressionGraph graph;
  graph.nodes.reserve(expression.nodes().size());
  const std::vector<std::uint8_t> depends = dependences(expression.nodes());
  for (const ExpressionNode& source : expression.nodes()) {
    GraphNode node{.op = source.op, .operation = name_of(source.op), .index = source.index};
    node.text = expression.text_of(graph.nodes.size());
    node.begin = source.begin;
    node.end = source.end;
    node.inputs = {source.a, source.b};
    if (inputs_of(source.op) > 0) {
      forward_step(node, source, graph.nodes, source.b < 0 ? 0 : depends[static_cast<std::size_t>(source.b)]);
    } else {
      const Scalar value = leaf(source, parameters, point);
      node.value = value.value;
      node.tangent = value.gradient;
    }
    graph.nodes.push_back(std::move(node));
  }
  backward(graph);
  collect(graph, expression);
  for (std::size_t axis = 0; axis < 2; ++axis)
    graph.step[axis] = std::cbrt(std::numeric_limits<double>::epsilon()) * std::max(1.0, std::abs(point[axis]));
  graph.difference = differences(Program(expression, parameters), point, graph.step);
  std::vector<double> values;
  for (const GraphNode& node : graph.nodes) values.push_back(node.value);
  for (const Kink& kink : kinks_of_parts(expression, parameters))
    graph.nodes[kink.node].at_kink = at_kink(kink, expression, values);
  return graph;
}

double mode_disagreement(const ExpressionGraph& graph) {
  return disagreement(graph.reverse, graph.forward);
}

double difference_disagreement(const ExpressionGraph& graph) {
  return disagreement(graph.reverse, graph.difference);
}

}  // namespace descent::autodiff
