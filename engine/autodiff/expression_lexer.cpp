// SPDX-License-Identifier: MIT
// Words of a formula, see expression_lexer.h. Numbers are read by strtod on text that was found to be plain decimal, so
// neither locale nor hexadecimal forms play a part.
#include "engine/autodiff/expression_lexer.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <string>

#include "engine/autodiff/expression.h"

namespace descent::autodiff {
namespace {

bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// The digit a superscript character stands for, or -1.
int superscript_digit(char32_t c) {
  if (c == U'¹') return 1;
  if (c == U'²') return 2;
  if (c == U'³') return 3;
  if (c == U'⁰' || (c >= U'⁴' && c <= U'⁹')) return static_cast<int>(c - U'⁰');
  return -1;
}

struct Sign {
  char32_t code;
  TokenKind kind;
};
constexpr Sign kSigns[] = {
    {'+', TokenKind::plus},   {'-', TokenKind::minus},  {U'−', TokenKind::minus}, {'*', TokenKind::times},
    {U'·', TokenKind::times}, {U'×', TokenKind::times}, {U'⋅', TokenKind::times}, {'/', TokenKind::over},
    {U'÷', TokenKind::over},  {'^', TokenKind::power},  {'(', TokenKind::open},   {')', TokenKind::close},
    {',', TokenKind::comma},
};

constexpr char32_t kNoBreakSpace = 0xA0;

bool is_space(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == kNoBreakSpace;
}

}  // namespace

core::Error expression_error(int column, const std::string& sentence) {
  return {"column " + std::to_string(column) + ": " + sentence, column};
}

ExpressionLexer::Character ExpressionLexer::peek() const {
  if (at_ >= text_.size()) return {};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text_[at_ + i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at_ + size > text_.size()) return {};
  char32_t code = first & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    code = (code << 6U) | (byte(i) & 0x3FU);
  }
  return {code, size};
}

void ExpressionLexer::skip_spaces() {
  for (Character c = peek(); c.size > 0 && is_space(c.code); c = peek()) {
    at_ += c.size;
    ++column_;
  }
}

bool ExpressionLexer::at(std::size_t position, const char* characters) const {
  return position < text_.size() && text_[position] != '\0' && std::strchr(characters, text_[position]) != nullptr;
}

Token ExpressionLexer::finish(Token token) {
  token.end = at_;
  return token;
}

core::Result<Token> ExpressionLexer::next() {
  skip_spaces();
  const Character c = peek();
  Token token{.begin = at_, .end = at_, .column = column_};
  if (at_ >= text_.size()) return token;
  if (c.size == 0) return expression_error(column_, "this is no text (bytes that are not UTF-8)");
  if (is_digit(c.code) || (c.code == '.' && at(at_ + 1, "0123456789"))) return number(token);
  if (superscript_digit(c.code) >= 0 || c.code == U'⁻') return superscript(token);
  if (is_letter(c.code)) return name(token);
  at_ += c.size;
  ++column_;
  if (c.code == U'π' || c.code == U'√') {
    token.kind = TokenKind::name;
    return finish(token);
  }
  for (const Sign& sign : kSigns) {
    if (sign.code != c.code) continue;
    token.kind = sign.kind;
    if (c.code == '*' && at(at_, "*")) {  // a ** b
      token.kind = TokenKind::power;
      ++at_;
      ++column_;
    }
    return finish(token);
  }
  const std::string found =
      c.code < 0x20 || c.code == 0x7F ? "this character" : "'" + std::string(text_.substr(token.begin, c.size)) + "'";
  if (c.code == '=')
    return expression_error(token.column, "'=' has no place in a formula; write only what f is equal to");
  return expression_error(token.column, found + " has no meaning in a formula");
}

core::Result<Token> ExpressionLexer::number(Token token) {
  constexpr const char* kDigits = "0123456789";
  while (at(at_, kDigits)) ++at_;
  if (at(at_, ".")) ++at_;
  while (at(at_, kDigits)) ++at_;
  if (at(at_, "eE")) {
    const std::size_t sign = at(at_ + 1, "+-") ? 1 : 0;
    if (at(at_ + 1 + sign, kDigits)) {
      at_ += 1 + sign;
      while (at(at_, kDigits)) ++at_;
    }
  }
  column_ += static_cast<int>(at_ - token.begin);
  token.kind = TokenKind::number;
  token = finish(token);
  token.number = std::strtod(std::string(text_of(token)).c_str(), nullptr);
  if (std::isinf(token.number)) return expression_error(token.column, "this number is too large");
  return token;
}

core::Result<Token> ExpressionLexer::superscript(Token token) {
  token.kind = TokenKind::superscript;
  const bool negative = peek().code == U'⁻';
  int digits = 0;
  for (Character c = peek(); superscript_digit(c.code) >= 0 || (c.code == U'⁻' && at_ == token.begin); c = peek()) {
    if (const int digit = superscript_digit(c.code); digit >= 0) {
      token.number = std::min(1e6, 10 * token.number + digit);
      ++digits;
    }
    at_ += c.size;
    ++column_;
  }
  if (digits == 0) return expression_error(token.column, "'⁻' needs superscript digits after it");
  if (token.number > kMaxWholePower)
    return expression_error(token.column,
                            "this exponent is too large; at most 1000 can be written with superscript digits");
  if (negative) token.number = -token.number;
  return finish(token);
}

Token ExpressionLexer::name(Token token) {
  while (at_ < text_.size() &&
         (is_letter(static_cast<unsigned char>(text_[at_])) || is_digit(static_cast<unsigned char>(text_[at_]))))
    ++at_;
  column_ += static_cast<int>(at_ - token.begin);
  token.kind = TokenKind::name;
  return finish(token);
}

}  // namespace descent::autodiff
