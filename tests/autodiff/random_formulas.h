// SPDX-License-Identifier: MIT
// Formulas from bytes: mostly well formed, sometimes damaged. The same bytes give the same formula, so that a failing
// one can be kept. Used by the seeded test and by the fuzzer.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace descent::test {

// Words of the grammar, and a few that it does not have, chosen by successive bytes.
inline std::string formula_of_words(std::span<const std::uint8_t> bytes) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"x",     "y",        "a",      "b",         "1",     "2",      "0.5",    "1e-3",       "pi",    "e",     "+",
       "-",     "*",        "/",      "^",         "(",     ")",      ",",      "sin(",       "cos(",  "tan(",  "asin(",
       "acos(", "atan(",    "atan2(", "sinh(",     "cosh(", "tanh(",  "exp(",   "log(",       "sqrt(", "abs(",  "min(",
       "max(",  "sigmoid(", "relu(",  "gaussian(", "²",     "⁻¹",     "π",      "−",          "·",     "√(",    "**",
       " ",     "$",        "1e",     ".",         "κ",     "xy",     "pow(",   "|",          "sin ",  "cos²",  "{",
       "}",     "[",        "]",      "=",         ";",     "½",      "0,5",    "x1",         "x2",    "X",     "sinx",
       "axy",   "np.",      "log10(", "\\frac{",   "}{",    "\\sqrt", "\\left", "f(x, y) = ", "–",     "ｘ",    "x₂",
       "（",    "）",       "＋",     "ー",        "２",    "。5",    "＊",     "sin x y",    "2(x)",  "cosx y"});
  std::string text;
  for (const std::uint8_t byte : bytes) text += kWords[byte % kWords.size()];
  return text;
}

// A well-formed formula: reads bytes as choices of a grammar, depth first, with leaves once they run out.
class FormulaWriter {
 public:
  explicit FormulaWriter(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::string formula(int depth = 0) {
    constexpr auto kLeaves = std::to_array<std::string_view>({"x", "y", "a", "b", "2", "0.5", "pi", "-3"});
    constexpr auto kOperators = std::to_array<std::string_view>({" + ", " - ", "*", "/", "^"});
    constexpr auto kFunctions =
        std::to_array<std::string_view>({"sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "exp",
                                         "log", "sqrt", "abs", "sigmoid", "relu", "gaussian", "-"});
    constexpr auto kPairs = std::to_array<std::string_view>({"atan2", "min", "max", "pow"});
    const std::uint8_t choice = next();
    if (depth > 6 || choice < 60) return std::string(kLeaves[choice % kLeaves.size()]);
    if (choice < 160)
      return "(" + formula(depth + 1) + std::string(kOperators[choice % kOperators.size()]) + formula(depth + 1) + ")";
    if (choice < 220) return std::string(kFunctions[choice % kFunctions.size()]) + "(" + formula(depth + 1) + ")";
    return std::string(kPairs[choice % kPairs.size()]) + "(" + formula(depth + 1) + ", " + formula(depth + 1) + ")";
  }

 private:
  std::uint8_t next() { return at_ < bytes_.size() ? bytes_[at_++] : 0; }

  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
};

}  // namespace descent::test
