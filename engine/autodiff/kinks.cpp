// SPDX-License-Identifier: MIT
// Naming kinks, see kinks.h.
#include "engine/autodiff/kinks.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/autodiff/bound_graph.h"
#include "engine/autodiff/intervals.h"
#include "engine/core/check.h"
#include "engine/core/fill.h"

namespace descent::autodiff {
namespace {

constexpr std::size_t kLongestText = 40;  // bytes of the formula in a sentence

std::string shortened(std::string_view text) {
  if (text.size() <= kLongestText) return std::string(text);
  std::size_t end = kLongestText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // whole characters only
  return std::string(text.substr(0, end)) + "…";
}

using Nodes = std::span<const ExpressionNode>;

// broken_power() says whether this power has no derivatives of all orders where its base is 0: a broken exponent, or
// one that varies.
bool broken_power(Nodes nodes, const ExpressionNode& node) {
  const ExpressionNode& exponent = nodes[static_cast<std::size_t>(node.b)];
  return exponent.op != Op::constant || std::floor(exponent.number) != exponent.number;
}

bool can_be_equal(Interval u, Interval v) {
  return u.low <= v.high && v.low <= u.high;
}

bool reachable(Nodes nodes, const ExpressionNode& node, std::span<const Interval> bounds) {
  const auto input = [&](std::int32_t i) { return bounds[static_cast<std::size_t>(i)]; };
  switch (node.op) {
    case Op::abs:
    case Op::relu:
    case Op::sqrt:
      return input(node.a).contains(0);
    case Op::power:
      return broken_power(nodes, node) && input(node.a).contains(0);
    case Op::asin:
    case Op::acos:
      return input(node.a).contains(1) || input(node.a).contains(-1);
    case Op::min:
    case Op::max:
      return node.a != node.b && can_be_equal(input(node.a), input(node.b));
    case Op::atan2:  // y is a, x is b
      return input(node.a).contains(0) && input(node.b).low <= 0;
    default:
      return false;
  }
}

// kinky() says whether each node reaches a kink, in the order of the nodes.
std::vector<bool> kinky(Nodes nodes, std::span<const double> parameters) {
  std::vector<Interval> bounds;
  std::vector<bool> result;
  bounds.reserve(nodes.size());
  for (ExpressionNode node : nodes) {
    if (node.op == Op::parameter) node = {.number = parameters[static_cast<std::size_t>(node.index)]};
    bounds.push_back(bounds_of(node, bounds));
    result.push_back(reachable(nodes, node, bounds));
  }
  return result;
}

// Facts are what a sentence needs to know beside the text.
struct Facts {
  Op op = Op::constant;  // what stands for the operation in the simplified graph
  double exponent = 0;   // the exponent of a power; NaN where that varies
};

std::string sentence_about(const Expression& expression, std::size_t i, Facts facts) {
  const ExpressionNode& node = expression.nodes()[i];
  const std::string whole = shortened(expression.text_of(i));
  const std::string a = shortened(expression.text_of(static_cast<std::size_t>(node.a)));
  const std::string b = node.b < 0 ? "" : shortened(expression.text_of(static_cast<std::size_t>(node.b)));
  switch (node.op == Op::sqrt ? facts.op : node.op) {
    case Op::abs:
    case Op::relu:
      return core::fill("{} has a kink where {} = 0; its slope there is taken as 0.", whole, a);
    case Op::sqrt:
      return core::fill("{} has no finite slope where {} = 0; it is taken as 0 where that is flat.", whole, a);
    case Op::power:
      if (std::isnan(facts.exponent))
        return core::fill(
            "{0} is not smooth where {1} = 0, and where {1} < 0 it is defined only where {2} is a whole number.", whole,
            a, b);
      if (facts.exponent >= 0.5 && facts.exponent < 1)
        return core::fill("{} is not smooth where {} = 0; its slope is taken as 0 where that is flat.", whole, a);
      return core::fill("{} is not smooth where {} = 0.", whole, a);
    case Op::asin:
    case Op::acos:
      return core::fill("{} ends with an infinite slope where {} = 1 or −1.", whole, a);
    case Op::atan2:
      return core::fill("{} jumps by 2π where {} = 0 and {} < 0, and has no slope at the origin.", whole, a, b);
    default:
      return core::fill("{} has a kink where {} = {}; the slope there is taken as the mean of both.", whole, a, b);
  }
}

}  // namespace

std::vector<Kink> kinks_of_parts(const Expression& expression, std::span<const double> parameters) {
  const Nodes nodes = expression.nodes();
  const BoundGraph computed = bind(expression, parameters);
  const std::vector<bool> typed_kinks = kinky(nodes, parameters);
  const std::vector<bool> computed_kinks = kinky(computed.nodes, {});
  const std::vector<std::uint8_t> depends = dependences(nodes);
  std::vector<Kink> kinks;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!typed_kinks[i]) continue;
    const int place = computed.place[i];
    const bool varies = nodes[i].op == Op::power && depends[static_cast<std::size_t>(nodes[i].b)] != 0;
    Kink kink{.node = i, .function = name_of(nodes[i].op), .exponent_varies = varies};
    kink.cancels = place < 0 || !computed_kinks[static_cast<std::size_t>(place)];
    Facts facts{nodes[i].op, varies ? std::nan("") : 0};
    if (!kink.cancels) {
      const ExpressionNode& node = computed.nodes[static_cast<std::size_t>(place)];
      facts.op = node.op;
      if (node.op == Op::power && !varies) facts.exponent = computed.nodes[static_cast<std::size_t>(node.b)].number;
      if (node.op == Op::sqrt) facts.exponent = 0.5;
    }
    kink.sentence = sentence_about(expression, i, facts);
    kinks.push_back(std::move(kink));
  }
  return kinks;
}

std::vector<Kink> kinks_of(const Expression& expression, std::span<const double> parameters) {
  std::vector<Kink> kinks = kinks_of_parts(expression, parameters);
  std::erase_if(kinks, [](const Kink& kink) { return kink.cancels; });
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
      return near(u, 1) || (kink.exponent_varies && u < 0);
  }
}

}  // namespace descent::autodiff
