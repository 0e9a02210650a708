// SPDX-License-Identifier: MIT
// Numbers inside sentences for the person at the page: short enough to read, the same on every platform.
#pragma once

#include <cstdint>
#include <string>

#include "engine/core/number_text.h"

namespace descent::core {

// Three significant digits: "0.3", "−0.111", "6.46×10⁻⁹".
[[nodiscard]] inline std::string short_number(double value) {
  return core::display_number(value, 3);
}

// Digits in groups of three: "100,000".
[[nodiscard]] std::string grouped(std::int64_t value);

}  // namespace descent::core
