// SPDX-License-Identifier: MIT
// Functions by name, see expression_names.h.
#include "engine/autodiff/expression_names.h"

#include <array>
#include <limits>

namespace descent::autodiff {
namespace {

constexpr int kAny = std::numeric_limits<int>::max();

constexpr auto kFunctions = std::to_array<FunctionName>({
    {"sin", Op::sin, 1, 1},     {"cos", Op::cos, 1, 1},
    {"tan", Op::tan, 1, 1},     {"asin", Op::asin, 1, 1},
    {"acos", Op::acos, 1, 1},   {"atan", Op::atan, 1, 1},
    {"atan2", Op::atan2, 2, 2}, {"sinh", Op::sinh, 1, 1},
    {"cosh", Op::cosh, 1, 1},   {"tanh", Op::tanh, 1, 1},
    {"exp", Op::exp, 1, 1},     {"log", Op::log, 1, 1},
    {"ln", Op::log, 1, 1},      {"sqrt", Op::sqrt, 1, 1},
    {"√", Op::sqrt, 1, 1},      {"abs", Op::abs, 1, 1},
    {"min", Op::min, 2, kAny},  {"max", Op::max, 2, kAny},
    {"pow", Op::power, 2, 2},   {"sigmoid", Op::sigmoid, 1, 1},
    {"relu", Op::relu, 1, 1},   {"gaussian", Op::gaussian, 1, 1},
});

}  // namespace

std::span<const FunctionName> function_catalog() {
  return kFunctions;
}

const FunctionName* find_function(std::string_view name) {
  for (const FunctionName& function : kFunctions)
    if (function.name == name) return &function;
  return nullptr;
}

std::string function_names() {
  std::string list;
  for (const FunctionName& function : kFunctions) {
    if (!list.empty()) list += ", ";
    list += function.name;
  }
  return list;
}

std::string quoted(std::string_view text) {
  std::string quote(1, '\'');
  quote += text.substr(0, kMaxParameterName);
  quote += text.size() > kMaxParameterName ? "…'" : "'";  // only names are longer, and they are ASCII
  return quote;
}

std::string arguments_text(int count) {
  return std::to_string(count) + (count == 1 ? " argument" : " arguments");
}

std::vector<std::string> notes_about(std::span<const std::string> parameters) {
  std::vector<std::string> notes;
  for (const std::string& name : parameters) {
    if (name == "X" || name == "Y") {
      notes.push_back(name + " is read as a parameter; the coordinates are the small letters x and y");
    } else if (name.size() > 1 && name.find_first_not_of("xy") == std::string::npos) {
      std::string product(1, name[0]);
      for (const char c : std::string_view(name).substr(1)) product += std::string("*") + c;
      notes.push_back(name + " is read as one parameter; the product is written " + product);
    }
  }
  return notes;
}

}  // namespace descent::autodiff
