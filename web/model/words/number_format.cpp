// SPDX-License-Identifier: MIT
// These texts are for display only; numbers that must read back exactly go through core::format_number.
#include "web/model/words/number_format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "engine/core/fill.h"

namespace descent::web {

std::string tick_label(double value, double step) {
  std::array<char, 40> buffer{};
  const double magnitude = std::max(std::fabs(value), step);
  if (magnitude >= 1e6 || step < 1e-5) {
    const int digits = std::clamp(static_cast<int>(std::ceil(std::log10(magnitude / step) - 1e-9)) + 1, 1, 15);
    return display_number(std::fabs(value) < 1e-3 * step ? 0 : value, digits);
  }
  const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 8);
  const double size = std::fabs(value);
  const bool negative = value < 0 && size * std::pow(10.0, decimals) >= 0.5;  // no minus before a zero
  std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, size);
  return std::string(negative ? "−" : "") + buffer.data();
}

std::string coordinate_text(double value) {
  double step = 1e-4;
  for (double limit = 10; std::abs(value) >= limit - step / 2 && step < 1; limit *= 10) step *= 10;
  return std::abs(value) < 999999.5 ? tick_label(value, step) : display_number(value, 2);
}

int shared_exponent(double largest) {
  if (!(largest > 0) || !std::isfinite(largest)) return 0;
  const int exponent = static_cast<int>(std::floor(std::log10(largest)));
  return exponent >= -1 && exponent <= 1 ? 0 : exponent;
}

std::string percent(double share, int decimals) {
  if (decimals == 0 && share > 0 && share < 0.01) return "<1 %";
  const double value = 100 * share;
  const double unit = value < 10 ? std::pow(10.0, decimals) : 1;
  return core::fill("{} %", display_number(std::round(unit * value) / unit, 3));
}

double rounded_number(double value) {
  if (value == 0 || !std::isfinite(value)) return value;
  const int decade = static_cast<int>(std::floor(std::log10(std::abs(value))));
  // Powers of ten above 1 are exact; dividing by one gives the double nearest to the decimal number.
  const int digits = 2 - decade;
  const double scale = std::pow(10.0, std::abs(digits));
  return digits >= 0 ? std::round(value * scale) / scale : std::round(value / scale) * scale;
}

std::string above_words(double base, double height, int digits) {
  constexpr double kRounding = 1e-9;
  if (base == 0) return "f";
  if (!(std::abs(base) > kRounding * height)) return "f above its minimum";
  const std::string size = display_number(std::abs(base), digits);
  return base < 0 ? core::fill("f + {}", size) : core::fill("f − {}", size);
}

std::string display_name(std::string_view name) {
  std::string text(name);
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '_' || c == '.'; }, ' ');
  return text;
}

}  // namespace descent::web
