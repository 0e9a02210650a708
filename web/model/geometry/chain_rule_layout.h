// SPDX-License-Identifier: MIT
// The places of an expression's graph's nodes: layers from left to right, every node to the right of its inputs.
// Sugiyama, Tagawa & Toda, "Methods for visual understanding of hierarchical system structures", IEEE Transactions on
// Systems, Man, and Cybernetics 11 (1981): layers, places held free for edges that cross layers, an order with few
// crossings by barycentres, then coordinates. The coordinates are the least-squares ones that keep the order and the
// distances (pool adjacent violators: Barlow et al., "Statistical Inference under Order Restrictions", Wiley 1972).
#pragma once

#include <array>
#include <span>
#include <vector>

namespace descent::web {

struct ChainPlace {
  float x = 0;  // layers: 0, 1, …
  float y = 0;  // rows; nodes of a layer are at least 1 apart
};
// An edge from an input to a node that takes it: `from` and `to` are nodes, `bends` the places between, one a layer.
struct ChainEdge {
  int from = -1;
  int to = -1;
  int input = 0;  // which of the inputs of `to`: 0, 1
  std::vector<ChainPlace> bends;
};
struct ChainLayout {
  std::vector<ChainPlace> nodes;
  std::vector<ChainEdge> edges;
  int layers = 0;
  float rows = 0;  // nodes lie at 0 … rows − 1
};

// inputs[i]: earlier nodes than i, −1 where there is none. The same inputs give the same layout.
[[nodiscard]] ChainLayout make_chain_layout(std::span<const std::array<int, 2>> inputs);

}  // namespace descent::web
