// SPDX-License-Identifier: MIT
// ExpressionParser: operator-precedence parsing with two explicit stacks (Dijkstra's shunting yard: Dijkstra, "Making a
// translator for ALGOL 60", Mathematical Centre report MR 34/61, 1961), so that nesting costs memory up to a limit and
// never call stack. Either a value or an operator is expected next; what comes instead decides the sentence. A value
// behind a value is a product without a sign; behind a function without parentheses it belongs to the argument.
// Values are in parser.cpp, what comes behind them in operators.cpp, the stacks in
// stacks.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/autodiff/expression.h"
#include "engine/autodiff/formula_reader/lexer.h"
#include "engine/autodiff/formula_reader/names.h"
#include "engine/autodiff/formula_reader/reading.h"
#include "engine/autodiff/formula_reader/words.h"
#include "engine/autodiff/graph_builder.h"
#include "engine/core/result.h"

namespace descent::autodiff {

[[nodiscard]] std::string equals_misplaced();

class ExpressionParser {
 public:
  explicit ExpressionParser(std::string_view text) : text_(text), words_(words_of(tokens_of(text))), builder_(false) {}

  [[nodiscard]] core::Result<Expression> parse();

 private:
  // Precedence says how tightly an operation binds. A function without parentheses takes products without a sign into
  // its argument: sin 2x = sin(2·x), but sin x·y = sin(x)·y. A root without them takes one value and its power: √2x =
  // √2·x.
  enum Precedence { kGroup, kSum, kProduct, kApply, kTight, kSign, kPower };

  // A value that waits for its operator, and where it stands (with its parentheses).
  struct Operand {
    int node = -1;
    std::size_t begin = 0;
    std::size_t end = 0;
    Reading reading;
  };
  // A Pending waits for its right side: an operator, an open parenthesis or bar, a function's call with and without
  // them.
  struct Pending {
    enum class Kind { binary, negate, group, bar, call, apply } kind = Kind::binary;
    Op op = Op::add;
    int precedence = kGroup;
    Token token;
    const FunctionName* function = nullptr;
    int exponent = 1;  // of a function: sin² x
    int arguments = 1;
    Token open;  // the parenthesis of a group or call
  };

  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;
  [[nodiscard]] static bool begins_a_value(TokenKind kind);
  [[nodiscard]] std::string typed(const Token& token) const { return typed(token.begin, token.end); }
  [[nodiscard]] std::string typed(std::size_t begin, std::size_t end) const {
    return std::string(text_.substr(begin, end - begin));
  }
  [[nodiscard]] static core::Error fault(const Token& token);
  [[nodiscard]] static core::Error full(int column);

  core::Status value(const Token& token);
  core::Status value_missing(const Token& token) const;
  core::Status parameter(const Token& token);
  core::Status function(const Token& token);
  core::Status function_exponent(const Token& token, Pending& pending);
  core::Status read_exponent(const Token& token, double& exponent);

  core::Status after_value(const Token& token);
  core::Status binary(const Token& token, Op op);
  core::Status superscript(const Token& token);
  core::Status product_without_sign(const Token& token);
  core::Status bar(const Token& token);
  core::Status comma(const Token& token);
  core::Status close(const Token& token);
  core::Status finish(const Token& token);
  core::Status number_behind(const Token& token) const;
  void note_quotient(const Token& token);
  void note_argument(const Token& token);

  core::Status push(Pending pending);
  core::Status reduce_above(int precedence, bool equal_too);
  core::Status reduce();
  core::Status apply_call(const Pending& pending, std::size_t end, int count);
  core::Status make_call(const FunctionName& function, const std::vector<Operand>& arguments, std::size_t begin,
                         std::size_t end, int column);
  core::Status add_leaf(ExpressionNode node, const Token& token, Reading reading);
  core::Status add(ExpressionNode node, std::size_t begin, std::size_t end, int column, Reading reading);

  std::string_view text_;
  Words words_;
  std::size_t at_ = 0;  // the token after the one that is looked at
  GraphBuilder builder_;
  bool expects_value_ = true;
  std::vector<Operand> operands_;
  std::vector<Pending> pending_;
  std::vector<std::string> parameters_;
};

}  // namespace descent::autodiff
