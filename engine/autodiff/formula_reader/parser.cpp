// SPDX-License-Identifier: MIT
// Parsing of formulas, see parser.h: where a value is expected.
#include "engine/autodiff/formula_reader/parser.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

#include "engine/autodiff/formula_reader/latex.h"
#include "engine/core/fill.h"

namespace descent::autodiff {
namespace {

std::atomic<std::uint64_t> parses{0};

}  // namespace

std::uint64_t Expression::parse_count() {
  return parses.load();
}

core::Result<Expression> Expression::parse(std::string_view text) {
  ++parses;
  if (text.size() > kMaxExpressionLength)
    return core::Error{
        core::fill("the formula has {} characters; at most {} are read", text.size(), kMaxExpressionLength),
        static_cast<int>(kMaxExpressionLength) + 1};
  return ExpressionParser(text).parse();
}

core::Result<Expression> ExpressionParser::parse() {
  while (true) {
    const Token& token = words_.tokens[at_++];
    const core::Status status = expects_value_ ? value(token) : after_value(token);
    if (!status.ok()) return status.error();
    if (token.kind == TokenKind::end) break;
  }
  Expression expression;
  expression.text_ = text_;
  expression.nodes_ = builder_.reachable(operands_.back().node);
  expression.notes_ = std::move(words_.notes);
  expression.parameters_ = std::move(parameters_);
  expression.reading_ = std::move(operands_.back().reading.text);
  expression.reads_otherwise_ = words_.altered;
  return expression;
}

const Token& ExpressionParser::peek(std::size_t ahead) const {
  return words_.tokens[std::min(at_ + ahead, words_.tokens.size() - 1)];
}

bool ExpressionParser::begins_a_value(TokenKind kind) {
  return kind == TokenKind::number || kind == TokenKind::constant || kind == TokenKind::variable ||
         kind == TokenKind::parameter || kind == TokenKind::function || kind == TokenKind::open ||
         kind == TokenKind::bar;
}

core::Error ExpressionParser::fault(const Token& token) {
  return expression_error(token.column, token.text);
}

core::Status ExpressionParser::value(const Token& token) {
  switch (token.kind) {
    case TokenKind::number:
    case TokenKind::constant:
      return add_leaf({.number = token.number}, token, reading_of_number(token.text));
    case TokenKind::variable:
      return add_leaf({.op = Op::variable, .index = token.index}, token, reading_of_name(token.index == 0 ? "x" : "y"));
    case TokenKind::parameter:
      return parameter(token);
    case TokenKind::function:
      return function(token);
    case TokenKind::plus:
      return {};
    case TokenKind::minus:
      return push({.kind = Pending::Kind::negate, .op = Op::negate, .precedence = kSign, .token = token});
    case TokenKind::open:
      words_.altered = words_.altered || token.bracket != '(';
      return push({.kind = Pending::Kind::group, .token = token, .open = token});
    case TokenKind::bar:
      words_.altered = true;
      return push({.kind = Pending::Kind::bar, .token = token, .open = token});
    default:
      return value_missing(token);
  }
}

core::Status ExpressionParser::value_missing(const Token& token) const {
  const Pending* last = pending_.empty() ? nullptr : &pending_.back();
  if (token.kind == TokenKind::fault) return fault(token);
  if (token.kind == TokenKind::end) {
    if (operands_.empty() && pending_.empty()) return expression_error(1, "the formula is empty");
    return expression_error(token.column, "the formula ends where a value is expected");
  }
  if (token.kind == TokenKind::close && last != nullptr && last->kind == Pending::Kind::call && last->arguments == 1)
    return expression_error(token.column,
                            core::fill("{}() needs {}", last->function->name, arguments_text(last->function->least)));
  if (token.kind == TokenKind::close && last != nullptr && last->kind == Pending::Kind::group)
    return expression_error(token.column, "there is nothing between these parentheses");
  if (token.kind == TokenKind::equals) return expression_error(token.column, equals_misplaced());
  return expression_error(token.column, core::fill("a value is expected before {}", quoted(typed(token))));
}

core::Status ExpressionParser::parameter(const Token& token) {
  const std::string& name = token.text;
  if (name.size() > kMaxParameterName)
    return expression_error(token.column, core::fill("this name has {} characters; at most {} are allowed", name.size(),
                                                     kMaxParameterName));
  const auto found = std::find(parameters_.begin(), parameters_.end(), name);
  const auto index = static_cast<std::int32_t>(found - parameters_.begin());
  if (found == parameters_.end()) {
    if (parameters_.size() == kMaxExpressionParameters)
      return expression_error(token.column, core::fill("{} would be one parameter too many; at most {} are allowed",
                                                       quoted(name), kMaxExpressionParameters));
    parameters_.push_back(name);
  }
  return add_leaf({.op = Op::parameter, .index = index}, token, reading_of_name(name));
}

// A function has its argument in parentheses or behind it, and before that an exponent: sin(x), sin x, sin²(x).
core::Status ExpressionParser::function(const Token& token) {
  Pending pending{.kind = Pending::Kind::call, .token = token, .function = token.function};
  if (core::Status status = function_exponent(token, pending); !status.ok()) return status;
  const FunctionName& function = *pending.function;
  const Token& following = peek();
  if (following.kind == TokenKind::open) {
    words_.altered = words_.altered || following.bracket != '(';
    pending.open = following;
    ++at_;
    return push(std::move(pending));
  }
  if (token.text == kFraction)
    return expression_error(token.column, "a fraction has two parts in braces, as in \\frac{1}{2}");
  const bool argument = begins_a_value(following.kind) || following.kind == TokenKind::minus;
  if (!argument || function.least > 1)
    return expression_error(token.column, core::fill("{} is a function; write {}({})", quoted(typed(token)),
                                                     typed(token), function.least > 1 ? "…, …" : "…"));
  words_.altered = true;
  pending.kind = Pending::Kind::apply;
  pending.precedence = token.text == "√" ? kSign : kApply;
  return push(std::move(pending));
}

// The exponent of a function, if there is one here: sin² x is (sin x)², and sin^-1 the inverse.
core::Status ExpressionParser::function_exponent(const Token& token, Pending& pending) {
  double exponent = 1;
  if (core::Status status = read_exponent(token, exponent); !status.ok()) return status;
  if (exponent == 1) return {};
  words_.altered = true;
  const FunctionName* inverse = exponent == -1 ? inverse_of(*token.function) : nullptr;
  if (inverse != nullptr) {
    pending.function = inverse;
    words_.notes.push_back(core::fill("{}^-1 is read as the inverse function, {}", typed(token), inverse->name));
    return {};
  }
  const bool whole = exponent == std::floor(exponent) && exponent > 1 && exponent <= kMaxWholePower;
  if (!whole || token.function->least > 1)
    return expression_error(
        token.column,
        core::fill("behind a function's name only a whole power above 1 is read, as in sin^2(x); write {}(…)^…",
                   typed(token)));
  pending.exponent = static_cast<int>(exponent);
  return {};
}

// An exponent behind a function's name is a superscript or a number behind the sign: ² or ^2, ^-1, ^(2), ^{-1}.
core::Status ExpressionParser::read_exponent(const Token& token, double& exponent) {
  if (peek().kind == TokenKind::superscript) {
    exponent = words_.tokens[at_++].number;
    return {};
  }
  if (peek().kind != TokenKind::power) return {};
  std::size_t ahead = 1;
  const bool group = peek(ahead).kind == TokenKind::open;
  if (group) ++ahead;
  const bool negative = peek(ahead).kind == TokenKind::minus;
  if (negative) ++ahead;
  const Token& number = peek(ahead++);
  const bool closed = !group || peek(ahead++).kind == TokenKind::close;
  if (number.kind != TokenKind::number || !closed)
    return expression_error(
        token.column,
        core::fill("behind a function's name a power is a number, as in sin^2(x); write {}(…)^…", typed(token)));
  exponent = negative ? -number.number : number.number;
  at_ += ahead;
  return {};
}

}  // namespace descent::autodiff
