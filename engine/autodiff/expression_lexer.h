// SPDX-License-Identifier: MIT
// Lexer: the words of a formula, one after the other. Text is UTF-8; columns count characters from 1. Besides ASCII it
// knows what mathematics is printed with: − · × ÷ π √ and superscript digits.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/core/result.h"

namespace descent::autodiff {

enum class TokenKind { number, name, superscript, plus, minus, times, over, power, open, close, comma, end };

struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t begin = 0;  // bytes [begin, end) of the text
  std::size_t end = 0;
  int column = 1;
  double number = 0;  // number, superscript
};

class ExpressionLexer {
 public:
  explicit ExpressionLexer(std::string_view text) : text_(text) {}

  [[nodiscard]] core::Result<Token> next();
  [[nodiscard]] std::string_view text_of(const Token& token) const { return text_between(token.begin, token.end); }
  [[nodiscard]] std::string_view text_between(std::size_t begin, std::size_t end) const {
    return text_.substr(begin, end - begin);
  }

 private:
  // A character and how many bytes it takes; 0 bytes when the text ends or is no UTF-8 here.
  struct Character {
    char32_t code = 0;
    std::size_t size = 0;
  };
  [[nodiscard]] Character peek() const;
  void skip_spaces();
  [[nodiscard]] bool at(std::size_t position, const char* characters) const;
  Token finish(Token token);
  [[nodiscard]] core::Result<Token> number(Token token);
  [[nodiscard]] core::Result<Token> superscript(Token token);
  Token name(Token token);

  std::string_view text_;
  std::size_t at_ = 0;  // byte
  int column_ = 1;      // of the character there
};

// "column 7: <sentence>".
[[nodiscard]] core::Error expression_error(int column, const std::string& sentence);

}  // namespace descent::autodiff
