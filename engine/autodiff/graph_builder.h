// SPDX-License-Identifier: MIT
// GraphBuilder: grows the graph of an expression node by node. An operation on numbers becomes a number, and what is
// there already is not made twice (a + b and b + a are the same sum). With `simplify` it also drops operations that
// change nothing, bit for bit (1 u, u/1, u − 0, −(−u), u¹), and writes what is smooth without the kinks it was typed
// with: even functions of |u| as such of u, √(u²ᵐ) as |u|ᵐ, (u²ᵐ)ᵖ as |u|²ᵐᵖ, and where u cannot be negative √u²ᵏ as uᵏ
// and |u|, relu u as u. These hold for every real u, holes included.
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "engine/autodiff/expression.h"
#include "engine/autodiff/intervals.h"

namespace descent::autodiff {

class GraphBuilder {
 public:
  explicit GraphBuilder(bool simplify) : simplify_(simplify) {}
  // A builder of a simplified graph, to which at most `count` nodes are added: where its own fill it, no others are
  // made beside them.
  static GraphBuilder simplifying(std::size_t count);

  // The node for `node`, whose inputs are there already: a new or an older one. -1 when the graph is full.
  int add(ExpressionNode node);

  [[nodiscard]] const ExpressionNode& node(int i) const { return nodes_[static_cast<std::size_t>(i)]; }
  [[nodiscard]] const std::vector<ExpressionNode>& nodes() const { return nodes_; }
  // reachable() gives what `root` needs, in order, `root` last; everything else is dropped. place: (nodes().size()),
  // where each node went, -1 where it is not needed.
  [[nodiscard]] std::vector<ExpressionNode> reachable(int root, std::vector<int>* place = nullptr) const;

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
  [[nodiscard]] bool is(int i, Op op) const { return i >= 0 && node(i).op == op; }
  [[nodiscard]] bool never_negative(int i) const { return bounds_[static_cast<std::size_t>(i)].low >= 0; }
  [[nodiscard]] int root_of_even_power(const ExpressionNode& node) const;
  ExpressionNode without_root(ExpressionNode node);
  ExpressionNode without_kinks(ExpressionNode node);
  int insert(const ExpressionNode& node);

  bool simplify_;
  std::size_t spare_ = 0;         // nodes that may be made beside those that are asked for
  std::vector<Interval> bounds_;  // of the nodes, when simplifying
  std::vector<ExpressionNode> nodes_;
  std::unordered_map<Key, int, Hash> known_;
};

}  // namespace descent::autodiff
