// SPDX-License-Identifier: MIT
// Formatting for display only; numbers that must read back exactly go through core::format_number.
#include "web/widgets/format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace descent::web::widgets {
namespace {

constexpr std::string_view kMinus = "−";

std::string with_minus(std::string_view ascii) {
  std::string text;
  for (const char c : ascii) {
    if (c == '-')
      text += kMinus;
    else
      text += c;
  }
  return text;
}

std::string superscript(int number) {
  constexpr std::array<std::string_view, 10> kDigits{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  for (const char c : std::to_string(number)) text += c == '-' ? "⁻" : kDigits[static_cast<std::size_t>(c - '0')];
  return text;
}

}  // namespace

std::string power_of_ten(int exponent) {
  if (exponent == 0) return "1";
  if (exponent == 1) return "10";
  return "10" + superscript(exponent);
}

std::string display_number(double value, int digits) {
  if (std::isnan(value)) return "–";
  if (std::isinf(value)) return value > 0 ? "∞" : with_minus("-") + "∞";
  std::array<char, 40> buffer{};
  const double magnitude = std::fabs(value);
  if (value == 0 || (magnitude >= 1e-4 && magnitude < 1e6)) {
    std::snprintf(buffer.data(), buffer.size(), "%.*g", magnitude >= 1e4 ? std::max(digits, 6) : digits, value);
    return with_minus(buffer.data());
  }
  std::snprintf(buffer.data(), buffer.size(), "%.*e", digits - 1, value);
  std::string_view text = buffer.data();
  const std::size_t e = text.find('e');
  std::string mantissa(text.substr(0, e));
  if (mantissa.find('.') != std::string::npos) {
    while (mantissa.back() == '0') mantissa.pop_back();
    if (mantissa.back() == '.') mantissa.pop_back();
  }
  const int exponent = std::atoi(text.substr(e + 1).data());
  if (mantissa == "1") return power_of_ten(exponent);
  return with_minus(mantissa) + "×" + power_of_ten(exponent);
}

std::string tick_label(double value, double step) {
  std::array<char, 40> buffer{};
  const double magnitude = std::max(std::fabs(value), step);
  if (magnitude >= 1e6 || step < 1e-5) return display_number(std::fabs(value) < 1e-3 * step ? 0 : value, 3);
  const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 8);
  if (std::fabs(value) * std::pow(10.0, decimals) < 0.5) value = 0;  // no minus before a zero
  std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, value);
  return with_minus(buffer.data());
}

std::string display_name(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

}  // namespace descent::web::widgets
