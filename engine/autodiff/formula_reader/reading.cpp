// SPDX-License-Identifier: MIT
#include "engine/autodiff/formula_reader/reading.h"

#include <utility>

namespace descent::autodiff {
namespace {

using Level = Reading::Level;

constexpr std::size_t kLongestAbove = 3;  // digits above the line

std::string in_parentheses(std::string text) {
  return "(" + std::move(text) + ")";
}

// The reading as an operand: in parentheses unless it binds at least as tightly as `least`.
std::string operand(Reading reading, Level least) {
  return reading.level >= least ? std::move(reading.text) : in_parentheses(std::move(reading.text));
}

std::string above_the_line(std::string_view digits) {
  constexpr std::string_view kAbove[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  for (const char c : digits) text += c == '-' ? std::string_view("⁻") : kAbove[c - '0'];
  return text;
}

// A quotient before a sign of multiplication is put in parentheses: (1/2)·x.
std::string left_factor(Reading left, Op op) {
  const bool quotient = left.level == Level::quotient && op == Op::multiply;
  return operand(std::move(left), quotient ? Level::sign : Level::product);
}

}  // namespace

Reading reading_of_number(std::string text) {
  const bool digits =
      !text.empty() && text.size() <= kLongestAbove && text.find_first_not_of("0123456789") == std::string::npos;
  return {std::move(text), Level::atom, digits};
}

Reading reading_of_name(std::string_view name) {
  return {std::string(name)};
}

Reading negated(Reading inner) {
  return {"-" + operand(std::move(inner), Level::power), Level::sign};
}

Reading joined(Op op, Reading left, Reading right) {
  switch (op) {
    case Op::add:
    case Op::subtract: {
      std::string text = operand(std::move(left), Level::sum);
      text += op == Op::add ? " + " : " - ";
      // A sign behind a sign is put in parentheses, a sum on the right belongs together.
      text += right.level == Level::sign ? in_parentheses(std::move(right.text))
                                         : operand(std::move(right), Level::product);
      return {std::move(text), Level::sum};
    }
    case Op::multiply:
    case Op::divide: {
      std::string text = left_factor(std::move(left), op);
      text += op == Op::multiply ? "·" : "/";
      text += operand(std::move(right), Level::power);
      return {std::move(text), op == Op::multiply ? Level::product : Level::quotient};
    }
    default:
      if (right.digits) return {operand(std::move(left), Level::atom) + above_the_line(right.text), Level::power};
      return {operand(std::move(left), Level::atom) + "^" + operand(std::move(right), Level::atom), Level::power};
  }
}

Reading raised(Reading base, int exponent) {
  return {operand(std::move(base), Level::atom) + above_the_line(std::to_string(exponent)), Level::power};
}

Reading called(const FunctionName& function, std::span<Reading> arguments) {
  if (function.op == Op::power) return joined(Op::power, std::move(arguments[0]), std::move(arguments[1]));
  if (function.op == Op::divide) return joined(Op::divide, std::move(arguments[0]), std::move(arguments[1]));
  if (function.recipe == Recipe::square) return raised(std::move(arguments[0]), 2);
  std::string text(function.reads);
  text += "(";
  for (std::size_t i = 0; i < arguments.size(); ++i) text += (i == 0 ? "" : ", ") + arguments[i].text;
  return {text + ")"};
}

}  // namespace descent::autodiff
