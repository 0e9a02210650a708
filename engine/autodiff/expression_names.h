// SPDX-License-Identifier: MIT
// The functions a formula may call, by the names they are called by, and what sentences about formulas are made of.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/autodiff/expression.h"

namespace descent::autodiff {

struct FunctionName {
  std::string_view name;
  Op op;
  int least;  // arguments
  int most;
};

[[nodiscard]] std::span<const FunctionName> function_catalog();
[[nodiscard]] const FunctionName* find_function(std::string_view name);  // nullptr when unknown
[[nodiscard]] std::string function_names();                              // "sin, cos, …"

// For sentences: 'a part of the formula', "2 arguments".
[[nodiscard]] std::string quoted(std::string_view text);
[[nodiscard]] std::string arguments_text(int count);

// Sentences about parameters whose names are legal and probably not meant.
[[nodiscard]] std::vector<std::string> notes_about(std::span<const std::string> parameters);

}  // namespace descent::autodiff
