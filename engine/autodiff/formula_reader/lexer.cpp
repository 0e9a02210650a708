// SPDX-License-Identifier: MIT
// Words of a formula, see lexer.h. Numbers are read by strtod on text that was found to be plain decimal, so
// neither locale nor hexadecimal forms play a part.
#include "engine/autodiff/formula_reader/lexer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "engine/autodiff/expression.h"
#include "engine/autodiff/formula_reader/latex.h"
#include "engine/autodiff/formula_reader/text_cursor.h"
#include "engine/core/fill.h"

namespace descent::autodiff {
namespace {

struct Sign {
  char32_t code;
  TokenKind kind;
};
constexpr auto kSigns = std::to_array<Sign>({
    {U'+', TokenKind::plus},
    {U'-', TokenKind::minus},
    {U'*', TokenKind::times},
    {U'/', TokenKind::over},
    {U'^', TokenKind::power},
    {U'(', TokenKind::open},
    {U'[', TokenKind::open},
    {U'{', TokenKind::open},
    {U')', TokenKind::close},
    {U']', TokenKind::close},
    {U'}', TokenKind::close},
    {U'|', TokenKind::bar},
    {U',', TokenKind::comma},
    {U'=', TokenKind::equals},
    {U';', TokenKind::semicolon},
});

char opener_of(char32_t bracket) {
  if (bracket == U')') return '(';
  if (bracket == U']') return '[';
  return bracket == U'}' ? '{' : static_cast<char>(bracket);
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : cursor_(text) {}
  std::vector<Token> run();

 private:
  [[nodiscard]] bool dollar_at_an_end() const;
  bool skip_spaces();

  Token next();
  Token number(Token token);
  Token fraction(Token token);
  Token superscript(Token token);
  Token sign(Token token);
  Token point(Token token);
  Token command(Token token);

  TextCursor cursor_;
};

Token fault(Token token, std::string sentence) {
  token.kind = TokenKind::fault;
  token.text = std::move(sentence);
  return token;
}

// Dollar signs around the whole formula are LaTeX's own delimiters and say nothing.
bool Lexer::dollar_at_an_end() const {
  constexpr std::string_view kOutside = " \t\r\n$";
  return cursor_.text().substr(0, cursor_.place().byte).find_first_not_of(kOutside) == std::string_view::npos ||
         cursor_.text().substr(cursor_.place().byte).find_first_not_of(kOutside) == std::string_view::npos;
}

// LaTeX commands that say only how something is to be shown are skipped like white space.
bool Lexer::skip_spaces() {
  const std::size_t begin = cursor_.place().byte;
  while (true) {
    const Character c = cursor_.peek();
    if (c.kind == CharacterKind::space || (c.code == U'$' && dollar_at_an_end())) {
      cursor_.take();
    } else if (c.plain == U'\\' && c.kind == CharacterKind::sign) {
      const LatexCommand found = latex_command(cursor_.text(), cursor_.place().byte);
      if (found.role != LatexRole::space) break;
      cursor_.skip_ascii(found.size);
    } else {
      break;
    }
  }
  return cursor_.place().byte > begin;
}

std::vector<Token> Lexer::run() {
  std::vector<Token> tokens;
  do {
    const bool spaced = skip_spaces();
    Token token = next();
    token.spaced = spaced;
    token.end = cursor_.place().byte;
    tokens.push_back(std::move(token));
    if (tokens.back().kind == TokenKind::fault) cursor_.go_to_end();  // nothing after the fault is looked at
  } while (tokens.back().kind != TokenKind::end);
  return tokens;
}

Token Lexer::next() {
  const Character c = cursor_.peek();
  const TextCursor::Place here = cursor_.place();
  Token token{.begin = here.byte, .end = here.byte, .column = here.column};
  switch (c.kind) {
    case CharacterKind::end:
      return token;
    case CharacterKind::broken:
      return fault(token, "this is no text (bytes that are not UTF-8)");
    case CharacterKind::digit:
      return number(token);
    case CharacterKind::fraction:
      return fraction(token);
    case CharacterKind::superscript:
      return superscript(token);
    case CharacterKind::letter:
      return read_name(cursor_, token);
    case CharacterKind::sign:
      return sign(token);
    default:
      cursor_.take();
      if (c.code == U'∞') return fault(token, "the infinity sign '∞' is no number that can be computed with");
      return fault(token, core::fill("{} has no meaning in a formula", name_of_character(c.code)));
  }
}

Token Lexer::number(Token token) {
  token.kind = TokenKind::number;
  token.text = cursor_.take_digits(token.altered);
  if (cursor_.at_sign(U'.')) {
    cursor_.take();
    token.text += '.';
    token.text += cursor_.take_digits(token.altered);
  }
  if (cursor_.peek().plain == U'_') return fault(token, "a number is written without '_' in it");
  // An exponent has digits; an e without any is another word: 3e = 3·e.
  const TextCursor::Place before = cursor_.place();
  if (const Character e = cursor_.peek(); e.plain == U'e' || e.plain == U'E') {
    std::string exponent(1, 'e');
    cursor_.take();
    if (cursor_.at_sign(U'-') || cursor_.at_sign(U'+')) exponent += static_cast<char>(cursor_.take().plain);
    const std::string power = cursor_.take_digits(token.altered);
    if (power.empty())
      cursor_.go_to(before);
    else
      token.text += exponent + power;
  }
  token.number = std::strtod(token.text.c_str(), nullptr);
  if (std::isinf(token.number)) return fault(token, "this number is too large");
  if (cursor_.peek().kind != CharacterKind::fraction) return token;
  const Token part = fraction(token);  // a whole number and a fraction sign, as 2½, are one number
  token.text = core::fill("({} + {})", token.text, part.text);
  token.number += part.number;
  token.altered = true;
  return token;
}

Token Lexer::fraction(Token token) {
  const Character c = cursor_.take();
  token.kind = TokenKind::number;
  token.number = static_cast<double>(c.number) / c.denominator;
  token.text = core::fill("({}/{})", c.number, c.denominator);
  token.altered = true;
  return token;
}

Token Lexer::superscript(Token token) {
  token.kind = TokenKind::superscript;
  const bool negative = cursor_.peek().number < 0;
  if (negative) cursor_.take();
  int count = 0;
  for (Character c = cursor_.peek(); c.kind == CharacterKind::superscript && c.number >= 0; c = cursor_.peek()) {
    token.number = std::min(1e6, 10 * token.number + c.number);
    ++count;
    cursor_.take();
  }
  if (count == 0) return fault(token, "'⁻' needs superscript digits after it");
  if (token.number > kMaxWholePower)
    return fault(token, "this exponent is too large; at most 1000 can be written with superscript digits");
  if (negative) token.number = -token.number;
  return token;
}

// A point begins a number without digits before it, or one of MATLAB's signs .* ./ .^, or is the full stop of the
// sentence the formula comes from.
Token Lexer::point(Token token) {
  if (cursor_.peek(cursor_.peek().size).kind == CharacterKind::digit) return number(token);
  cursor_.take();
  const Character c = cursor_.peek();
  if (c.kind == CharacterKind::end && token.begin > 0) return token;
  if (c.kind == CharacterKind::sign && (c.plain == U'*' || c.plain == U'/' || c.plain == U'^')) return sign(token);
  return fault(token, "'.' has no meaning in a formula");
}

Token Lexer::sign(Token token) {
  const Character c = cursor_.peek();
  if (c.plain == U'.') return point(token);
  if (c.plain == U'\\') return command(token);
  cursor_.take();
  if (c.plain == U'√') {
    token.kind = TokenKind::name;
    token.text = "√";
    return token;
  }
  if (c.plain == U':') {
    if (!cursor_.at_sign(U'=')) return fault(token, "':' has no meaning in a formula; a quotient is written with /");
    cursor_.take();
    token.kind = TokenKind::equals;
    return token;
  }
  const auto* const found =
      std::find_if(kSigns.begin(), kSigns.end(), [&](const Sign& known) { return known.code == c.plain; });
  token.kind = found->kind;
  if (token.kind == TokenKind::open || token.kind == TokenKind::close) token.bracket = opener_of(c.plain);
  if (c.plain == U'*' && cursor_.at_sign(U'*')) {  // a power as in programs: a ** b
    cursor_.take();
    token.kind = TokenKind::power;
  }
  return token;
}

Token Lexer::command(Token token) {
  const LatexCommand found = latex_command(cursor_.text(), cursor_.place().byte);
  cursor_.skip_ascii(found.size);
  token.altered = true;
  token.text = found.text;
  switch (found.role) {
    case LatexRole::name:
      token.kind = TokenKind::name;
      // An index belongs to the name before it, as in \log_2.
      if (const Character c = cursor_.peek(); c.plain == U'_' && c.kind == CharacterKind::letter) {
        cursor_.take();
        token.text += '_';
        token.text += cursor_.take_digits(token.altered);
        if (token.text.ends_with('_') && cursor_.peek().kind == CharacterKind::letter)
          append_utf8(token.text, cursor_.take().plain);
      }
      read_subscript(cursor_, token);
      return token;
    case LatexRole::times:
      token.kind = TokenKind::times;
      return token;
    case LatexRole::over:
      token.kind = TokenKind::over;
      return token;
    case LatexRole::bar:
      token.kind = TokenKind::bar;
      return token;
    case LatexRole::open:
      token.kind = TokenKind::open;
      token.bracket = '{';
      return token;
    case LatexRole::close:
      token.kind = TokenKind::close;
      token.bracket = '{';
      return token;
    default:
      return fault(token, found.text);
  }
}

}  // namespace

core::Error expression_error(int column, const std::string& sentence) {
  std::string message = core::fill("column {}: {}", column, sentence);
  const std::size_t front = message.size() - sentence.size();
  return {std::move(message), column, front};
}

std::vector<Token> tokens_of(std::string_view text) {
  return Lexer(text).run();
}

}  // namespace descent::autodiff
