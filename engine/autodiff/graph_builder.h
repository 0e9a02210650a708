// SPDX-License-Identifier: MIT
// GraphBuilder: grows the graph of an expression node by node. An operation on numbers becomes a number, and what is
// there already is not made twice (a + b and b + a are the same sum). With `simplify` it also drops operations that
// change nothing, bit for bit: 1 u, u/1, u − 0, −(−u), u¹.
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "engine/autodiff/expression.h"

namespace descent::autodiff {

class GraphBuilder {
 public:
  explicit GraphBuilder(bool simplify) : simplify_(simplify) {}

  // The node for `node`, whose inputs are there already: a new or an older one. -1 when the graph is full.
  int add(ExpressionNode node);

  [[nodiscard]] const ExpressionNode& node(int i) const { return nodes_[static_cast<std::size_t>(i)]; }
  [[nodiscard]] const std::vector<ExpressionNode>& nodes() const { return nodes_; }
  // What `root` needs, in order, `root` last; everything else is dropped.
  [[nodiscard]] std::vector<ExpressionNode> reachable(int root) const;

 private:
  using Key = std::array<std::uint64_t, 3>;
  struct Hash {
    std::size_t operator()(const Key& key) const;
  };
  [[nodiscard]] bool is_number(int i) const { return node(i).op == Op::constant; }
  [[nodiscard]] bool is_number(int i, double value) const { return is_number(i) && node(i).number == value; }
  [[nodiscard]] ExpressionNode folded(ExpressionNode node) const;
  [[nodiscard]] static ExpressionNode with_special_power(ExpressionNode node, double exponent);
  [[nodiscard]] int unchanged_by(const ExpressionNode& node) const;

  bool simplify_;
  std::vector<ExpressionNode> nodes_;
  std::unordered_map<Key, int, Hash> known_;
};

}  // namespace descent::autodiff
