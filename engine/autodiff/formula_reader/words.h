// SPDX-License-Identifier: MIT
// Tells what the names of a formula are: coordinates, constants, functions, parameters, or several of them written in
// one (sin2x, xsiny, 2xy). Some of that only the whole formula tells: x1 and x2 are the coordinates where there is no x
// and no y, and u and v are where f(u, v) = … stands in front. Whatever is not read as it stands is said in a note.
#pragma once

#include <string>
#include <vector>

#include "engine/autodiff/formula_reader/lexer.h"

namespace descent::autodiff {

struct Words {
  std::vector<Token> tokens;  // no names any more: numbers, variables, parameters, functions and signs; `end` last
  std::vector<std::string> notes;
  bool altered = false;      // something is not read as it stands
  std::string decimal_hint;  // where 0,5 stands between arguments: what to write if it is meant as a number
};

[[nodiscard]] Words words_of(std::vector<Token> tokens);

}  // namespace descent::autodiff
