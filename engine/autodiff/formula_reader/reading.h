// SPDX-License-Identifier: MIT
// Readings: a formula written out as it was understood, 2·x·sin(y)² for 2x sin²y, with every sign and no more
// parentheses than show what belongs together. A reading is a formula itself, and reads as itself.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/autodiff/expression.h"
#include "engine/autodiff/formula_reader/names.h"

namespace descent::autodiff {

struct Reading {
  // The loosest operation in it.
  enum class Level { sum, product, quotient, sign, power, atom };

  std::string text;
  Level level = Level::atom;
  bool digits = false;  // a whole number without sign, which can stand above the line
};

[[nodiscard]] Reading reading_of_number(std::string text);
[[nodiscard]] Reading reading_of_name(std::string_view name);
[[nodiscard]] Reading negated(Reading inner);
// op: add, subtract, multiply, divide or power.
[[nodiscard]] Reading joined(Op op, Reading left, Reading right);
[[nodiscard]] Reading raised(Reading base, int exponent);
[[nodiscard]] Reading called(const FunctionName& function, std::span<Reading> arguments);

}  // namespace descent::autodiff
