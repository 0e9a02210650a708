// SPDX-License-Identifier: MIT
// Commas of a formula that are no separators as they stand, and those that \frac does without.
#pragma once

#include <vector>

#include "engine/autodiff/formula_reader/words.h"

namespace descent::autodiff {

// 0,5*x: inside a call the comma may stand between arguments; where those are parted by ; it is a decimal comma.
void read_decimal_commas(Words& words);

// \frac{a}{b} becomes a call with two arguments. What is no such thing is left to the parser.
void read_fractions(std::vector<Token>& tokens);

}  // namespace descent::autodiff
