// SPDX-License-Identifier: MIT
// Characters of a formula by what they mean, whichever keyboard, text program or web page they come from: a minus, a
// multiplication sign or an x has many forms in Unicode that look alike, and what cannot be read is named by what it
// is. Text is UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace descent::autodiff {

enum class CharacterKind { end, broken, space, letter, digit, subscript, superscript, fraction, sign, unknown };

struct Character {
  CharacterKind kind = CharacterKind::end;
  char32_t code = 0;     // as it stands
  char32_t plain = 0;    // letter, sign: the form that is read, such as - for a dash; else `code`
  std::size_t size = 0;  // bytes; 0 at the end of the text and where it is no UTF-8 (broken)
  int number = 0;        // digit, subscript, superscript: 0 … 9 (superscript also -1: the minus); fraction: numerator
  int denominator = 0;   // fraction

  // Another form of a letter or digit than the plain one.
  [[nodiscard]] bool is_look_alike() const { return kind != CharacterKind::sign && plain != code; }
};

[[nodiscard]] Character character_at(std::string_view text, std::size_t at);

[[nodiscard]] bool is_greek(char32_t code);
void append_utf8(std::string& text, char32_t code);

// "'$'", "the degree sign '°'", "the character U+2234"; a control character is "this character".
[[nodiscard]] std::string name_of_character(char32_t code);

}  // namespace descent::autodiff
