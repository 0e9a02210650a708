// SPDX-License-Identifier: MIT
#include "engine/autodiff/formula_reader/commas.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "engine/autodiff/formula_reader/latex.h"
#include "engine/core/fill.h"

namespace descent::autodiff {
namespace {

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

bool decimal_comma(const std::vector<Token>& tokens, std::size_t i) {
  if (i == 0 || i + 1 >= tokens.size() || tokens[i].kind != TokenKind::comma || tokens[i].bracket != 0) return false;
  const auto digits = [](const Token& token) {
    return token.kind == TokenKind::number && token.text.find_first_not_of("0123456789") == std::string::npos;
  };
  const Token& before = tokens[i - 1];
  const Token& after = tokens[i + 1];
  const bool number = after.kind == TokenKind::number && after.text[0] >= '0' && after.text[0] <= '9';
  return digits(before) && number && after.text.find('.') == std::string::npos && !tokens[i].spaced && !after.spaced;
}

std::size_t matching_close(const std::vector<Token>& tokens, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (tokens[i].kind == TokenKind::open) ++depth;
    if (tokens[i].kind == TokenKind::close && --depth == 0) return i;
  }
  return kNowhere;
}

// The end of \frac's argument that begins at tokens[i]: in braces, or one digit or letter, which gets braces here.
std::size_t brace_argument(std::vector<Token>& tokens, std::size_t i) {
  if (i >= tokens.size()) return kNowhere;
  if (tokens[i].kind == TokenKind::open && tokens[i].bracket == '{') return matching_close(tokens, i);
  const TokenKind kind = tokens[i].kind;
  if (kind != TokenKind::number && kind != TokenKind::constant && kind != TokenKind::variable &&
      kind != TokenKind::parameter)
    return kNowhere;
  if (kind == TokenKind::number && tokens[i].text.size() > 1 &&
      tokens[i].text.find_first_not_of("0123456789") == std::string::npos) {
    Token rest = tokens[i];
    rest.text.erase(0, 1);
    rest.number = std::strtod(rest.text.c_str(), nullptr);
    ++rest.begin;
    ++rest.column;
    tokens[i].text.resize(1);
    tokens[i].number = tokens[i].text[0] - '0';
    tokens[i].end = rest.begin;
    tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1, rest);
  }
  Token open = tokens[i], close = tokens[i];
  open.kind = TokenKind::open;
  close.kind = TokenKind::close;
  open.bracket = close.bracket = '{';
  tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1, close);
  tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(i), open);
  return i + 2;
}

}  // namespace

void read_decimal_commas(Words& words) {
  std::vector<Token>& tokens = words.tokens;
  const bool parted =
      std::any_of(tokens.begin(), tokens.end(), [](const Token& token) { return token.kind == TokenKind::semicolon; });
  std::vector<bool> calls;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == TokenKind::open) calls.push_back(i > 0 && tokens[i - 1].kind == TokenKind::function);
    if (tokens[i].kind == TokenKind::close && !calls.empty()) calls.pop_back();
    if (tokens[i].kind == TokenKind::semicolon)
      tokens[i].kind = TokenKind::comma;
    else if (decimal_comma(tokens, i)) {
      const std::string typed = tokens[i - 1].text + "," + tokens[i + 1].text;
      const std::string point = tokens[i - 1].text + "." + tokens[i + 1].text;
      if (parted) {
        tokens[i - 1].end = tokens[i + 1].end;
        tokens[i - 1].text = point;
        tokens[i - 1].number = std::strtod(point.c_str(), nullptr);
        tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i),
                     tokens.begin() + static_cast<std::ptrdiff_t>(i) + 2);
        words.altered = true;
        --i;
      } else if (!calls.empty() && calls.back()) {
        words.decimal_hint = core::fill("if {} is a number, write {}", typed, point);
        words.notes.push_back(
            core::fill("the comma in {} is read as one between arguments; {}", typed, words.decimal_hint));
      } else {
        tokens[i].kind = TokenKind::fault;
        tokens[i].text = core::fill("a number is written with a point: {} in place of {}", point, typed);
      }
    }
  }
}

void read_fractions(std::vector<Token>& tokens) {
  for (std::size_t i = tokens.size(); i-- > 0;) {
    if (tokens[i].kind != TokenKind::function || tokens[i].function->name != kFraction) continue;
    const std::size_t first = brace_argument(tokens, i + 1);
    if (first == kNowhere || brace_argument(tokens, first + 1) == kNowhere) continue;
    tokens[first].kind = TokenKind::comma;
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(first) + 1);
  }
}

}  // namespace descent::autodiff
