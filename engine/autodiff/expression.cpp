// SPDX-License-Identifier: MIT
// Says what is known of operations and nodes, see expression.h; the parser is in parser.cpp.
#include "engine/autodiff/expression.h"

#include <array>

#include "engine/core/check.h"

namespace descent::autodiff {
namespace {

struct OpInfo {
  std::string_view name;
  int inputs;
};

// The operations' names and numbers of inputs, in the order of Op.
constexpr auto kOps = std::to_array<OpInfo>({
    {"constant", 0}, {"variable", 0}, {"parameter", 0}, {"negate", 1}, {"whole_power", 1}, {"sin", 1},
    {"cos", 1},      {"tan", 1},      {"asin", 1},      {"acos", 1},   {"atan", 1},        {"sinh", 1},
    {"cosh", 1},     {"tanh", 1},     {"exp", 1},       {"log", 1},    {"log2", 1},        {"log10", 1},
    {"sqrt", 1},     {"abs", 1},      {"sigmoid", 1},   {"relu", 1},   {"gaussian", 1},    {"add", 2},
    {"subtract", 2}, {"multiply", 2}, {"divide", 2},    {"power", 2},  {"atan2", 2},       {"min", 2},
    {"max", 2},
});
static_assert(kOps.size() == static_cast<std::size_t>(Op::max) + 1);

}  // namespace

std::string_view name_of(Op op) {
  return kOps[static_cast<std::size_t>(op)].name;
}

int inputs_of(Op op) {
  return kOps[static_cast<std::size_t>(op)].inputs;
}

std::vector<std::uint8_t> dependences(std::span<const ExpressionNode> nodes) {
  std::vector<std::uint8_t> depends;
  depends.reserve(nodes.size());
  for (const ExpressionNode& node : nodes) {
    unsigned on = node.op == Op::variable ? 1U << static_cast<unsigned>(node.index) : 0;
    for (const std::int32_t input : {node.a, node.b})
      if (input >= 0) on |= depends[static_cast<std::size_t>(input)];
    depends.push_back(static_cast<std::uint8_t>(on));
  }
  return depends;
}

std::string_view Expression::text_of(std::size_t node) const {
  DESCENT_ASSERT(node < nodes_.size());
  return std::string_view(text_).substr(nodes_[node].begin, nodes_[node].end - nodes_[node].begin);
}

}  // namespace descent::autodiff
