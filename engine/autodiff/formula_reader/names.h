// SPDX-License-Identifier: MIT
// The functions a formula may call, by the names they are called by, and what sentences about formulas are made of.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/autodiff/expression.h"

namespace descent::autodiff {

// A Recipe says what a call is made of.
enum class Recipe {
  operation,   // op(u) or op(u, v)
  reciprocal,  // 1/op(u): cot, sec, csc
  square,      // u²
  distance,    // √(u² + v²)
};

struct FunctionName {
  std::string_view name;
  Op op;
  int least;  // arguments
  int most;
  std::string_view reads;  // the name in a reading: arctan reads atan
  Recipe recipe = Recipe::operation;

  [[nodiscard]] bool is_alias() const { return name != reads; }
  // One of the names that nothing else can have; the others may be parameters too: x^power.
  [[nodiscard]] bool reserved() const;
};

[[nodiscard]] const FunctionName* find_function(std::string_view name);           // nullptr when unknown
[[nodiscard]] const FunctionName* find_function_any_case(std::string_view name);  // Sin, EXP
// The longest name of a function that `word` begins with, of two letters at least; nullptr where there is none.
[[nodiscard]] const FunctionName* function_at_the_front(std::string_view word);
// sin -> asin; nullptr where a formula has none.
[[nodiscard]] const FunctionName* inverse_of(const FunctionName& function);
[[nodiscard]] std::string function_names();  // "sin, cos, …": one name for each

// Both make words for sentences: 'a part of the formula', "2 arguments".
[[nodiscard]] std::string quoted(std::string_view text);
[[nodiscard]] std::string arguments_text(int count);
[[nodiscard]] std::string lower_case(std::string_view text);  // of its ASCII letters

}  // namespace descent::autodiff
