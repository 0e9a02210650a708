// SPDX-License-Identifier: MIT
// Naming kinks, see kinks.h.
#include "engine/autodiff/kinks.h"

#include <algorithm>
#include <cmath>

#include "engine/autodiff/intervals.h"
#include "engine/core/check.h"

namespace descent::autodiff {
namespace {

constexpr std::size_t kLongestText = 40;  // bytes of the formula in a sentence

std::string shortened(std::string_view text) {
  if (text.size() <= kLongestText) return std::string(text);
  std::size_t end = kLongestText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // whole characters only
  return std::string(text.substr(0, end)) + "…";
}

// Whether this power has no derivatives of all orders where its base is 0: a broken exponent, or one that varies.
bool broken_power(const Expression& expression, const ExpressionNode& node) {
  const ExpressionNode& exponent = expression.nodes()[static_cast<std::size_t>(node.b)];
  return exponent.op != Op::constant || std::floor(exponent.number) != exponent.number;
}

bool can_be_equal(Interval u, Interval v) {
  return u.low <= v.high && v.low <= u.high;
}

bool reachable(const Expression& expression, const ExpressionNode& node, std::span<const Interval> bounds) {
  const auto input = [&](std::int32_t i) { return bounds[static_cast<std::size_t>(i)]; };
  switch (node.op) {
    case Op::abs:
    case Op::relu:
    case Op::sqrt:
      return input(node.a).contains(0);
    case Op::power:
      return broken_power(expression, node) && input(node.a).contains(0);
    case Op::asin:
    case Op::acos:
      return input(node.a).contains(1) || input(node.a).contains(-1);
    case Op::min:
    case Op::max:
      return node.a != node.b && can_be_equal(input(node.a), input(node.b));
    case Op::atan2:  // of y = a, x = b
      return input(node.a).contains(0) && input(node.b).low <= 0;
    default:
      return false;
  }
}

std::string sentence_about(const Expression& expression, std::size_t i) {
  const ExpressionNode& node = expression.nodes()[i];
  const std::string whole = shortened(expression.text_of(i));
  const std::string a = shortened(expression.text_of(static_cast<std::size_t>(node.a)));
  const std::string b = node.b < 0 ? "" : shortened(expression.text_of(static_cast<std::size_t>(node.b)));
  switch (node.op) {
    case Op::abs:
    case Op::relu:
      return whole + " has a kink where " + a + " = 0; its slope there is taken as 0.";
    case Op::sqrt:
      return whole + " has no finite slope where " + a + " = 0; it is taken as 0 where that is flat.";
    case Op::power:
      return whole + " is not smooth where " + a + " = 0.";
    case Op::asin:
    case Op::acos:
      return whole + " ends with an infinite slope where " + a + " = 1 or −1.";
    case Op::atan2:
      return whole + " jumps by 2π where " + a + " = 0 and " + b + " < 0, and has no slope at the origin.";
    default:
      return whole + " has a kink where " + a + " = " + b + "; the slope there is that of " + a + ".";
  }
}

}  // namespace

std::vector<Kink> kinks_of(const Expression& expression, std::span<const double> parameters) {
  const std::vector<Interval> bounds = bounds_of(expression, parameters);
  std::vector<Kink> kinks;
  for (std::size_t i = 0; i < expression.nodes().size(); ++i)
    if (reachable(expression, expression.nodes()[i], bounds))
      kinks.push_back({i, name_of(expression.nodes()[i].op), sentence_about(expression, i)});
  return kinks;
}

bool at_kink(const Kink& kink, const Expression& expression, std::span<const double> values, double tolerance) {
  DESCENT_ASSERT(values.size() == expression.nodes().size());
  const ExpressionNode& node = expression.nodes()[kink.node];
  const double u = values[static_cast<std::size_t>(node.a)];
  const double v = node.b < 0 ? 0 : values[static_cast<std::size_t>(node.b)];
  const auto near = [&](double value, double size) { return std::abs(value) <= tolerance * std::max(1.0, size); };
  switch (node.op) {
    case Op::asin:
    case Op::acos:
      return near(std::abs(u) - 1, 1);
    case Op::min:
    case Op::max:
      return near(u - v, std::abs(u));
    case Op::atan2:
      return near(u, std::abs(v)) && (v < 0 || near(v, 1));
    default:
      return near(u, 1);
  }
}

}  // namespace descent::autodiff
