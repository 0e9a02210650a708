// SPDX-License-Identifier: MIT
// Parsing of formulas, see expression_parser.h.
#include "engine/autodiff/expression_parser.h"

#include <algorithm>
#include <numbers>
#include <utility>

namespace descent::autodiff {
namespace {

constexpr int kSum = 1;
constexpr int kProduct = 2;
constexpr int kSign = 3;
constexpr int kPower = 4;

constexpr std::size_t kLongestQuote = 20;  // of the formula, in a sentence

int precedence_of(Op op) {
  if (op == Op::add || op == Op::subtract) return kSum;
  return op == Op::power ? kPower : kProduct;
}

Op operator_of(TokenKind kind) {
  switch (kind) {
    case TokenKind::plus:
      return Op::add;
    case TokenKind::minus:
      return Op::subtract;
    case TokenKind::times:
      return Op::multiply;
    case TokenKind::over:
      return Op::divide;
    default:
      return Op::power;
  }
}

bool is_operator(TokenKind kind) {
  return kind == TokenKind::plus || kind == TokenKind::minus || kind == TokenKind::times || kind == TokenKind::over ||
         kind == TokenKind::power;
}

}  // namespace

core::Result<Expression> Expression::parse(std::string_view text) {
  if (text.size() > kMaxExpressionLength)
    return core::Error{"the formula has " + std::to_string(text.size()) + " characters; at most " +
                           std::to_string(kMaxExpressionLength) + " are read",
                       static_cast<int>(kMaxExpressionLength) + 1};
  return ExpressionParser(text).parse(text);
}

core::Result<Expression> ExpressionParser::parse(std::string_view text) {
  while (true) {
    const core::Result<Token> token = lexer_.next();
    if (!token.ok()) return token.error();
    const core::Status status = expects_value_ ? value(*token) : after_value(*token);
    if (!status.ok()) return status.error();
    if (token->kind == TokenKind::end) break;
  }
  Expression expression;
  expression.text_ = text;
  expression.nodes_ = builder_.reachable(operands_.back().node);
  expression.notes_ = notes_about(parameters_);
  expression.parameters_ = std::move(parameters_);
  return expression;
}

// --- where a value is expected
// -----------------------------------------------------------------------------------------

core::Status ExpressionParser::value(const Token& token) {
  switch (token.kind) {
    case TokenKind::number:
      return add_leaf({.number = token.number}, token);
    case TokenKind::name:
      return named_value(token);
    case TokenKind::plus:
      return {};
    case TokenKind::minus:
      return push({.kind = Pending::Kind::negate, .op = Op::negate, .precedence = kSign, .token = token});
    case TokenKind::open:
      return push({.kind = Pending::Kind::group, .token = token, .open_column = token.column});
    default:
      return value_missing(token);
  }
}

core::Status ExpressionParser::value_missing(const Token& token) const {
  const Pending* last = pending_.empty() ? nullptr : &pending_.back();
  if (token.kind == TokenKind::end) {
    if (token.begin == 0 || (operands_.empty() && pending_.empty())) return expression_error(1, "the formula is empty");
    return expression_error(token.column, "the formula ends where a value is expected");
  }
  if (token.kind == TokenKind::close && last != nullptr && last->kind == Pending::Kind::call && last->arguments == 1)
    return expression_error(token.column,
                            std::string(last->function->name) + "() needs " + arguments_text(last->function->least));
  if (token.kind == TokenKind::close && last != nullptr && last->kind == Pending::Kind::group)
    return expression_error(token.column, "there is nothing between these parentheses");
  return expression_error(token.column, "a value is expected before " + quoted(lexer_.text_of(token)));
}

core::Status ExpressionParser::named_value(const Token& token) {
  const std::string_view name = lexer_.text_of(token);
  ExpressionLexer ahead = lexer_;
  const core::Result<Token> following = ahead.next();
  const bool called = following.ok() && following->kind == TokenKind::open;
  if (const FunctionName* function = find_function(name); function != nullptr) {
    if (!called)
      return expression_error(token.column, quoted(name) + " is a function; write " + std::string(name) + "(…)");
    lexer_ = ahead;
    return push({.kind = Pending::Kind::call, .token = token, .function = function, .open_column = following->column});
  }
  const bool known = name == "x" || name == "y" || name == "pi" || name == "π" || name == "e";
  if (called && !known && name.size() > 1)
    return expression_error(token.column, "there is no function " + quoted(name) + "; known are " + function_names());
  if (name == "x" || name == "y") return add_leaf({.op = Op::variable, .index = name == "x" ? 0 : 1}, token);
  if (name == "e") return add_leaf({.number = std::numbers::e}, token);
  if (known) return add_leaf({.number = std::numbers::pi}, token);
  return parameter(token);
}

core::Status ExpressionParser::parameter(const Token& token) {
  const std::string name(lexer_.text_of(token));
  if (name.size() > kMaxParameterName)
    return expression_error(token.column, "this name has " + std::to_string(name.size()) + " characters; at most " +
                                              std::to_string(kMaxParameterName) + " are allowed");
  const auto found = std::find(parameters_.begin(), parameters_.end(), name);
  const auto index = static_cast<std::int32_t>(found - parameters_.begin());
  if (found == parameters_.end()) {
    if (parameters_.size() == kMaxExpressionParameters)
      return expression_error(token.column, quoted(name) + " would be one parameter too many; at most " +
                                                std::to_string(kMaxExpressionParameters) + " are allowed");
    parameters_.push_back(name);
  }
  return add_leaf({.op = Op::parameter, .index = index}, token);
}

// --- after a value
// -----------------------------------------------------------------------------------------------------

core::Status ExpressionParser::after_value(const Token& token) {
  if (is_operator(token.kind)) return binary(token, operator_of(token.kind));
  switch (token.kind) {
    case TokenKind::superscript:
      return superscript(token);
    case TokenKind::comma:
      return comma(token);
    case TokenKind::close:
      return close(token);
    case TokenKind::end:
      return finish(token);
    default:
      return operator_missing(token);
  }
}

core::Status ExpressionParser::binary(const Token& token, Op op) {
  const int precedence = precedence_of(op);
  if (core::Status status = reduce_above(precedence, op != Op::power); !status.ok()) return status;
  expects_value_ = true;
  return push({.kind = Pending::Kind::binary, .op = op, .precedence = precedence, .token = token});
}

// Superscript digits belong to the value just before them, also in 2^x² = 2^(x²).
core::Status ExpressionParser::superscript(const Token& token) {
  const Operand base = operands_.back();
  operands_.pop_back();
  const int exponent = builder_.add({.number = token.number,
                                     .begin = static_cast<std::uint32_t>(token.begin),
                                     .end = static_cast<std::uint32_t>(token.end)});
  if (exponent < 0) return add({}, base.begin, token.end, token.column);
  return add({.op = Op::power, .a = base.node, .b = exponent}, base.begin, token.end, token.column);
}

core::Status ExpressionParser::comma(const Token& token) {
  if (core::Status status = reduce_above(0, false); !status.ok()) return status;
  if (pending_.empty() || pending_.back().kind != Pending::Kind::call)
    return expression_error(token.column, "',' has a place only between the arguments of a function");
  Pending& pending = pending_.back();
  if (pending.arguments == pending.function->most)
    return expression_error(token.column, std::string(pending.function->name) + " takes " +
                                              arguments_text(pending.function->most) + "; ')' is expected here");
  ++pending.arguments;
  expects_value_ = true;
  return {};
}

core::Status ExpressionParser::close(const Token& token) {
  if (core::Status status = reduce_above(0, false); !status.ok()) return status;
  if (pending_.empty()) return expression_error(token.column, "there is no '(' for this ')'");
  const Pending pending = pending_.back();
  pending_.pop_back();
  if (pending.kind == Pending::Kind::call) return apply_call(pending, token);
  operands_.back().begin = pending.token.begin;
  operands_.back().end = token.end;
  return {};
}

core::Status ExpressionParser::operator_missing(const Token& token) const {
  const Operand& last = operands_.back();
  const std::string_view next = lexer_.text_of(token);
  const std::string_view before = lexer_.text_between(last.begin, last.end);
  std::string product = "with *";
  if (before.size() + next.size() <= kLongestQuote) {
    product.assign(before).append("*").append(next);
    if (token.kind == TokenKind::open) product += "…";
  }
  return expression_error(token.column,
                          "an operator is missing before " + quoted(next) + "; a product is written " + product);
}

core::Status ExpressionParser::finish(const Token& token) {
  if (core::Status status = reduce_above(0, false); !status.ok()) return status;
  if (pending_.empty()) return {};
  return expression_error(token.column, "')' expected: the '(' at column " +
                                            std::to_string(pending_.back().open_column) + " is still open");
}

// --- the stacks
// --------------------------------------------------------------------------------------------------------

core::Status ExpressionParser::push(Pending pending) {
  if (pending_.size() == kMaxExpressionDepth)
    return expression_error(pending.token.column, "the formula is nested deeper than " +
                                                      std::to_string(kMaxExpressionDepth) + " levels here");
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
  const Pending pending = pending_.back();
  pending_.pop_back();
  const Operand right = operands_.back();
  operands_.pop_back();
  if (pending.kind == Pending::Kind::negate)
    return add({.op = Op::negate, .a = right.node}, pending.token.begin, right.end, pending.token.column);
  const Operand left = operands_.back();
  operands_.pop_back();
  return add({.op = pending.op, .a = left.node, .b = right.node}, left.begin, right.end, pending.token.column);
}

// Of more than two arguments (min, max) the first two are joined, then each of the others.
core::Status ExpressionParser::apply_call(const Pending& pending, const Token& close) {
  const FunctionName& function = *pending.function;
  if (pending.arguments < function.least)
    return expression_error(
        close.column, std::string(function.name) + " takes " + (function.most > function.least ? "at least " : "") +
                          arguments_text(function.least) + "; it has " + std::to_string(pending.arguments));
  const auto count = static_cast<std::size_t>(pending.arguments);
  const std::vector<Operand> arguments(operands_.end() - static_cast<std::ptrdiff_t>(count), operands_.end());
  operands_.resize(operands_.size() - count);
  const std::size_t begin = pending.token.begin;
  if (count == 1) return add({.op = function.op, .a = arguments[0].node}, begin, close.end, pending.token.column);
  Operand joined = arguments[0];
  for (std::size_t i = 1; i < count; ++i) {
    const bool last = i + 1 == count;
    const ExpressionNode node{.op = function.op, .a = joined.node, .b = arguments[i].node};
    const core::Status status =
        add(node, last ? begin : joined.begin, last ? close.end : arguments[i].end, pending.token.column);
    if (!status.ok()) return status;
    joined = operands_.back();
    if (!last) operands_.pop_back();
  }
  return {};
}

core::Status ExpressionParser::add_leaf(ExpressionNode node, const Token& token) {
  return add(node, token.begin, token.end, token.column);
}

core::Status ExpressionParser::add(ExpressionNode node, std::size_t begin, std::size_t end, int column) {
  node.begin = static_cast<std::uint32_t>(begin);
  node.end = static_cast<std::uint32_t>(end);
  const int made = builder_.add(node);
  if (made < 0)
    return expression_error(column,
                            "the formula has more than " + std::to_string(kMaxExpressionNodes) + " different parts");
  operands_.push_back({made, begin, end});
  expects_value_ = false;
  return {};
}

}  // namespace descent::autodiff
