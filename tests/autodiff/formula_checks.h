// SPDX-License-Identifier: MIT
// Checks what must hold for any text whatever: it is refused with a sentence and a column inside it, or it is a bounded
// graph in order that evaluates alike in every mode, and a hole in a part is a hole in the whole.
#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "engine/autodiff/expression.h"
#include "engine/autodiff/kinks.h"
#include "engine/autodiff/program.h"
#include "engine/autodiff/tape.h"

namespace descent::test {

namespace formula_checks {

inline std::string check_refusal(std::string_view text, const core::Error& error) {
  if (error.column < 1 || error.column > static_cast<int>(text.size()) + 1) return "the column is outside the text";
  if (error.message.size() < 12 || error.message.size() > 400) return "the sentence is no sentence";
  return "";
}

// Equal, both NaN, or not finite in either: there the order of operations may decide between ∞ and NaN.
inline bool alike(double a, double b) {
  return a == b || !std::isfinite(a) || !std::isfinite(b);
}

inline std::string check_values(const autodiff::Expression& expression, const std::vector<double>& parameters, double x,
                                double y) {
  const autodiff::Program program(expression, parameters);
  double f = 0, fx = 0, fy = 0, value = 0;
  program.evaluate_many({&x, 1}, {&y, 1}, {&f, 1}, {&fx, 1}, {&fy, 1});
  program.evaluate_many({&x, 1}, {&y, 1}, {&value, 1}, {}, {});
  const double plain = program.evaluate(x, y);
  const auto first = program.evaluate(autodiff::Dual<2>::variable(x, 0), autodiff::Dual<2>::variable(y, 1));
  const auto second = program.evaluate(autodiff::HyperDual<2>::variable(x, 0), autodiff::HyperDual<2>::variable(y, 1));
  for (const double other : {value, plain, first.value, second.value})
    if (!(other == f || (std::isnan(other) && std::isnan(f)))) return "two ways to the value differ";
  if (!std::isfinite(f)) return "";
  if (!alike(first.gradient[0], fx) || !alike(first.gradient[1], fy)) return "two ways to the gradient differ";
  if (!alike(second.gradient[0], fx) || !alike(second.gradient[1], fy)) return "the Hessian's gradient differs";
  return "";
}

inline std::string check_graph(const autodiff::Expression& expression, const std::vector<double>& parameters, double x,
                               double y) {
  const autodiff::ExpressionGraph graph = autodiff::make_graph(expression, parameters, {x, y});
  bool hole = false;
  for (const autodiff::GraphNode& node : graph.nodes) hole = hole || std::isnan(node.value);
  if (hole && !std::isnan(graph.value)) return "a part is a hole and the whole is not";
  for (const autodiff::Kink& kink : autodiff::kinks_of(expression, parameters))
    if (kink.sentence.empty() || kink.node >= graph.nodes.size()) return "a kink without a sentence";
  return "";
}

}  // namespace formula_checks

// An empty text when all is well, else what is wrong.
inline std::string what_is_wrong_with(std::string_view text) {
  using namespace formula_checks;
  const auto expression = autodiff::Expression::parse(text);
  if (!expression.ok()) return check_refusal(text, expression.error());
  const auto nodes = expression->nodes();
  if (nodes.empty() || nodes.size() > autodiff::kMaxExpressionNodes) return "the graph is empty or too large";
  for (std::size_t i = 0; i < nodes.size(); ++i)
    if (nodes[i].a >= static_cast<int>(i) || nodes[i].b >= static_cast<int>(i) || nodes[i].end > text.size() ||
        nodes[i].begin >= nodes[i].end)
      return "a node is out of order or has no text";
  const std::vector<double> parameters(expression->parameters().size(), 1.5);
  constexpr double kPoints[][2] = {{0, 0}, {0.3, -1.7}, {-2, 4}, {1e200, -1e-200}};
  for (const auto& point : kPoints) {
    if (std::string wrong = check_values(*expression, parameters, point[0], point[1]); !wrong.empty()) return wrong;
    if (std::string wrong = check_graph(*expression, parameters, point[0], point[1]); !wrong.empty()) return wrong;
  }
  return "";
}

}  // namespace descent::test
