// SPDX-License-Identifier: MIT
// Parsing of formulas, see parser.h: what waits is applied.
#include <utility>

#include "engine/autodiff/formula_reader/parser.h"
#include "engine/core/fill.h"

namespace descent::autodiff {

core::Status ExpressionParser::push(Pending pending) {
  if (pending_.size() == kMaxExpressionDepth)
    return expression_error(pending.token.column,
                            core::fill("the formula is nested deeper than {} levels here", kMaxExpressionDepth));
  pending_.push_back(std::move(pending));
  return {};
}

// Applies what waits and binds more tightly than `precedence` (or as tightly), up to the nearest open parenthesis.
core::Status ExpressionParser::reduce_above(int precedence, bool equal_too) {
  while (!pending_.empty()) {
    const Pending& top = pending_.back();
    if (top.precedence < precedence + (equal_too ? 0 : 1)) break;
    if (core::Status status = reduce(); !status.ok()) return status;
  }
  return {};
}

core::Status ExpressionParser::reduce() {
  const Pending pending = std::move(pending_.back());
  pending_.pop_back();
  if (pending.kind == Pending::Kind::apply) return apply_call(pending, operands_.back().end, 1);
  Operand right = std::move(operands_.back());
  operands_.pop_back();
  if (pending.kind == Pending::Kind::negate)
    return add({.op = Op::negate, .a = right.node}, pending.token.begin, right.end, pending.token.column,
               negated(std::move(right.reading)));
  Operand left = std::move(operands_.back());
  operands_.pop_back();
  return add({.op = pending.op, .a = left.node, .b = right.node}, left.begin, right.end, pending.token.column,
             joined(pending.op, std::move(left.reading), std::move(right.reading)));
}

// A call f(u, v) is made of the last operands, and raised to the function's exponent where it has one: sin²(u).
core::Status ExpressionParser::apply_call(const Pending& pending, std::size_t end, int count) {
  const auto first = operands_.end() - count;
  const std::vector<Operand> arguments(std::make_move_iterator(first), std::make_move_iterator(operands_.end()));
  operands_.erase(first, operands_.end());
  const std::size_t begin = pending.token.begin;
  const int column = pending.token.column;
  if (core::Status status = make_call(*pending.function, arguments, begin, end, column); !status.ok()) return status;
  if (pending.exponent == 1) return {};
  Operand base = std::move(operands_.back());
  operands_.pop_back();
  return add({.op = Op::whole_power, .a = base.node, .index = pending.exponent}, begin, end, column,
             raised(std::move(base.reading), pending.exponent));
}

// A call of more than two arguments (min, max) joins the first two, then each of the others.
core::Status ExpressionParser::make_call(const FunctionName& function, const std::vector<Operand>& arguments,
                                         std::size_t begin, std::size_t end, int column) {
  std::vector<Reading> readings;
  for (const Operand& argument : arguments) readings.push_back(argument.reading);
  Reading reading = called(function, readings);
  const auto node = [&](const ExpressionNode& made) {
    const core::Status status = add(made, begin, end, column, {});
    if (!status.ok()) return -1;
    const int at = operands_.back().node;
    operands_.pop_back();
    return at;
  };
  ExpressionNode result{.op = function.op, .a = arguments[0].node};
  if (function.recipe == Recipe::square) result.index = 2;
  if (function.recipe == Recipe::distance) {
    const int x = node({.op = Op::whole_power, .a = arguments[0].node, .index = 2});
    const int y = node({.op = Op::whole_power, .a = arguments[1].node, .index = 2});
    result.a = x < 0 || y < 0 ? -1 : node({.op = Op::add, .a = x, .b = y});
    if (result.a < 0) return full(column);
  } else if (function.recipe == Recipe::reciprocal) {
    const int one = node({.number = 1});
    const int divisor = one < 0 ? -1 : node(result);
    if (divisor < 0) return full(column);
    result = {.op = Op::divide, .a = one, .b = divisor};
  } else if (arguments.size() > 1) {
    for (std::size_t i = 1; i + 1 < arguments.size(); ++i) {
      const core::Status status = add({.op = function.op, .a = result.a, .b = arguments[i].node}, arguments[0].begin,
                                      arguments[i].end, column, {});
      if (!status.ok()) return status;
      result.a = operands_.back().node;
      operands_.pop_back();
    }
    result.b = arguments.back().node;
  }
  return add(result, begin, end, column, std::move(reading));
}

core::Error ExpressionParser::full(int column) {
  return expression_error(column, core::fill("the formula has more than {} different parts", kMaxExpressionNodes));
}

core::Status ExpressionParser::add_leaf(ExpressionNode node, const Token& token, Reading reading) {
  return add(node, token.begin, token.end, token.column, std::move(reading));
}

core::Status ExpressionParser::add(ExpressionNode node, std::size_t begin, std::size_t end, int column,
                                   Reading reading) {
  node.begin = static_cast<std::uint32_t>(begin);
  node.end = static_cast<std::uint32_t>(end);
  const int made = builder_.add(node);
  if (made < 0) return full(column);
  operands_.push_back({made, begin, end, std::move(reading)});
  expects_value_ = false;
  return {};
}

}  // namespace descent::autodiff
