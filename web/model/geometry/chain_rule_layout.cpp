// SPDX-License-Identifier: MIT
#include "web/model/geometry/chain_rule_layout.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace descent::web {
namespace {

constexpr double kBendHeight = 0.35;  // rows that a passing edge takes
constexpr int kOrderSweeps = 16;
constexpr int kPlaceSweeps = 12;
// Layouts of long formulas are not for looking at as a whole: edges go straight there, and sweeps are few.
constexpr std::size_t kMostItems = 4000;

// A node, or the place held free for an edge in a layer it passes.
struct Item {
  int layer = 0;
  double height = 1;
  double y = 0;
  std::vector<int> left, right;  // neighbours in the layers beside
};

class Layering {
 public:
  explicit Layering(std::span<const std::array<int, 2>> inputs) : inputs_(inputs) {
    assign_layers();
    make_items();
    fill_rows();
    order();
    place();
  }
  [[nodiscard]] ChainLayout result() const;

 private:
  using Row = std::vector<int>;  // items of a layer from top to bottom

  void assign_layers();
  void make_items();
  int pass(int source, int layer);
  void connect(int left, int right) {
    items_[at(left)].right.push_back(right);
    items_[at(right)].left.push_back(left);
  }
  void fill_rows();
  void order();
  void order_row(Row& row, bool by_left);
  [[nodiscard]] std::size_t crossings() const;
  void place();
  void place_row(const Row& row, bool by_left, bool by_right);
  void number_rows();

  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  std::span<const std::array<int, 2>> inputs_;
  std::vector<int> layer_;
  std::vector<Item> items_;               // nodes first
  std::vector<std::vector<int>> passes_;  // by node: its places in the layers after it
  std::vector<Row> rows_;
  std::vector<int> rank_;  // by item: place in its row
};

// Nodes stand as early as possible, leaves as late as their first use allows.
void Layering::assign_layers() {
  const std::size_t n = inputs_.size();
  layer_.assign(n, 0);
  std::vector<int> first_use(n, -1);
  for (std::size_t i = 0; i < n; ++i)
    for (const int input : inputs_[i])
      if (input >= 0) layer_[i] = std::max(layer_[i], layer_[at(input)] + 1);
  for (std::size_t i = 0; i < n; ++i)
    for (const int input : inputs_[i])
      if (input >= 0)
        first_use[at(input)] = first_use[at(input)] < 0 ? layer_[i] : std::min(first_use[at(input)], layer_[i]);
  for (std::size_t i = 0; i < n; ++i)
    if (inputs_[i][0] < 0 && inputs_[i][1] < 0 && first_use[i] > 0) layer_[i] = first_use[i] - 1;
}

// The place in `layer` where edges from `source` pass; all of them share it.
int Layering::pass(int source, int layer) {
  std::vector<int>& places = passes_[at(source)];
  const int first = layer_[at(source)] + 1;
  while (first + static_cast<int>(places.size()) <= layer) {
    const int item = static_cast<int>(items_.size());
    items_.push_back({.layer = first + static_cast<int>(places.size()), .height = kBendHeight});
    connect(places.empty() ? source : places.back(), item);
    places.push_back(item);
  }
  return layer < first ? source : places[at(layer - first)];
}

void Layering::make_items() {
  passes_.resize(inputs_.size());
  for (const int layer : layer_) items_.push_back({.layer = layer});
  for (std::size_t i = 0; i < inputs_.size(); ++i)
    for (std::size_t k = 0; k < 2; ++k) {
      const int input = inputs_[i][k];
      if (input < 0 || (k == 1 && input == inputs_[i][0])) continue;
      const bool straight = items_.size() > kMostItems;
      connect(straight ? input : pass(input, layer_[i] - 1), static_cast<int>(i));
    }
}

// Rows are filled in the order in which a walk from f to its inputs comes by: what belongs together starts out
// together.
void Layering::fill_rows() {
  const int layers = items_.empty() ? 0 : 1 + *std::max_element(layer_.begin(), layer_.end());
  rows_.resize(at(layers));
  rank_.assign(items_.size(), 0);
  std::vector<bool> seen(items_.size(), false);
  std::vector<int> open;
  for (int root = static_cast<int>(inputs_.size()); root-- > 0;) {
    open.push_back(root);
    while (!open.empty()) {
      const int item = open.back();
      open.pop_back();
      if (seen[at(item)]) continue;
      seen[at(item)] = true;
      rows_[at(items_[at(item)].layer)].push_back(item);
      open.insert(open.end(), items_[at(item)].left.rbegin(), items_[at(item)].left.rend());
    }
  }
  number_rows();
}

void Layering::number_rows() {
  for (const Row& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) rank_[at(row[i])] = static_cast<int>(i);
}

void Layering::order_row(Row& row, bool by_left) {
  std::vector<double> wanted(items_.size());
  for (const int item : row) {
    const std::vector<int>& beside = by_left ? items_[at(item)].left : items_[at(item)].right;
    double sum = 0;
    for (const int other : beside) sum += rank_[at(other)];
    wanted[at(item)] = beside.empty() ? rank_[at(item)] : sum / static_cast<double>(beside.size());
  }
  std::stable_sort(row.begin(), row.end(), [&](int a, int b) { return wanted[at(a)] < wanted[at(b)]; });
  for (std::size_t i = 0; i < row.size(); ++i) rank_[at(row[i])] = static_cast<int>(i);
}

std::size_t Layering::crossings() const {
  std::size_t count = 0;
  for (const Row& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i)
      for (std::size_t j = i + 1; j < row.size(); ++j)
        for (const int a : items_[at(row[i])].right)
          for (const int b : items_[at(row[j])].right) count += rank_[at(a)] > rank_[at(b)] ? 1 : 0;
  return count;
}

void Layering::order() {
  if (items_.size() > kMostItems) return;
  const int sweeps = items_.size() > 400 ? kOrderSweeps / 4 : kOrderSweeps;
  std::vector<Row> best = rows_;
  std::size_t fewest = crossings();
  for (int sweep = 0; sweep < sweeps && fewest > 0; ++sweep) {
    if (sweep % 2 == 0)
      for (std::size_t i = 1; i < rows_.size(); ++i) order_row(rows_[i], true);
    else
      for (std::size_t i = rows_.size(); i-- > 0;) order_row(rows_[i], false);
    const std::size_t now = crossings();
    if (now >= fewest) continue;
    fewest = now;
    best = rows_;
  }
  rows_ = std::move(best);
  number_rows();
}

// Each item to the mean of its neighbours, as nearly as order and distances allow: with the distances taken off, the
// places must ascend, and the nearest ascending sequence consists of means of blocks.
void Layering::place_row(const Row& row, bool by_left, bool by_right) {
  struct Block {
    double sum = 0;
    double count = 0;
  };
  std::vector<double> offset(row.size(), 0);
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const Item& item = items_[at(row[i])];
    if (i > 0) offset[i] = offset[i - 1] + (items_[at(row[i - 1])].height + item.height) / 2;
    double sum = 0, count = 0;
    const auto add = [&](const std::vector<int>& beside) {
      for (const int other : beside) sum += items_[at(other)].y;
      count += static_cast<double>(beside.size());
    };
    if (by_left) add(item.left);
    if (by_right) add(item.right);
    blocks.push_back({(count > 0 ? sum / count : item.y) - offset[i], 1});
    while (blocks.size() > 1) {
      const Block last = blocks.back();
      Block& before = blocks[blocks.size() - 2];
      if (before.sum * last.count < last.sum * before.count) break;
      before = {before.sum + last.sum, before.count + last.count};
      blocks.pop_back();
    }
  }
  std::size_t i = 0;
  for (const Block& block : blocks)
    for (std::size_t j = 0; j < static_cast<std::size_t>(block.count); ++j, ++i)
      items_[at(row[i])].y = offset[i] + block.sum / block.count;
}

void Layering::place() {
  for (const Row& row : rows_) place_row(row, false, false);
  for (int sweep = 0; sweep < kPlaceSweeps; ++sweep) {
    const bool both = sweep >= kPlaceSweeps / 2;
    for (const Row& row : rows_) place_row(row, true, both);
    for (std::size_t i = rows_.size(); i-- > 0;) place_row(rows_[i], both, true);
  }
}

ChainLayout Layering::result() const {
  ChainLayout layout;
  layout.layers = static_cast<int>(rows_.size());
  double lowest = 0, highest = 0;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    lowest = i == 0 ? items_[i].y : std::min(lowest, items_[i].y);
    highest = i == 0 ? items_[i].y : std::max(highest, items_[i].y);
  }
  layout.rows = items_.empty() ? 0 : static_cast<float>(highest - lowest + 1);
  const auto place = [&](int item) {
    return ChainPlace{static_cast<float>(items_[at(item)].layer), static_cast<float>(items_[at(item)].y - lowest)};
  };
  for (int i = 0; i < static_cast<int>(inputs_.size()); ++i) {
    layout.nodes.push_back(place(i));
    for (int k = 0; k < 2; ++k) {
      const int input = inputs_[at(i)][at(k)];
      if (input < 0) continue;
      ChainEdge edge{input, i, k, {}};
      const std::vector<int>& places = passes_[at(input)];
      const std::size_t between = at(std::max(layer_[at(i)] - layer_[at(input)] - 1, 0));
      for (std::size_t p = 0; p < std::min(between, places.size()); ++p) edge.bends.push_back(place(places[p]));
      layout.edges.push_back(std::move(edge));
    }
  }
  return layout;
}

}  // namespace

ChainLayout make_chain_layout(std::span<const std::array<int, 2>> inputs) {
  return Layering(inputs).result();
}

}  // namespace descent::web
