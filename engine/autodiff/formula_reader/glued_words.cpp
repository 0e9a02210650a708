// SPDX-License-Identifier: MIT
// Taking words apart, see glued_words.h: from the end to the front it is decided whether the rest of the word can be
// taken apart, behind a function and elsewhere, and by which piece to begin.
#include "engine/autodiff/formula_reader/glued_words.h"

#include <array>
#include <numbers>
#include <optional>
#include <tuple>

#include "engine/core/fill.h"

namespace descent::autodiff {
namespace {

constexpr std::size_t kShort = 3;  // letters of a name that a product might be meant by

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_coordinate(char c) {
  return c == 'x' || c == 'y' || c == 'X' || c == 'Y';
}

class Splitter {
 public:
  Splitter(std::string_view word, const GluedContext& context)
      : word_(word), lower_(lower_case(word)), context_(context) {
    for (std::size_t i = word.size(); i-- > 0;)
      for (const bool behind : {false, true}) best_[behind ? 1 : 0][i] = choose(i, behind);
  }
  // The pieces from byte `begin` to the end of the word; none where that part cannot be taken apart.
  [[nodiscard]] std::vector<GluedPiece> pieces(std::size_t begin) const;

 private:
  [[nodiscard]] std::optional<GluedPiece> choose(std::size_t i, bool behind_function) const;
  [[nodiscard]] bool works(const GluedPiece& piece) const;
  [[nodiscard]] std::optional<GluedPiece> function_at(std::size_t i) const;

  std::string_view word_;
  std::string lower_;
  const GluedContext& context_;
  std::array<std::array<std::optional<GluedPiece>, kMaxParameterName + 1>, 2> best_;
};

bool Splitter::works(const GluedPiece& piece) const {
  const std::size_t end = piece.begin + piece.size;
  const bool function = piece.kind == TokenKind::function;
  if (end == word_.size()) return !function || context_.called || (context_.followed && piece.function->least == 1);
  return best_[function ? 1 : 0][end].has_value() && (!function || piece.function->least == 1);
}

std::optional<GluedPiece> Splitter::function_at(std::size_t i) const {
  // The longest function is tried first, a shorter one where the rest of the word cannot be taken apart behind it.
  for (std::string_view rest = std::string_view(lower_).substr(i); !rest.empty();) {
    const FunctionName* function = function_at_the_front(rest);
    if (function == nullptr) return {};
    const GluedPiece piece{
        .kind = TokenKind::function, .begin = i, .size = function->name.size(), .function = function};
    if (works(piece)) return piece;
    rest = rest.substr(0, function->name.size() - 1);
  }
  return {};
}

std::optional<GluedPiece> Splitter::choose(std::size_t i, bool behind_function) const {
  if (auto function = function_at(i)) return function;
  if (behind_function && is_digit(word_[i])) {
    GluedPiece number{.kind = TokenKind::number, .begin = i, .size = 0};
    for (std::size_t k = i; k < word_.size() && is_digit(word_[k]) && number.size < 9; ++k, ++number.size)
      number.number = 10 * number.number + (word_[k] - '0');
    const bool applied = i + number.size < word_.size() || (context_.followed && !context_.called);
    if (number.size > 0 && applied && works(number)) return number;
  }
  const GluedPiece pi{.kind = TokenKind::constant, .begin = i, .size = 2, .number = std::numbers::pi, .name = "π"};
  if (lower_.compare(i, 2, "pi") == 0 && works(pi)) return pi;
  auto [size, coordinate] = context_.coordinates.at_the_front(word_.substr(i));
  if (size == 0) std::tie(size, coordinate) = context_.coordinates.at_the_front(std::string_view(lower_).substr(i));
  const GluedPiece variable{.kind = TokenKind::variable, .begin = i, .size = size, .coordinate = coordinate};
  if (size > 0 && works(variable)) return variable;
  const GluedPiece e{.kind = TokenKind::constant, .begin = i, .size = 1, .number = std::numbers::e, .name = "e"};
  if (word_[i] == 'e' && !behind_function && works(e)) return e;
  return {};
}

std::vector<GluedPiece> Splitter::pieces(std::size_t begin) const {
  std::vector<GluedPiece> list;
  bool behind = false;
  for (std::size_t i = begin; i < word_.size();) {
    const std::optional<GluedPiece>& best = best_[behind ? 1 : 0][i];
    if (!best) return {};
    list.push_back(*best);
    behind = best->kind == TokenKind::function;
    i += best->size;
  }
  return list;
}

bool has(const std::vector<GluedPiece>& pieces, TokenKind kind) {
  for (const GluedPiece& piece : pieces)
    if (piece.kind == kind) return true;
  return false;
}

// product_behind_letter() says whether the rest of a word, behind one letter of another kind, is a product: it is where
// it has only coordinates, but not in ax where the formula has an x of its own and so might have a name ax.
bool product_behind_letter(const std::vector<GluedPiece>& rest, const GluedContext& context) {
  for (const GluedPiece& piece : rest)
    if (piece.kind != TokenKind::variable || piece.size != 1) return false;
  return rest.size() > 1 || context.after_number || !context.coordinates.stands_alone(rest[0].coordinate);
}

// The size of the letter in front, with its number if it has one and is no coordinate's: the w1 of w1x.
std::size_t size_of_own_name(std::string_view word) {
  std::size_t size = 1;
  while (!is_coordinate(word[0]) && size < word.size() && is_digit(word[size])) ++size;
  return size;
}

// The word taken apart at every x and y: a*x*y for axy, x^2*y for x2y.
std::string as_product(std::string_view word) {
  std::string text;
  bool own = false;  // whether the byte before belongs to something that is no coordinate
  bool exponent = false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool coordinate = is_coordinate(word[i]);
    const bool power = i > 0 && is_digit(word[i]) && is_coordinate(word[i - 1]);
    const bool goes_on = own ? !coordinate : exponent && is_digit(word[i]);
    if (i > 0 && !goes_on) text += power ? '^' : '*';
    text += word[i];
    exponent = power || (exponent && goes_on);
    own = !coordinate && !exponent;
  }
  return text;
}

std::string reading_of(std::string_view word, const std::vector<GluedPiece>& pieces, const GluedContext& context) {
  std::string text;
  std::size_t open = 0;
  bool first = true;
  for (const GluedPiece& piece : pieces) {
    const std::string_view part = word.substr(piece.begin, piece.size);
    if (piece.kind == TokenKind::function && !first && !text.ends_with('(')) {
      text += std::string(open, ')') + "·";
      open = 0;
    } else if (!first && !text.ends_with('(')) {
      text += "·";
    }
    text += piece.kind == TokenKind::constant ? piece.name : part;
    if (piece.kind == TokenKind::function) {
      text += "(";
      ++open;
    }
    first = false;
  }
  if (context.followed && text.ends_with('('))
    text += "…";
  else if ((context.goes_on && open > 0) || (context.followed && pieces.back().kind == TokenKind::number))
    text += "·…";
  return text + std::string(open, ')');
}

}  // namespace

GluedWord split_glued(std::string_view word, const GluedContext& context) {
  if (word.size() > kMaxParameterName || word.size() < 2) return {};
  for (const char c : word)
    if (!is_ascii_letter(c) && !is_digit(c) && c != '_') return {};
  const Splitter splitter(word, context);
  std::vector<GluedPiece> pieces = splitter.pieces(0);
  const bool whole = pieces.size() > 1 && (has(pieces, TokenKind::function) || has(pieces, TokenKind::variable));
  const std::size_t lead = size_of_own_name(word);
  if (!whole) {
    std::vector<GluedPiece> rest = splitter.pieces(lead);
    if (rest.empty() || !is_ascii_letter(word[0])) return {};
    if (!has(rest, TokenKind::function) && !product_behind_letter(rest, context)) return {};
    pieces.assign({{.kind = TokenKind::parameter, .begin = 0, .size = lead}});
    pieces.insert(pieces.end(), rest.begin(), rest.end());
  }
  GluedWord glued{std::move(pieces), {}};
  const std::string reading = reading_of(word, glued.pieces, context);
  glued.note = whole ? core::fill("{} is read as {}", word, reading)
                     : core::fill("{} is read as {}; a parameter of that name would be written {}_{}", word, reading,
                                  word.substr(0, lead), word.substr(lead));
  return glued;
}

std::string doubt_about(std::string_view parameter, const CoordinateNames& coordinates) {
  if (parameter.find('_') != std::string_view::npos || parameter.size() < 2) return {};
  const std::string lower = lower_case(parameter);
  if (const FunctionName* function = function_at_the_front(lower);
      function != nullptr && lower != function->name && lower.size() <= function->name.size() + kShort)
    return core::fill("{} is read as one parameter; a function is written with its argument in parentheses, {}({})",
                      parameter, function->name, function->least > 1 ? "…, …" : lower.substr(function->name.size()));
  if (lower.starts_with("pi") && lower.find_first_not_of("0123456789", 2) == std::string::npos) {
    const std::string number = lower.substr(2);
    return core::fill("{0} is read as one parameter; a product is written {1}*pi, a power pi^{1}", parameter, number);
  }
  // In doubt is a short name with a coordinate's letter, and a longer one that has the only x or y of the formula.
  const auto has_letter = [&](std::size_t at) {
    const char c = lower[at];
    return is_coordinate(c) && (lower.size() <= kShort || !coordinates.stands_alone(c == 'y' ? 1 : 0));
  };
  if (!has_letter(lower.size() - 1) && !has_letter(0)) return {};
  return core::fill("{} is read as one parameter; a product is written {}", parameter, as_product(parameter));
}

}  // namespace descent::autodiff
