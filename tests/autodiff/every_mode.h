// SPDX-License-Identifier: MIT
// A formula's derivatives by every way there is: forward mode on duals, hyper-duals and blocks of lanes, and reverse
// mode.
#pragma once

#include <array>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

#include "engine/autodiff/program.h"
#include "engine/autodiff/tape.h"
#include "tests/autodiff/parsed.h"

namespace descent::test {

inline constexpr double kNone = std::numeric_limits<double>::quiet_NaN();  // there is none

inline autodiff::HyperDual<2> expanded(std::string_view text, double x = 0, double y = 0,
                                       const std::vector<double>& parameters = {}) {
  return autodiff::Program(parsed(text), parameters).expand(x, y);
}

inline bool same(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

// Every way to the gradient: forward on duals and hyper-duals, lanes in blocks, and reverse mode.
struct Gradients {
  std::array<double, 2> dual, hyper_dual, lane, reverse, forward;
};
inline Gradients gradients(std::string_view text, double x, double y, const std::vector<double>& parameters = {}) {
  const autodiff::Expression expression = parsed(text);
  const autodiff::Program program(expression, parameters);
  Gradients all;
  all.dual = program.evaluate(autodiff::Dual<2>::variable(x, 0), autodiff::Dual<2>::variable(y, 1)).gradient;
  all.hyper_dual = program.expand(x, y).gradient;
  const std::vector<double> xs(70, x), ys(70, y);
  std::vector<double> f(70), fx(70), fy(70);
  program.evaluate_many(xs, ys, f, fx, fy);
  all.lane = {fx[69], fy[69]};
  const autodiff::ExpressionGraph graph = autodiff::make_graph(expression, parameters, {x, y});
  all.reverse = graph.reverse;
  all.forward = graph.forward;
  return all;
}
inline bool everywhere(const Gradients& all, std::array<double, 2> expected) {
  bool good = true;
  for (const auto& gradient : {all.dual, all.hyper_dual, all.lane, all.reverse, all.forward})
    good = good && same(gradient[0], expected[0]) && same(gradient[1], expected[1]);
  return good;
}

}  // namespace descent::test
