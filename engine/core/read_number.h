// SPDX-License-Identifier: MIT
// Numbers as people type, paste and read them: what read-outs print comes back as the same number.
#pragma once

#include <optional>
#include <string_view>

namespace descent::core {

// "1.5", "-2e-3", "2×10⁻³", "10⁴", "−0,5", "1,234.5", "1 234", "2*10^-3"; empty when it is none or not finite. The
// result is the double nearest to the decimal number. One comma without a point is a decimal comma; others, and spaces,
// group digits.
[[nodiscard]] std::optional<double> read_number(std::string_view text);

}  // namespace descent::core
