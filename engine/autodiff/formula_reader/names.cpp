// SPDX-License-Identifier: MIT
// Functions by name, see names.h.
#include "engine/autodiff/formula_reader/names.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

#include "engine/autodiff/formula_reader/latex.h"
#include "engine/core/number_text.h"

namespace descent::autodiff {
namespace {

constexpr int kAny = std::numeric_limits<int>::max();

// First stands each function under the name that sentences use, then under others, of mathematics and of programs.
constexpr auto kFunctions = std::to_array<FunctionName>({
    {"sin", Op::sin, 1, 1, "sin"},
    {"cos", Op::cos, 1, 1, "cos"},
    {"tan", Op::tan, 1, 1, "tan"},
    {"asin", Op::asin, 1, 1, "asin"},
    {"acos", Op::acos, 1, 1, "acos"},
    {"atan", Op::atan, 1, 1, "atan"},
    {"atan2", Op::atan2, 2, 2, "atan2"},
    {"sinh", Op::sinh, 1, 1, "sinh"},
    {"cosh", Op::cosh, 1, 1, "cosh"},
    {"tanh", Op::tanh, 1, 1, "tanh"},
    {"exp", Op::exp, 1, 1, "exp"},
    {"ln", Op::log, 1, 1, "ln"},
    {"log2", Op::log2, 1, 1, "log2"},
    {"log10", Op::log10, 1, 1, "log10"},
    {"sqrt", Op::sqrt, 1, 1, "sqrt"},
    {"abs", Op::abs, 1, 1, "abs"},
    {"min", Op::min, 2, kAny, "min"},
    {"max", Op::max, 2, kAny, "max"},
    {"pow", Op::power, 2, 2, "pow"},
    {"sigmoid", Op::sigmoid, 1, 1, "sigmoid"},
    {"relu", Op::relu, 1, 1, "relu"},
    {"gaussian", Op::gaussian, 1, 1, "gaussian"},
    {"cot", Op::tan, 1, 1, "cot", Recipe::reciprocal},
    {"sec", Op::cos, 1, 1, "sec", Recipe::reciprocal},
    {"csc", Op::sin, 1, 1, "csc", Recipe::reciprocal},
    {"hypot", Op::sqrt, 2, 2, "hypot", Recipe::distance},
    {"log", Op::log, 1, 1, "ln"},
    {"√", Op::sqrt, 1, 1, "sqrt"},
    {kFraction, Op::divide, 2, 2, "frac"},
    {"arcsin", Op::asin, 1, 1, "asin"},
    {"arccos", Op::acos, 1, 1, "acos"},
    {"arctan", Op::atan, 1, 1, "atan"},
    {"arctan2", Op::atan2, 2, 2, "atan2"},
    {"arctg", Op::atan, 1, 1, "atan"},
    {"tg", Op::tan, 1, 1, "tan"},
    {"ctg", Op::tan, 1, 1, "cot", Recipe::reciprocal},
    {"cotg", Op::tan, 1, 1, "cot", Recipe::reciprocal},
    {"cosec", Op::sin, 1, 1, "csc", Recipe::reciprocal},
    {"lg", Op::log10, 1, 1, "log10"},
    {"ld", Op::log2, 1, 1, "log2"},
    {"log_2", Op::log2, 1, 1, "log2"},
    {"log_10", Op::log10, 1, 1, "log10"},
    {"fabs", Op::abs, 1, 1, "abs"},
    {"absolute", Op::abs, 1, 1, "abs"},
    {"minimum", Op::min, 2, kAny, "min"},
    {"maximum", Op::max, 2, kAny, "max"},
    {"power", Op::power, 2, 2, "pow"},
    {"square", Op::whole_power, 1, 1, "square", Recipe::square},
});

}  // namespace

bool FunctionName::reserved() const {
  if (is_alias()) return name == "log" || name == "√" || name == kFraction;
  return recipe == Recipe::operation && op != Op::log2 && op != Op::log10;
}

const FunctionName* find_function(std::string_view name) {
  for (const FunctionName& function : kFunctions)
    if (function.name == name) return &function;
  return nullptr;
}

const FunctionName* find_function_any_case(std::string_view name) {
  const FunctionName* exact = find_function(name);
  return exact != nullptr ? exact : find_function(lower_case(name));
}

const FunctionName* function_at_the_front(std::string_view word) {
  const FunctionName* longest = nullptr;
  for (const FunctionName& function : kFunctions)
    if (word.starts_with(function.name) && (longest == nullptr || function.name.size() > longest->name.size()))
      longest = &function;
  return longest;
}

const FunctionName* inverse_of(const FunctionName& function) {
  if (function.recipe != Recipe::operation) return nullptr;
  if (function.op == Op::sin) return find_function("asin");
  if (function.op == Op::cos) return find_function("acos");
  return function.op == Op::tan ? find_function("atan") : nullptr;
}

std::string function_names() {
  std::string list;
  for (const FunctionName& function : kFunctions) {
    if (function.is_alias() || function.recipe == Recipe::square) continue;
    list += (list.empty() ? "" : ", ") + std::string(function.name);
  }
  return list;
}

std::string quoted(std::string_view text) {
  std::string quote = "'";
  std::size_t end = std::min(text.size(), kMaxParameterName);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  quote += text.substr(0, end);
  quote += end < text.size() ? "…'" : "'";
  return quote;
}

std::string arguments_text(int count) {
  return core::counted(static_cast<std::uint64_t>(count), "argument");
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

}  // namespace descent::autodiff
