// SPDX-License-Identifier: MIT
// Numbers inside sentences for the person at the page: short enough to read, the same on every platform.
#pragma once

#include <cstdint>
#include <string>

namespace descent::train {

// Three significant digits: "0.3", "0.111", "4.1e+12", "NaN".
[[nodiscard]] std::string short_number(double value);

// Digits in groups of three: "100,000".
[[nodiscard]] std::string grouped(std::int64_t value);

}  // namespace descent::train
