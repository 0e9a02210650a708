// SPDX-License-Identifier: MIT
// Numbers and names as the page shows them; tabular figures come from the font.
#pragma once

#include <string>
#include <string_view>

#include "engine/core/number_text.h"

namespace descent::web {

using core::display_number;
using core::power_of_ten;
// With as many digits as ticks `step` apart need.
[[nodiscard]] std::string tick_label(double value, double step);
// Of a point: four decimals, so that the digits of a moving one stand still; fewer of large numbers: at most seven
// characters, but for powers of ten.
[[nodiscard]] std::string coordinate_text(double value);
// "learning_rate" -> "learning rate", "start.x" -> "start x"
[[nodiscard]] std::string display_name(std::string_view name);

}  // namespace descent::web
