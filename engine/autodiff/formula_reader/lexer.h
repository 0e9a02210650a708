// SPDX-License-Identifier: MIT
// Lexer: the words of a formula, in order. Text is UTF-8; columns count characters from 1. Besides ASCII it knows what
// mathematics is printed and typed with (characters.h), and LaTeX's commands: \frac, \sqrt, \cdot, \left(, \mathrm{…},
// \sin, \alpha; braces group. What it does not know becomes a word too, a fault with its sentence, so that the parser
// speaks of what comes first.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/autodiff/formula_reader/characters.h"
#include "engine/autodiff/formula_reader/names.h"
#include "engine/core/result.h"

namespace descent::autodiff {

enum class TokenKind {
  number,
  name,
  superscript,
  plus,
  minus,
  times,
  over,
  power,
  open,
  close,
  bar,
  comma,
  semicolon,
  equals,
  fault,
  end,
  // Names turn out to be one of these, see words.h.
  constant,
  variable,
  parameter,
  function
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t begin = 0;  // bytes [begin, end) of the text
  std::size_t end = 0;
  int column = 1;
  double number = 0;     // number, superscript, constant
  std::string text;      // number, name, …: as it is read; fault: the sentence
  char bracket = 0;      // open, close: '(', '[' or '{'
  bool spaced = false;   // there is white space before it
  bool altered = false;  // it is not read as it stands, but by what it looks like or stands for
  int index = 0;         // variable: 0 = x, 1 = y
  const FunctionName* function = nullptr;
};

// All of them; the last one is `end`.
[[nodiscard]] std::vector<Token> tokens_of(std::string_view text);

// "column 7: <sentence>".
[[nodiscard]] core::Error expression_error(int column, const std::string& sentence);

}  // namespace descent::autodiff
