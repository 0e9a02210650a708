// SPDX-License-Identifier: MIT
// Words and numbers as the panels of the Surfaces workspace show them.
#pragma once

#include <string>
#include <string_view>

#include "engine/train/race.h"
#include "web/widgets/item.h"

namespace descent::web {

// "Gradient descent" for gradient_descent; the name itself when unknown.
[[nodiscard]] std::string optimizer_title(std::string_view name);

// Significant digits, one less beside a power of ten; with four, every number fits about 76 points of small text.
[[nodiscard]] std::string brief(double value, int digits = 4);

// "2 (1 + β) / λmax" -> "2(1+β)/λmax", to fit under a slider; words in it keep their spaces.
[[nodiscard]] std::string tight_formula(std::string_view formula);

using widgets::wrap_words;

}  // namespace descent::web
