// SPDX-License-Identifier: MIT
// Sharing and folding, see graph_builder.h.
#include "engine/autodiff/graph_builder.h"

#include <bit>
#include <cmath>
#include <utility>

#include "engine/autodiff/operations.h"
#include "engine/core/check.h"

namespace descent::autodiff {

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
  const double value = node.b < 0 ? apply(node.op, u, node.index) : apply(node.op, u, this->node(node.b).number);
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
      return this->node(node.a).op == Op::negate ? this->node(node.a).a : -1;
    default:
      return -1;
  }
}

int GraphBuilder::add(ExpressionNode node) {
  DESCENT_ASSERT(node.a < static_cast<int>(nodes_.size()) && node.b < static_cast<int>(nodes_.size()));
  node = folded(node);
  if (simplify_)
    if (const int same = unchanged_by(node); same >= 0) return same;
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
  nodes_.push_back(node);
  return entry->second;
}

std::vector<ExpressionNode> GraphBuilder::reachable(int root) const {
  std::vector<char> wanted(nodes_.size(), 0);
  wanted[static_cast<std::size_t>(root)] = 1;
  for (auto i = static_cast<std::size_t>(root) + 1; i-- > 0;) {
    if (wanted[i] == 0) continue;
    for (const std::int32_t input : {nodes_[i].a, nodes_[i].b})
      if (input >= 0) wanted[static_cast<std::size_t>(input)] = 1;
  }
  std::vector<ExpressionNode> kept;
  std::vector<std::int32_t> place(nodes_.size(), -1);
  for (std::size_t i = 0; i <= static_cast<std::size_t>(root); ++i) {
    if (wanted[i] == 0) continue;
    place[i] = static_cast<std::int32_t>(kept.size());
    kept.push_back(nodes_[i]);
    if (kept.back().a >= 0) kept.back().a = place[static_cast<std::size_t>(kept.back().a)];
    if (kept.back().b >= 0) kept.back().b = place[static_cast<std::size_t>(kept.back().b)];
  }
  return kept;
}

}  // namespace descent::autodiff
