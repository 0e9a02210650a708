// SPDX-License-Identifier: MIT
// Interval arithmetic over a graph, see intervals.h. Where an end comes out as NaN (∞ − ∞, 0 · ∞) nothing is known.
#include "engine/autodiff/intervals.h"

#include <algorithm>
#include <cmath>

#include "engine/autodiff/functions.h"

namespace descent::autodiff {
namespace {

constexpr Interval kAll{};

// The smallest interval with these numbers in it; everything when one of them is NaN.
Interval hull(std::initializer_list<double> numbers) {
  Interval result{*numbers.begin(), *numbers.begin()};
  for (const double number : numbers) {
    if (std::isnan(number)) return kAll;
    result.low = std::min(result.low, number);
    result.high = std::max(result.high, number);
  }
  return result;
}

// |u|
Interval magnitude(Interval u) {
  const double high = std::max(std::abs(u.low), std::abs(u.high));
  return {u.contains(0) ? 0 : std::min(std::abs(u.low), std::abs(u.high)), high};
}

Interval whole_power(Interval u, int n) {
  if (n == 0) return {1, 1};
  if (n < 0) return n % 2 == 0 ? Interval{0, kAll.high} : kAll;
  if (n % 2 == 0) u = magnitude(u);
  return hull({pow(u.low, n), pow(u.high, n)});
}

// A function that never falls, at both ends; `limits` bounds its values.
template <class F>
Interval rising(Interval u, F f, Interval limits) {
  const Interval result = hull({f(u.low), f(u.high)});
  return {std::max(result.low, limits.low), std::min(result.high, limits.high)};
}

Interval one_input(const ExpressionNode& node, Interval u) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  switch (node.op) {
    case Op::negate:
      return {-u.high, -u.low};
    case Op::whole_power:
      return whole_power(u, node.index);
    case Op::sin:
    case Op::cos:
      return {-1, 1};
    case Op::exp:
      return rising(u, [](double v) { return std::exp(v); }, {0, kInfinity});
    case Op::tanh:
      return rising(u, [](double v) { return std::tanh(v); }, {-1, 1});
    case Op::sigmoid:
      return rising(u, [](double v) { return sigmoid(v); }, {0, 1});
    case Op::relu:
      return rising(u, [](double v) { return relu(v); }, {0, kInfinity});
    case Op::sqrt:
      return rising(u, [](double v) { return std::sqrt(std::max(v, 0.0)); }, {0, kInfinity});
    case Op::abs:
      return magnitude(u);
    case Op::cosh: {
      const Interval size = magnitude(u);
      return {std::cosh(size.low), std::cosh(size.high)};
    }
    case Op::gaussian: {
      const Interval size = magnitude(u);
      return {gaussian(size.high), gaussian(size.low)};
    }
    default:
      return kAll;
  }
}

Interval two_inputs(Op op, Interval u, Interval v) {
  switch (op) {
    case Op::add:
      return hull({u.low + v.low, u.high + v.high});
    case Op::subtract:
      return hull({u.low - v.high, u.high - v.low});
    case Op::multiply:
      return hull({u.low * v.low, u.low * v.high, u.high * v.low, u.high * v.high});
    case Op::divide:
      if (v.contains(0)) return kAll;
      return hull({u.low / v.low, u.low / v.high, u.high / v.low, u.high / v.high});
    case Op::min:
      return {std::min(u.low, v.low), std::min(u.high, v.high)};
    case Op::max:
      return {std::max(u.low, v.low), std::max(u.high, v.high)};
    case Op::power:
      return u.low >= 0 ? Interval{0, kAll.high} : kAll;
    default:
      return kAll;
  }
}

}  // namespace

Interval bounds_of(const ExpressionNode& node, std::span<const Interval> before) {
  const auto input = [&](std::int32_t i) { return before[static_cast<std::size_t>(i)]; };
  if (node.op == Op::constant) return hull({node.number});
  if (inputs_of(node.op) == 1) return one_input(node, input(node.a));
  if (inputs_of(node.op) == 0) return kAll;
  // u · u is a square; sharing has made both factors one node.
  if (node.op == Op::multiply && node.a == node.b) return whole_power(input(node.a), 2);
  return two_inputs(node.op, input(node.a), input(node.b));
}

}  // namespace descent::autodiff
