// SPDX-License-Identifier: MIT
// Words that are several in one: sin2x = sin(2·x), xsiny = x·sin(y), xy = x·y, xe = x·e, ax = a·x, w1x = w1·x. A word
// is taken apart where all of its pieces are functions with something behind them, coordinates, numbers behind a
// function, pi and e; in front one letter of another kind, a parameter, may stand, with its number if it has one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/autodiff/formula_reader/coordinate_names.h"

namespace descent::autodiff {

struct GluedPiece {
  TokenKind kind = TokenKind::variable;  // variable, number, constant, function or parameter
  std::size_t begin = 0;                 // bytes of the word
  std::size_t size = 0;
  double number = 0;
  std::string_view name;  // of a constant
  int coordinate = 0;
  const FunctionName* function = nullptr;
};

struct GluedContext {
  const CoordinateNames& coordinates;
  bool called = false;        // a parenthesis follows
  bool followed = false;      // something follows that a function could be applied to
  bool goes_on = false;       // a factor follows that belongs to a function's argument: sinx y = sin(x·y)
  bool after_number = false;  // it stands directly behind a number: 2ax
};

struct GluedWord {
  std::vector<GluedPiece> pieces;  // none: the word is one
  std::string note;                // "sin2x is read as sin(2·x)"
};

[[nodiscard]] GluedWord split_glued(std::string_view word, const GluedContext& context);

// A sentence where a parameter's name looks as if something else was meant: "xc is read as one parameter; …"; else
// empty.
[[nodiscard]] std::string doubt_about(std::string_view parameter, const CoordinateNames& coordinates);

}  // namespace descent::autodiff
