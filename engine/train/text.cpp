// SPDX-License-Identifier: MIT
// Numbers for sentences, see text.h.
#include "engine/train/text.h"

#include <array>
#include <charconv>
#include <cmath>

#include "engine/core/param_spec.h"

namespace descent::train {

std::string short_number(double value) {
  if (!std::isfinite(value)) return core::format_number(value);
  if (value == 0) return "0";  // of either sign
  std::array<char, 32> text{};
  const auto [end, code] = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 3);
  return {text.data(), end};
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

}  // namespace descent::train
