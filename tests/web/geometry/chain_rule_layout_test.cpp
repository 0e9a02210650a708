// SPDX-License-Identifier: MIT
// Places of a formula's graph: inputs stand to the left, nodes of a layer do not overlap, edges go from layer to layer,
// graphs that can be drawn without crossings are, and long formulas take no time to speak of.
#include "web/model/geometry/chain_rule_layout.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "tests/support/close.h"

namespace descent::web {
namespace {

using Inputs = std::vector<std::array<int, 2>>;

const Inputs kRosenbrock{{-1, -1}, {-1, -1}, {0, 1},  {2, -1}, {-1, -1}, {-1, -1},
                         {1, -1},  {5, 6},   {7, -1}, {4, 8},  {3, 9}};

bool separated(const ChainLayout& layout, float least) {
  for (std::size_t i = 0; i < layout.nodes.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (layout.nodes[i].x == layout.nodes[j].x && std::abs(layout.nodes[i].y - layout.nodes[j].y) < least - 1e-4F)
        return false;
  return true;
}

bool goes_right(const ChainLayout& layout) {
  for (const ChainEdge& edge : layout.edges) {
    float x = layout.nodes[static_cast<std::size_t>(edge.from)].x;
    for (const ChainPlace& bend : edge.bends) {
      if (bend.x != x + 1) return false;
      x = bend.x;
    }
    if (layout.nodes[static_cast<std::size_t>(edge.to)].x != x + 1) return false;
  }
  return true;
}

int crossings(const ChainLayout& layout) {
  int count = 0;
  const auto end = [&](const ChainEdge& edge, bool last) {
    return layout.nodes[static_cast<std::size_t>(last ? edge.to : edge.from)];
  };
  for (const ChainEdge& a : layout.edges)
    for (const ChainEdge& b : layout.edges) {
      if (!a.bends.empty() || !b.bends.empty() || end(a, false).x != end(b, false).x) continue;
      if (end(a, false).y < end(b, false).y && end(a, true).y > end(b, true).y) ++count;
    }
  return count;
}

TEST_CASE("chain layout: every node right of its inputs, none over another") {
  const ChainLayout layout = make_chain_layout(kRosenbrock);
  REQUIRE(layout.nodes.size() == kRosenbrock.size());
  CHECK(layout.edges.size() == 11);
  CHECK(layout.layers == 6);
  CHECK(goes_right(layout));
  CHECK(separated(layout, 1));
  CHECK_FALSE(separated(layout, 50));  // negative control
  for (const ChainPlace& place : layout.nodes) {
    CHECK(place.y >= 0.0F);
    CHECK(place.y <= layout.rows - 1 + 1e-4F);
  }
  CHECK(layout.nodes.back().x == 5.0F);  // f on the right
  CHECK(layout.nodes[4].x == 3.0F);      // a leaf stands just before its use
}

TEST_CASE("chain layout: no crossings where none are needed") {
  // ((a b) (c d)) with the leaves in an order that crosses.
  const Inputs tree{{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}, {0, 2}, {1, 3}, {4, 5}};
  const ChainLayout layout = make_chain_layout(tree);
  CHECK(crossings(layout) == 0);
  ChainLayout crossed = layout;
  std::swap(crossed.nodes[4].y, crossed.nodes[5].y);
  CHECK(crossings(crossed) > 0);  // negative control
  CHECK(testing::close(layout.nodes[6].y, (layout.nodes[4].y + layout.nodes[5].y) / 2, 1e-6, 0));
}

TEST_CASE("chain layout: edges past layers have a place in each of them") {
  const Inputs chain{{-1, -1}, {0, -1}, {1, -1}, {2, -1}, {0, 3}};
  const ChainLayout layout = make_chain_layout(chain);
  CHECK(goes_right(layout));
  const ChainEdge& far = layout.edges[3];
  REQUIRE(far.from == 0);
  REQUIRE(far.bends.size() == 3);
  for (const ChainPlace& bend : far.bends)  // beside the node of that layer
    CHECK(std::abs(bend.y - layout.nodes[static_cast<std::size_t>(bend.x)].y) > 0.6F);
}

TEST_CASE("chain layout: both inputs the same, a single node, nothing") {
  const Inputs square{{-1, -1}, {0, 0}};
  const ChainLayout layout = make_chain_layout(square);
  CHECK(layout.edges.size() == 2);
  CHECK(layout.nodes[0].y == layout.nodes[1].y);
  CHECK(make_chain_layout(Inputs{{-1, -1}}).layers == 1);
  CHECK(make_chain_layout({}).layers == 0);
}

TEST_CASE("chain layout: long formulas") {
  Inputs sum{{-1, -1}, {-1, -1}};
  for (int i = 2; i < 1024; ++i) sum.push_back({i - 1, i % 2});
  CHECK(separated(make_chain_layout(sum), 1));
  Inputs wide(512, {-1, -1});
  for (int width = 512, first = 0; width > 1; first += width, width /= 2)
    for (int i = 0; i < width / 2; ++i) wide.push_back({first + 2 * i, first + 2 * i + 1});
  const ChainLayout layout = make_chain_layout(wide);
  CHECK(layout.layers == 10);
  CHECK(separated(layout, 1));
}

}  // namespace
}  // namespace descent::web
