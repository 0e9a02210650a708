// SPDX-License-Identifier: MIT
// Look-alikes are those of Unicode's table of confusable characters (UTS 39) that occur in mathematics, and what input
// methods and text programs put in the place of ASCII.
#include "engine/autodiff/formula_reader/characters.h"

#include <algorithm>
#include <array>

#include "engine/core/fill.h"

namespace descent::autodiff {
namespace {

struct LookAlikes {
  char32_t plain;
  std::u32string_view forms;
};

// Signs that are read, each with its other forms.
constexpr auto kSigns = std::to_array<LookAlikes>({
    {U'+', U"\uFE62\u2795\uFB29"},
    {U'-', U"\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFE63\u2796\u02D7\u30FC\uFF70"},
    {U'*', U"\u00B7\u00D7\u22C5\u2217\u2219\u2022\u2027\u2715\u2716\u2A2F\uFE61\u204E\u30FB"},
    {U'/', U"\u00F7\u2215\u2044\u2797\u29F8"},
    {U'^', U"\u02C6\u0302\u2303\u2191"},
    {U'(', U"\uFE59"},
    {U')', U"\uFE5A"},
    {U'[', U""},
    {U']', U""},
    {U'{', U""},
    {U'}', U""},
    {U'|', U"\u2223\u2758\u2016\u01C0\u00A6"},
    {U',', U"\u201A\u060C\u3001"},
    {U';', U"\u037E\u061B"},
    {U'.', U"\u2024\u3002\uFF61"},
    {U'=', U"\uA78A"},
    {U':', U"\u2236\uA789"},
    {U'\\', U""},
    {U'√', U""},
});

// Letters of ASCII and Greek ones, each with the letters of other alphabets and the forms that look like it.
constexpr auto kLetters = std::to_array<LookAlikes>({
    {U'a', U"\u0430"},       {U'c', U"\u0441"},       {U'e', U"\u0435\u212F\u2147"},
    {U'h', U"\u210E"},       {U'o', U"\u043E"},       {U'p', U"\u0440"},
    {U'x', U"\u0445\u2179"}, {U'y', U"\u0443"},       {U'A', U"\u0410"},
    {U'B', U"\u0412"},       {U'C', U"\u0421"},       {U'E', U"\u0415\u2107"},
    {U'H', U"\u041D"},       {U'K', U"\u041A\u212A"}, {U'M', U"\u041C"},
    {U'O', U"\u041E"},       {U'P', U"\u0420"},       {U'T', U"\u0422"},
    {U'X', U"\u0425\u2169"}, {U'Y', U"\u0423"},       {U'ε', U"\u03F5"},
    {U'θ', U"\u03D1"},       {U'μ', U"\u00B5"},       {U'π', U"\u03D6\u213C"},
    {U'ρ', U"\u03F1"},       {U'σ', U"\u03C2"},       {U'φ', U"\u03D5"},
    {U'Ω', U"\u2126"},
});

// Mathematical alphabets: the Latin letters thirteen times, the Greek ones five times (58 places each, in the order of
// the plain block with the nabla, and ending with variants).
constexpr char32_t kMathLatin = 0x1D400, kMathGreek = 0x1D6A8, kMathDigits = 0x1D7CE, kMathEnd = 0x1D800;
constexpr std::u32string_view kGreekPlaces = U"ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρσστυφχψω∂εθκφρπ";
constexpr char32_t kFullWidth = 0xFF01, kFullWidthEnd = 0xFF5E;

char32_t plain_form(char32_t c) {
  if (c >= kFullWidth && c <= kFullWidthEnd) return c - kFullWidth + U'!';
  if (c >= kMathLatin && c < kMathLatin + 13 * 52) {
    const char32_t place = (c - kMathLatin) % 52;
    return place < 26 ? U'A' + place : U'a' + (place - 26);
  }
  if (c >= kMathGreek && c < kMathGreek + 5 * kGreekPlaces.size())
    return kGreekPlaces[(c - kMathGreek) % kGreekPlaces.size()];
  if (c >= kMathDigits && c < kMathEnd) return U'0' + (c - kMathDigits) % 10;
  for (const LookAlikes& letter : kLetters)
    if (letter.forms.find(c) != std::u32string_view::npos) return letter.plain;
  return c;
}

// The sign that c is or looks like, or 0.
char32_t sign_form(char32_t c) {
  for (const LookAlikes& sign : kSigns)
    if (sign.plain == c || sign.forms.find(c) != std::u32string_view::npos) return sign.plain;
  return 0;
}

// White space of all widths, none included, and marks that only say how something is to be shown.
bool is_space(char32_t c) {
  if (c == U' ' || (c >= U'\t' && c <= U'\r') || c == 0x85 || c == 0xA0 || c == 0xAD) return true;
  if ((c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x2064)) return true;
  return c == 0x1680 || c == 0x180E || c == 0x3000 || c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F);
}

bool is_letter(char32_t c) {
  if ((c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c == U'_') return true;
  return is_greek(c) || (c >= 0xC0 && c <= 0xFF && c != 0xD7 && c != 0xF7);
}

// The digit a superscript stands for, -1 for the minus, -2 for none.
int superscript(char32_t c) {
  if (c == U'¹') return 1;
  if (c == U'²') return 2;
  if (c == U'³') return 3;
  if (c == U'⁰' || (c >= U'⁴' && c <= U'⁹')) return static_cast<int>(c - U'⁰');
  return c == U'⁻' ? -1 : -2;
}

struct Fraction {
  char32_t code;
  int numerator, denominator;
};
constexpr auto kFractions = std::to_array<Fraction>({{U'½', 1, 2},
                                                     {U'⅓', 1, 3},
                                                     {U'⅔', 2, 3},
                                                     {U'¼', 1, 4},
                                                     {U'¾', 3, 4},
                                                     {U'⅕', 1, 5},
                                                     {U'⅖', 2, 5},
                                                     {U'⅗', 3, 5},
                                                     {U'⅘', 4, 5},
                                                     {U'⅙', 1, 6},
                                                     {U'⅚', 5, 6},
                                                     {U'⅐', 1, 7},
                                                     {U'⅛', 1, 8},
                                                     {U'⅜', 3, 8},
                                                     {U'⅝', 5, 8},
                                                     {U'⅞', 7, 8},
                                                     {U'⅑', 1, 9},
                                                     {U'⅒', 1, 10}});

struct Named {
  char32_t code;
  std::string_view name;
  bool shown;  // whether the page's font has the character
};
constexpr auto kNames = std::to_array<Named>({{U'°', "the degree sign", true},
                                              {U'∞', "the infinity sign", true},
                                              {U'∛', "the cube root sign", false},
                                              {U'∜', "the fourth root sign", false},
                                              {U'′', "the prime", false},
                                              {U'∑', "the summation sign", true},
                                              {U'∏', "the product sign", true},
                                              {U'∫', "the integral sign", true},
                                              {U'∂', "the partial derivative sign", true},
                                              {U'∇', "the nabla", true},
                                              {U'≤', "the sign for less or equal", true},
                                              {U'≥', "the sign for greater or equal", true},
                                              {U'‘', "the quotation mark", true},
                                              {U'’', "the quotation mark", true},
                                              {U'“', "the quotation mark", true},
                                              {U'”', "the quotation mark", true},
                                              {0xFFFD, "a character that was lost on the way,", false}});

// The number of a character as Unicode's tables write it: "U+2234".
std::string code_point(char32_t code) {
  std::string text = "U+";
  for (unsigned shift = code > 0xFFFF ? 20 : 16; shift > 0;) {
    shift -= 4;
    text += "0123456789ABCDEF"[(code >> shift) & 0xFU];
  }
  return text;
}

Character decoded(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return {CharacterKind::unknown, first, first, 1};
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  const Character broken{CharacterKind::broken};
  if (first < 0xC2 || first > 0xF4 || at + size > text.size()) return broken;
  char32_t code = first & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return broken;
    code = (code << 6U) | (byte(i) & 0x3FU);
  }
  return {CharacterKind::unknown, code, code, size};
}

}  // namespace

bool is_greek(char32_t code) {
  return (code >= U'Α' && code <= U'Ω') || (code >= U'α' && code <= U'ω');
}

Character character_at(std::string_view text, std::size_t at) {
  Character c = decoded(text, at);
  if (c.kind != CharacterKind::unknown) return c;
  c.plain = plain_form(c.code);
  const auto fraction = std::find_if(kFractions.begin(), kFractions.end(), [&](auto& f) { return f.code == c.code; });
  if (is_space(c.code)) {
    c.kind = CharacterKind::space;
  } else if (c.plain >= U'0' && c.plain <= U'9') {
    c.kind = CharacterKind::digit;
    c.number = static_cast<int>(c.plain - U'0');
  } else if (c.code >= U'₀' && c.code <= U'₉') {
    c.kind = CharacterKind::subscript;
    c.number = static_cast<int>(c.code - U'₀');
  } else if (superscript(c.code) >= -1) {
    c.kind = CharacterKind::superscript;
    c.number = superscript(c.code);
  } else if (fraction != kFractions.end()) {
    c.kind = CharacterKind::fraction;
    c.number = fraction->numerator;
    c.denominator = fraction->denominator;
  } else if (const char32_t sign = sign_form(c.plain); sign != 0) {
    c.kind = CharacterKind::sign;
    c.plain = sign;
  } else if (is_letter(c.plain)) {
    c.kind = CharacterKind::letter;
  }
  return c;
}

void append_utf8(std::string& text, char32_t code) {
  const auto put = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0U | (code >> 6U));
  } else if (code < 0x10000) {
    put(0xE0U | (code >> 12U));
    put(0x80U | ((code >> 6U) & 0x3FU));
  } else {
    put(0xF0U | (code >> 18U));
    put(0x80U | ((code >> 12U) & 0x3FU));
    put(0x80U | ((code >> 6U) & 0x3FU));
  }
  put(0x80U | (code & 0x3FU));
}

std::string name_of_character(char32_t code) {
  if (code < 0x20 || code == 0x7F) return "this character";
  std::string quoted = "'";
  append_utf8(quoted, code);
  quoted += '\'';
  if (code < 0x7F) return quoted;
  for (const Named& named : kNames)
    if (named.code == code) return core::fill("{} {}", named.name, named.shown ? quoted : code_point(code));
  const bool shown = code >= 0xA1 && code <= 0xFF;
  return shown ? quoted : core::fill("the character {}", code_point(code));
}

}  // namespace descent::autodiff
