// SPDX-License-Identifier: MIT
// Numbers for people, see number_text.h.
#include "engine/core/number_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>

#include "engine/core/fill.h"

namespace descent::core {
namespace {

constexpr std::string_view kMinus = "−";

std::string with_minus(std::string_view ascii) {
  const bool negative = ascii.starts_with('-');
  return std::string(negative ? kMinus : "").append(ascii.substr(negative ? 1 : 0));
}

std::string superscript(int number) {
  constexpr std::array<std::string_view, 10> kDigits{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  for (const char c : std::to_string(number)) text += c == '-' ? "⁻" : kDigits[static_cast<std::size_t>(c - '0')];
  return text;
}

// Writes a number as printf's %g does, but whole numbers below a million in full.
std::string_view plain_or_scientific(double value, int digits, std::span<char> room) {
  const double size = std::abs(value);
  const auto written = [&](const char* form, int precision) {
    const int length = std::snprintf(room.data(), room.size(), form, precision, value);
    return std::string_view(room.data(), static_cast<std::size_t>(length));
  };
  const bool large = size >= 1e4 && size < 1e6;
  const std::string_view text = written("%.*g", large ? std::max(digits, 6) : digits);
  if (size < 1 || size >= 1e6 || text.find('e') == std::string_view::npos) return text;
  return written("%.*f", 0);
}

}  // namespace

std::string power_of_ten(int exponent) {
  if (exponent == 0) return "1";
  if (exponent == 1) return "10";
  return "10" + superscript(exponent);
}

std::string display_number(double value, int digits) {
  if (std::isnan(value)) return "–";
  if (std::isinf(value)) return std::string(value > 0 ? "" : kMinus) + "∞";
  if (value == 0) return "0";  // a zero of either sign shows none
  std::array<char, 64> buffer{};
  const std::string_view text = plain_or_scientific(value, digits, buffer);
  const std::size_t e = text.find('e');
  if (e == std::string_view::npos) return with_minus(text);
  const int exponent = std::atoi(text.data() + e + 1);
  const std::string_view mantissa = text.substr(0, e);
  if (mantissa == "1" || mantissa == "-1") return std::string(value < 0 ? kMinus : "") + power_of_ten(exponent);
  return with_minus(mantissa) + "×" + power_of_ten(exponent);
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return count == 1 ? fill("{} {}", count, noun) : fill("{} {}s", count, noun);
}

std::string grouped(std::int64_t value) {
  std::string text = std::to_string(value);
  const std::size_t first = value < 0 ? 1 : 0;
  for (std::size_t i = text.size(); i > first + 3;) {
    i -= 3;
    text.insert(i, ",");
  }
  return text;
}

}  // namespace descent::core
