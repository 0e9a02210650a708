// SPDX-License-Identifier: MIT
#include "engine/autodiff/formula_reader/words.h"

#include <algorithm>
#include <numbers>
#include <set>
#include <utility>

#include "engine/autodiff/formula_reader/commas.h"
#include "engine/autodiff/formula_reader/coordinate_names.h"
#include "engine/autodiff/formula_reader/glued_words.h"
#include "engine/core/fill.h"

namespace descent::autodiff {
namespace {

bool is_pi(std::string_view name) {
  return name == "π" || lower_case(name) == "pi";
}

std::size_t letters_in(std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(name.begin(), name.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

class WordReader {
 public:
  explicit WordReader(std::vector<Token> tokens) : tokens_(std::move(tokens)), coordinates_(tokens_) {
    words_.notes = coordinates_.notes();
    words_.altered = coordinates_.altered();
  }
  Words run();

 private:
  [[nodiscard]] TokenKind kind_after(std::size_t i) const {
    return i + 1 < tokens_.size() ? tokens_[i + 1].kind : TokenKind::end;
  }
  void survey();
  void note_no_coordinate();
  void name(std::size_t i);
  bool constant(const Token& token);
  [[nodiscard]] bool is_applied(std::size_t i) const;
  bool function(std::size_t i);
  bool glued(std::size_t i);
  void parameter(const Token& token);
  void fault(Token token, std::string sentence);
  void put(Token token) { words_.tokens.push_back(std::move(token)); }
  void note(std::string text);

  std::vector<Token> tokens_;
  CoordinateNames coordinates_;
  std::set<std::string, std::less<>> uncalled_;  // names without a parenthesis behind them
  bool small_e_ = false;
  Words words_;
};

void WordReader::survey() {
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (tokens_[i].kind != TokenKind::name) continue;
    small_e_ = small_e_ || tokens_[i].text == "e";
    if (kind_after(i) != TokenKind::open) uncalled_.insert(tokens_[i].text);
  }
}

void WordReader::note(std::string text) {
  if (std::find(words_.notes.begin(), words_.notes.end(), text) == words_.notes.end())
    words_.notes.push_back(std::move(text));
}

void WordReader::fault(Token token, std::string sentence) {
  token.kind = TokenKind::fault;
  token.text = std::move(sentence);
  put(std::move(token));
}

// A formula without x and y, as w1^2 + w2^2, is the same everywhere, and probably not meant so. Where there is another
// note already, that says what is more likely wrong.
void WordReader::note_no_coordinate() {
  std::vector<std::string> names;
  for (const Token& token : words_.tokens) {
    if (token.kind == TokenKind::variable || token.kind == TokenKind::fault) return;
    if (token.kind == TokenKind::parameter && std::find(names.begin(), names.end(), token.text) == names.end())
      names.push_back(token.text);
  }
  if (names.empty() || !words_.notes.empty()) return;
  if (names.size() == 1)
    return note(
        core::fill("f has no x and no y, so it is the same everywhere; "
                   "if {0} is a coordinate, write f({0}) = … in front",
                   names[0]));
  note(
      core::fill("f has no x and no y, so it is the same everywhere; "
                 "if {0} and {1} are the coordinates, write f({0}, {1}) = … in front",
                 names[0], names[1]));
}

bool WordReader::constant(const Token& token) {
  const bool pi = is_pi(token.text);
  const bool e = token.text == "e" || (token.text == "E" && !small_e_);
  if (!pi && !e) return false;
  Token number = token;
  number.kind = TokenKind::constant;
  number.number = pi ? std::numbers::pi : std::numbers::e;
  number.text = pi ? "π" : "e";
  words_.altered = words_.altered || (token.text != "pi" && token.text != "π" && token.text != "e");
  if (token.text == "E") note("E is read as the number e; a parameter needs another name");
  put(std::move(number));
  return true;
}

// is_applied() says whether something follows that a function is applied to: (…), a value, or a power before them.
bool WordReader::is_applied(std::size_t i) const {
  if (kind_after(i) == TokenKind::superscript)
    ++i;
  else if (kind_after(i) == TokenKind::power && kind_after(i + 1) == TokenKind::number)
    i += 2;
  const TokenKind after = kind_after(i);
  return after == TokenKind::open || after == TokenKind::name || after == TokenKind::number || after == TokenKind::bar;
}

bool WordReader::function(std::size_t i) {
  const Token& token = tokens_[i];
  const FunctionName* found = find_function_any_case(token.text);
  if (found == nullptr) return false;
  const bool reserved = token.text == found->name && found->reserved();
  if (!reserved && !is_applied(i)) return false;
  Token called = token;
  called.kind = TokenKind::function;
  called.function = found;
  words_.altered = words_.altered || (found->is_alias() && token.text != "log" && token.text != "√");
  words_.altered = words_.altered || find_function(token.text) == nullptr;
  if (token.text == "lg") note("lg is read as the logarithm to the base 10");
  put(std::move(called));
  return true;
}

// A name may be several words in one: sin2x, xsiny, xy, axy.
bool WordReader::glued(std::size_t i) {
  const Token& token = tokens_[i];
  const TokenKind after = kind_after(i);
  GluedContext context{coordinates_, after == TokenKind::open};
  context.followed =
      context.called || after == TokenKind::name || after == TokenKind::number || after == TokenKind::bar;
  context.goes_on =
      context.called || (after == TokenKind::name && function_at_the_front(lower_case(tokens_[i + 1].text)) == nullptr);
  context.after_number = i > 0 && tokens_[i - 1].kind == TokenKind::number && !token.spaced;
  const GluedWord word = split_glued(token.text, context);
  if (word.pieces.empty()) return false;
  // A word without look-alike letters has the bytes of the text, so its pieces can be cut from there.
  const bool as_it_stands = token.end - token.begin == token.text.size();
  for (const GluedPiece& piece : word.pieces) {
    Token part = token;
    part.kind = piece.kind;
    part.text = token.text.substr(piece.begin, piece.size);
    part.number = piece.number;
    part.index = piece.coordinate;
    part.function = piece.function;
    part.spaced = token.spaced && piece.begin == 0;
    if (part.kind == TokenKind::constant) part.text = piece.name;
    if (as_it_stands) {
      part.begin = token.begin + piece.begin;
      part.end = part.begin + piece.size;
      part.column = token.column + static_cast<int>(piece.begin);
    }
    put(std::move(part));
  }
  words_.altered = true;
  note(word.note);
  return true;
}

void WordReader::parameter(const Token& token) {
  Token named = token;
  named.kind = TokenKind::parameter;
  const std::string& name = token.text;
  if (name == "X" || name == "Y")
    note(core::fill("{} is read as a parameter; the coordinates are the small letters x and y", name));
  else if (CoordinateNames::has_index(name))
    note(core::fill("{} is read as a parameter, because the formula has x or y too", name));
  else if (name == "E")
    note("E is read as a parameter; the number is the small letter e");
  else if (std::string doubt = doubt_about(name, coordinates_); !doubt.empty())
    note(std::move(doubt));
  put(std::move(named));
}

void WordReader::name(std::size_t i) {
  const Token& token = tokens_[i];
  words_.altered = words_.altered || token.altered;
  if (const std::optional<int> coordinate = coordinates_.find(token.text)) {
    Token variable = token;
    variable.kind = TokenKind::variable;
    variable.index = *coordinate;
    return put(std::move(variable));
  }
  if (std::optional<std::string> refusal = coordinates_.refusal(token.text)) return fault(token, std::move(*refusal));
  if (constant(token) || function(i) || glued(i)) return;
  const bool called = kind_after(i) == TokenKind::open;
  if (called && letters_in(token.text) > 1 && uncalled_.count(token.text) == 0)
    return fault(token, core::fill("there is no function {}; known are {}", quoted(token.text), function_names()));
  parameter(token);
}

Words WordReader::run() {
  // A comma behind the formula belongs to the sentence it comes from.
  if (tokens_.size() > 2 && (tokens_.end() - 2)->kind == TokenKind::comma) tokens_.erase(tokens_.end() - 2);
  if (tokens_.size() > 2 && (tokens_.end() - 2)->kind == TokenKind::semicolon) tokens_.erase(tokens_.end() - 2);
  survey();
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (tokens_[i].kind == TokenKind::name) {
      name(i);
      continue;
    }
    words_.altered = words_.altered || tokens_[i].altered;
    put(tokens_[i]);
  }
  note_no_coordinate();
  return std::move(words_);
}

}  // namespace

Words words_of(std::vector<Token> tokens) {
  Words words = WordReader(std::move(tokens)).run();
  read_fractions(words.tokens);
  read_decimal_commas(words);
  return words;
}

}  // namespace descent::autodiff
