// SPDX-License-Identifier: MIT
// TextCursor: the lexer's place in a formula's text, which moves on character by character and counts columns.
#pragma once

#include <string>
#include <string_view>

#include "engine/autodiff/formula_reader/characters.h"

namespace descent::autodiff {

class TextCursor {
 public:
  explicit TextCursor(std::string_view text) : text_(text) {}

  // The cursor's place: a byte of the text, and the column of the character there, from 1.
  struct Place {
    std::size_t byte = 0;
    int column = 1;
  };
  [[nodiscard]] Place place() const { return place_; }
  void go_to(Place place) { place_ = place; }
  void skip_ascii(std::size_t bytes) { place_ = {place_.byte + bytes, place_.column + static_cast<int>(bytes)}; }
  void go_to_end() { place_.byte = text_.size(); }

  [[nodiscard]] std::string_view text() const { return text_; }
  // The character here, or that many bytes ahead.
  [[nodiscard]] Character peek(std::size_t ahead = 0) const { return character_at(text_, place_.byte + ahead); }
  [[nodiscard]] bool at_sign(char32_t plain) const {
    const Character c = peek();
    return c.kind == CharacterKind::sign && c.plain == plain;
  }
  Character take() {
    const Character c = peek();
    place_ = {place_.byte + c.size, place_.column + 1};
    return c;
  }
  // The digits from here on, in plain form; `altered` becomes true where they stand in another one.
  std::string take_digits(bool& altered) {
    std::string found;
    for (Character c = peek(); c.kind == CharacterKind::digit; c = peek()) {
      found += static_cast<char>('0' + c.number);
      altered = altered || c.is_look_alike();
      take();
    }
    return found;
  }

 private:
  std::string_view text_;
  Place place_;
};

struct Token;

// The name here, in lexer_names.cpp. `token` has its beginning.
[[nodiscard]] Token read_name(TextCursor& cursor, Token token);
// x₁, x_{1}: a subscript is part of the name, as in x_1.
void read_subscript(TextCursor& cursor, Token& token);

}  // namespace descent::autodiff
