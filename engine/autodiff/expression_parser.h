// SPDX-License-Identifier: MIT
// ExpressionParser: operator-precedence parsing with two explicit stacks (Dijkstra's shunting yard: Dijkstra, "Making a
// translator for ALGOL 60", Mathematical Centre report MR 34/61, 1961), so that nesting costs memory up to a limit and
// never call stack. Either a value or an operator is expected next; what comes instead decides the sentence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/autodiff/expression.h"
#include "engine/autodiff/expression_lexer.h"
#include "engine/autodiff/expression_names.h"
#include "engine/autodiff/graph_builder.h"
#include "engine/core/result.h"

namespace descent::autodiff {

class ExpressionParser {
 public:
  explicit ExpressionParser(std::string_view text) : lexer_(text), builder_(false) {}

  [[nodiscard]] core::Result<Expression> parse(std::string_view text);

 private:
  // A value that waits for its operator, and where it stands (with its parentheses).
  struct Operand {
    int node = -1;
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  // What waits for its right side: an operator, an open parenthesis, a function's call.
  struct Pending {
    enum class Kind { binary, negate, group, call } kind = Kind::binary;
    Op op = Op::add;
    int precedence = 0;
    Token token;
    const FunctionName* function = nullptr;
    int arguments = 1;
    int open_column = 0;  // of the parenthesis of a group or call
  };

  core::Status value(const Token& token);
  core::Status value_missing(const Token& token) const;
  core::Status named_value(const Token& token);
  core::Status parameter(const Token& token);
  core::Status after_value(const Token& token);
  core::Status binary(const Token& token, Op op);
  core::Status superscript(const Token& token);
  core::Status comma(const Token& token);
  core::Status close(const Token& token);
  core::Status operator_missing(const Token& token) const;
  core::Status finish(const Token& token);

  core::Status push(Pending pending);
  core::Status reduce_above(int precedence, bool equal_too);
  core::Status reduce();
  core::Status apply_call(const Pending& pending, const Token& close);
  core::Status add_leaf(ExpressionNode node, const Token& token);
  core::Status add(ExpressionNode node, std::size_t begin, std::size_t end, int column);

  ExpressionLexer lexer_;
  GraphBuilder builder_;
  bool expects_value_ = true;
  std::vector<Operand> operands_;
  std::vector<Pending> pending_;
  std::vector<std::string> parameters_;
};

}  // namespace descent::autodiff
