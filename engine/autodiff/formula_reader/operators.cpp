// SPDX-License-Identifier: MIT
// Parsing of formulas, see parser.h: what comes behind a value.
#include <algorithm>
#include <utility>

#include "engine/autodiff/formula_reader/parser.h"
#include "engine/core/fill.h"

namespace descent::autodiff {
namespace {

constexpr std::size_t kLongestQuote = 20;  // bytes of the formula in a sentence

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

std::string shape_of(char bracket) {
  return bracket == '(' ? "')'" : bracket == '[' ? "']'" : "'}'";
}

core::Error still_open(const Token& open, int column) {
  const bool bar = open.kind == TokenKind::bar;
  return expression_error(
      column, core::fill("{} expected: the '{}' at column {} is still open", bar ? "'|'" : shape_of(open.bracket),
                         bar ? "|" : std::string(1, open.bracket), open.column));
}

}  // namespace

std::string equals_misplaced() {
  return "'=' has no place in a formula but behind f(x, y) or z in front; write only what f is equal to";
}

core::Status ExpressionParser::after_value(const Token& token) {
  switch (token.kind) {
    case TokenKind::plus:
    case TokenKind::minus:
    case TokenKind::times:
    case TokenKind::over:
    case TokenKind::power:
      return binary(token, operator_of(token.kind));
    case TokenKind::superscript:
      return superscript(token);
    case TokenKind::bar:
      return bar(token);
    case TokenKind::comma:
      return comma(token);
    case TokenKind::close:
      return close(token);
    case TokenKind::end:
      return finish(token);
    case TokenKind::fault:
      return fault(token);
    case TokenKind::equals:
      return expression_error(token.column, equals_misplaced());
    case TokenKind::number:
      return number_behind(token);
    default:
      return product_without_sign(token);
  }
}

core::Status ExpressionParser::binary(const Token& token, Op op) {
  const int precedence = op == Op::power ? kPower : op == Op::add || op == Op::subtract ? kSum : kProduct;
  if (core::Status status = reduce_above(precedence, op != Op::power); !status.ok()) return status;
  expects_value_ = true;
  return push({.kind = Pending::Kind::binary, .op = op, .precedence = precedence, .token = token});
}

// Superscript digits belong to the value just before them, also in 2^x² = 2^(x²).
core::Status ExpressionParser::superscript(const Token& token) {
  Operand base = std::move(operands_.back());
  operands_.pop_back();
  const int exponent = builder_.add({.number = token.number,
                                     .begin = static_cast<std::uint32_t>(token.begin),
                                     .end = static_cast<std::uint32_t>(token.end)});
  if (exponent < 0) return full(token.column);
  return add({.op = Op::power, .a = base.node, .b = exponent}, base.begin, token.end, token.column,
             raised(std::move(base.reading), static_cast<int>(token.number)));
}

// Two numbers side by side are more likely one with a space in it than a product, and x 2 a power that lost its sign.
core::Status ExpressionParser::number_behind(const Token& token) const {
  const Operand& last = operands_.back();
  const std::string before = typed(last.begin, last.end), number = typed(token);
  if (before.size() + number.size() > kLongestQuote)
    return expression_error(
        token.column,
        core::fill("an operator is missing before {}; a product is written with *, a power with ^", quoted(number)));
  return expression_error(token.column,
                          core::fill("an operator is missing before {0}; a product is written {1}*{2}, a power {1}^{2}",
                                     quoted(number), before, number));
}

// Values side by side are a product: 2x, x y, 2(x + 1), (x + 1)(y − 2), 2 sin x. Within the argument of a function
// without parentheses the product belongs to that, up to the next function: sin 2x cos y = sin(2·x)·cos(y).
core::Status ExpressionParser::product_without_sign(const Token& token) {
  words_.altered = true;
  note_quotient(token);
  if (core::Status status = reduce_above(kTight, true); !status.ok()) return status;
  const bool in_argument = !pending_.empty() && pending_.back().kind == Pending::Kind::apply;
  const int precedence = in_argument && token.kind != TokenKind::function ? kTight : kProduct;
  if (precedence == kTight) note_argument(token);
  if (core::Status status = reduce_above(precedence, true); !status.ok()) return status;
  Token sign = token;
  sign.end = sign.begin;
  if (core::Status status =
          push({.kind = Pending::Kind::binary, .op = Op::multiply, .precedence = precedence, .token = sign});
      !status.ok())
    return status;
  expects_value_ = true;
  return value(token);
}

// 1/2x and e^2x mean one thing to some and another to others: what is read is said.
void ExpressionParser::note_quotient(const Token& token) {
  if (pending_.empty() || pending_.back().kind != Pending::Kind::binary) return;
  const Pending& last = pending_.back();
  const Operand& left = operands_[operands_.size() - 2];
  const Operand& right = operands_.back();
  const bool quotient = last.op == Op::divide;
  const bool constant_base = last.op == Op::power && builder_.node(left.node).op == Op::constant;
  if (!quotient && !constant_base) return;
  const std::string sign = quotient ? "/" : "^";
  const std::string a = typed(left.begin, left.end), b = typed(right.begin, right.end);
  const std::string c =
      token.kind == TokenKind::open ? "(…)" : typed(token) + (token.kind == TokenKind::function ? "…" : "");
  if (a.size() + b.size() + c.size() > kLongestQuote) return;
  const std::string typed_so = a + sign + b + (token.spaced ? " " : "") + c;
  const std::string note = core::fill("{0} is read as ({1}{2}{3})·{4}; the other meaning is written {1}{2}({3}·{4})",
                                      typed_so, a, sign, b, c);
  if (std::find(words_.notes.begin(), words_.notes.end(), note) == words_.notes.end()) words_.notes.push_back(note);
}

// sin x y means sin(x·y) to some and sin(x)·y to others. Behind a number nobody doubts: sin 2x.
void ExpressionParser::note_argument(const Token& token) {
  const std::size_t begin = pending_.back().token.begin;
  const Operand& argument = operands_.back();
  const Op op = builder_.node(argument.node).op;
  // A word such as cosxy has its own note, and a third factor goes where the second went.
  const bool one_word = !token.spaced && token.kind != TokenKind::open && argument.begin == pending_.back().token.end;
  if (op == Op::constant || op == Op::multiply || one_word) return;
  std::string function = typed(begin, argument.begin);
  while (function.ends_with(' ')) function.pop_back();
  const std::string b = typed(argument.begin, argument.end);
  const std::string c = token.kind == TokenKind::open ? "(…)" : typed(token);
  if (function.empty() || function.size() + b.size() + c.size() > kLongestQuote) return;
  words_.notes.push_back(core::fill("{0} is read as {1}({2}·{3}); the other meaning is written {1}({2})·{3}",
                                    typed(begin, argument.end) + (token.spaced ? " " : "") + c, function, b, c));
}

// Behind a value a bar closes the one that is open, if nothing else was opened since; else it opens a factor.
core::Status ExpressionParser::bar(const Token& token) {
  const auto open = std::find_if(pending_.rbegin(), pending_.rend(), [](const Pending& pending) {
    return pending.kind == Pending::Kind::group || pending.kind == Pending::Kind::call ||
           pending.kind == Pending::Kind::bar;
  });
  if (open == pending_.rend() || open->kind != Pending::Kind::bar) return product_without_sign(token);
  if (core::Status status = reduce_above(kSum, true); !status.ok()) return status;
  const Pending pending = pending_.back();
  pending_.pop_back();
  const std::vector<Operand> argument{operands_.back()};
  operands_.pop_back();
  return make_call(*find_function("abs"), argument, pending.token.begin, token.end, pending.token.column);
}

core::Status ExpressionParser::comma(const Token& token) {
  if (core::Status status = reduce_above(kSum, true); !status.ok()) return status;
  if (pending_.empty() || pending_.back().kind != Pending::Kind::call)
    return expression_error(
        token.column, core::fill("{} has a place only between the arguments of a function", quoted(typed(token))));
  Pending& pending = pending_.back();
  if (pending.arguments == pending.function->most) {
    const std::string& hint = words_.decimal_hint;
    return expression_error(
        token.column, core::fill("{} takes {}; {}", pending.function->name, arguments_text(pending.function->most),
                                 hint.empty() ? "')' is expected here" : hint));
  }
  ++pending.arguments;
  expects_value_ = true;
  return {};
}

core::Status ExpressionParser::close(const Token& token) {
  if (core::Status status = reduce_above(kSum, true); !status.ok()) return status;
  if (pending_.empty())
    return expression_error(token.column, core::fill("there is no '{}' for this {}", std::string(1, token.bracket),
                                                     shape_of(token.bracket)));
  const Pending pending = pending_.back();
  if (pending.kind == Pending::Kind::bar || pending.open.bracket != token.bracket)
    return still_open(pending.open, token.column);
  pending_.pop_back();
  if (pending.kind == Pending::Kind::call) {
    const FunctionName& function = *pending.function;
    if (pending.arguments < function.least) {
      const std::string needed = arguments_text(function.least);
      return expression_error(
          token.column, function.most > function.least
                            ? core::fill("{} takes at least {}; it has {}", function.name, needed, pending.arguments)
                            : core::fill("{} takes {}; it has {}", function.name, needed, pending.arguments));
    }
    return apply_call(pending, token.end, pending.arguments);
  }
  operands_.back().begin = pending.token.begin;
  operands_.back().end = token.end;
  return {};
}

core::Status ExpressionParser::finish(const Token& token) {
  if (core::Status status = reduce_above(kSum, true); !status.ok()) return status;
  if (pending_.empty()) return {};
  return still_open(pending_.back().open, token.column);
}

}  // namespace descent::autodiff
