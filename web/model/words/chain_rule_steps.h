// SPDX-License-Identifier: MIT
// The chain rule as a sequence of steps that can be shown one by one: first every node's value from its inputs (forward
// pass), then every node's share of each input's adjoint (reverse mode: Griewank & Walther, "Evaluating Derivatives",
// 2nd ed., SIAM 2008, section 3.2). Numbers of the formula are not steps and not drawn: they stand in the equations.
// v̄ is written with U+0304 after the name and means ∂f/∂v.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/autodiff/tape.h"
#include "engine/surfaces/surface_graph.h"
#include "web/model/geometry/chain_rule_layout.h"

namespace descent::web {

struct ChainRule {
  surfaces::SurfaceGraph surface;
  surfaces::Point point{};
  // The names of the graph's nodes: "x", "kappa", "v3"; a number is its own name.
  std::vector<std::string> names;
  std::vector<int> operations;  // nodes that are computed, in order
  std::vector<int> drawn;       // nodes that are no numbers, in order
  ChainLayout layout;           // of `drawn`; its edges count among those

  [[nodiscard]] const autodiff::GraphNode& node(int i) const {
    return surface.graph.nodes[static_cast<std::size_t>(i)];
  }
  [[nodiscard]] const std::string& name(int i) const { return names[static_cast<std::size_t>(i)]; }
  // 0: the leaves have their values; then each operation forward, then each of them backward.
  [[nodiscard]] int steps() const { return 2 * static_cast<int>(operations.size()); }
};
[[nodiscard]] ChainRule make_chain_rule(surfaces::SurfaceGraph surface, surfaces::Point point);

// The values and derivatives that are known after `step` steps.
struct ChainState {
  int current = -1;  // the node of this step; -1 at step 0
  bool backward = false;
  std::vector<bool> valued;     // by node
  std::vector<bool> reached;    // by node: an adjoint has begun to gather
  std::vector<double> adjoint;  // by node: gathered so far
};
[[nodiscard]] ChainState chain_state(const ChainRule& rule, int step);

// "v3 · v4", "x²", "sin(v1)"
[[nodiscard]] std::string operation_text(const ChainRule& rule, int node);
// ∂node/∂input in the same names: "v4", "2 x", "cos(v1)"; "1" where it is.
[[nodiscard]] std::string partial_text(const ChainRule& rule, int node, std::size_t input);
// One line for the step: "v5 = v3 · v4 = 2.4"; "v̄3 += v̄5 · v4 = 1.2,  v̄4 += v̄5 · v3 = 2".
[[nodiscard]] std::string step_text(const ChainRule& rule, int step);

}  // namespace descent::web
