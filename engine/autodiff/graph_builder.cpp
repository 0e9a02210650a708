// SPDX-License-Identifier: MIT
// Sharing and folding, see graph_builder.h.
#include "engine/autodiff/graph_builder.h"

#include <bit>
#include <cmath>
#include <utility>

#include "engine/autodiff/operations.h"
#include "engine/core/check.h"

namespace descent::autodiff {
namespace {

constexpr std::size_t kMadeBeside = 2;  // nodes at most, for one root

}  // namespace

std::size_t GraphBuilder::Hash::operator()(const Key& key) const {
  std::uint64_t h = 0;
  for (const std::uint64_t word : key) {
    h = (h ^ word) * 0x9E3779B97F4A7C15ULL;
    h ^= h >> 29U;
  }
  return static_cast<std::size_t>(h);
}

// A power by a number: whole exponents multiply, exponent 1/2 is the square root (whose rule at 0 is the better one).
ExpressionNode GraphBuilder::with_special_power(ExpressionNode node, double exponent) {
  if (exponent == 0.5) {
    node.op = Op::sqrt;
    node.b = -1;
  } else if (std::abs(exponent) <= kMaxWholePower && std::floor(exponent) == exponent) {
    node.op = Op::whole_power;
    node.index = static_cast<std::int32_t>(exponent);
    node.b = -1;
  }
  return node;
}

ExpressionNode GraphBuilder::folded(ExpressionNode node) const {
  const int inputs = inputs_of(node.op);
  if (inputs == 0) return node;
  if (node.op == Op::power && is_number(node.b)) node = with_special_power(node, this->node(node.b).number);
  const bool all_numbers = is_number(node.a) && (node.b < 0 || is_number(node.b));
  if (!all_numbers) return node;
  const double u = this->node(node.a).number;
  const double value = node.b < 0 ? apply(node.op, u, node.index) : apply(node.op, u, this->node(node.b).number, 0);
  return {.number = value, .begin = node.begin, .end = node.end};
}

// The node whose value `node` only repeats, or -1.
int GraphBuilder::unchanged_by(const ExpressionNode& node) const {
  switch (node.op) {
    case Op::multiply:
      if (is_number(node.a, 1)) return node.b;
      return is_number(node.b, 1) ? node.a : -1;
    case Op::divide:
      return is_number(node.b, 1) ? node.a : -1;
    case Op::subtract:
      return is_number(node.b, 0) && !std::signbit(this->node(node.b).number) ? node.a : -1;
    case Op::whole_power:
      return node.index == 1 ? node.a : -1;
    case Op::negate:
      return is(node.a, Op::negate) ? this->node(node.a).a : -1;
    case Op::abs:
    case Op::relu:
      return never_negative(node.a) ? node.a : -1;
    default:
      return -1;
  }
}

GraphBuilder GraphBuilder::simplifying(std::size_t count) {
  DESCENT_ASSERT(count <= kMaxExpressionNodes);
  GraphBuilder builder(true);
  builder.spare_ = kMaxExpressionNodes - count;
  return builder;
}

// u where the node's input is u²ᵐ, else -1.
int GraphBuilder::root_of_even_power(const ExpressionNode& node) const {
  const ExpressionNode& input = this->node(node.a);
  if (input.op == Op::whole_power && input.index % 2 == 0 && input.index != 0) return input.a;
  return input.op == Op::multiply && input.a == input.b ? input.a : -1;
}

// √(u²ᵐ) and (u²ᵐ)ᵖ as powers of |u|.
ExpressionNode GraphBuilder::without_root(ExpressionNode node) {
  const bool root = node.op == Op::sqrt || (node.op == Op::power && is_number(node.b));
  const int u = root ? root_of_even_power(node) : -1;
  if (u < 0 || spare_ < kMadeBeside) return node;
  spare_ -= kMadeBeside;
  const ExpressionNode input = this->node(node.a);
  const int m = input.op == Op::multiply ? 1 : input.index / 2;
  const double exponent = node.op == Op::sqrt ? m : 2 * m * this->node(node.b).number;
  node = with_special_power({.op = Op::power, .a = add({.op = Op::abs, .a = u})}, exponent);
  if (node.op == Op::power) node.b = add({.number = exponent});
  return node;
}

ExpressionNode GraphBuilder::without_kinks(ExpressionNode node) {
  node = without_root(node);
  if (node.op == Op::multiply && node.a == node.b && (is(node.a, Op::abs) || is(node.a, Op::sqrt)))
    node = {.op = Op::whole_power, .a = node.a, .index = 2};
  const bool even_power = node.op == Op::whole_power && node.index % 2 == 0;
  const bool even = even_power || node.op == Op::cos || node.op == Op::cosh || node.op == Op::gaussian;
  if ((even || node.op == Op::abs) && is(node.a, Op::abs)) node.a = this->node(node.a).a;
  if (node.op == Op::abs && is(node.a, Op::negate)) node.a = this->node(node.a).a;
  if (even_power && is(node.a, Op::sqrt) && never_negative(this->node(node.a).a)) {
    node.a = this->node(node.a).a;
    node.index /= 2;
  }
  return node;
}

int GraphBuilder::add(ExpressionNode node) {
  DESCENT_ASSERT(node.a < static_cast<int>(nodes_.size()) && node.b < static_cast<int>(nodes_.size()));
  node = folded(node);
  if (simplify_) {
    node = without_kinks(node);
    if (const int same = unchanged_by(node); same >= 0) return same;
  }
  return insert(node);
}

int GraphBuilder::insert(const ExpressionNode& node) {
  std::int32_t first = node.a;
  std::int32_t second = node.b;
  if ((node.op == Op::add || node.op == Op::multiply) && first > second) std::swap(first, second);
  const auto word = [](std::int32_t high, std::int32_t low) {
    return (std::uint64_t{static_cast<std::uint32_t>(high)} << 32U) | static_cast<std::uint32_t>(low);
  };
  const Key key{word(static_cast<std::int32_t>(node.op), node.index), word(first, second),
                std::bit_cast<std::uint64_t>(node.number)};
  const auto [entry, is_new] = known_.try_emplace(key, static_cast<int>(nodes_.size()));
  if (!is_new) return entry->second;
  if (nodes_.size() == kMaxExpressionNodes) {
    known_.erase(entry);
    return -1;
  }
  if (simplify_) bounds_.push_back(bounds_of(node, bounds_));
  nodes_.push_back(node);
  return entry->second;
}

std::vector<ExpressionNode> GraphBuilder::reachable(int root, std::vector<int>* place) const {
  std::vector<char> wanted(nodes_.size(), 0);
  wanted[static_cast<std::size_t>(root)] = 1;
  for (auto i = static_cast<std::size_t>(root) + 1; i-- > 0;) {
    if (wanted[i] == 0) continue;
    for (const std::int32_t input : {nodes_[i].a, nodes_[i].b})
      if (input >= 0) wanted[static_cast<std::size_t>(input)] = 1;
  }
  std::vector<ExpressionNode> kept;
  std::vector<int> to(nodes_.size(), -1);
  for (std::size_t i = 0; i <= static_cast<std::size_t>(root); ++i) {
    if (wanted[i] == 0) continue;
    to[i] = static_cast<int>(kept.size());
    kept.push_back(nodes_[i]);
    if (kept.back().a >= 0) kept.back().a = to[static_cast<std::size_t>(kept.back().a)];
    if (kept.back().b >= 0) kept.back().b = to[static_cast<std::size_t>(kept.back().b)];
  }
  if (place != nullptr) *place = std::move(to);
  return kept;
}

}  // namespace descent::autodiff
