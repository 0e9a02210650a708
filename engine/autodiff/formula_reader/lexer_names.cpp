// SPDX-License-Identifier: MIT
// Names in a formula: letters, digits and subscripts, x[0] of programs, and modules before them, see lexer.h.
#include <algorithm>
#include <array>
#include <string_view>

#include "engine/autodiff/formula_reader/lexer.h"
#include "engine/autodiff/formula_reader/text_cursor.h"
#include "engine/core/fill.h"

namespace descent::autodiff {
namespace {

// An index behind a name becomes part of it, as vectors are written in programs: x[0], and x(1) beside an x(2).
void index_in_brackets(TextCursor& cursor, Token& token) {
  const bool vector = token.text == "x" || token.text == "X";
  const auto has = [&](std::string_view index) {
    return cursor.text().find(token.text + std::string(index)) != std::string_view::npos;
  };
  const bool round = vector && cursor.at_sign(U'(') && has("(1)") && has("(2)");
  if ((!cursor.at_sign(U'[') && !round) || find_function(token.text) != nullptr) return;
  const TextCursor::Place before = cursor.place();
  cursor.take();
  const std::string index = cursor.take_digits(token.altered);
  if (index.empty() || index.size() > 2 || !cursor.at_sign(round ? U')' : U']')) return cursor.go_to(before);
  cursor.take();
  token.altered = true;
  token.text += "_" + index;
  if (vector) return;
  token.kind = TokenKind::fault;
  token.text = core::fill("only x[0] and x[1] are read as coordinates; write {} for a parameter", token.text);
}

// A module before a name is left out: np.sin, math.pi.
bool drop_module(TextCursor& cursor, Token& token) {
  constexpr auto kModules =
      std::to_array<std::string_view>({"np", "numpy", "jnp", "math", "Math", "cmath", "torch", "tf", "F", "nn",
                                       "functional", "special", "scipy", "sp", "sympy"});
  if (!cursor.at_sign(U'.') || cursor.peek(cursor.peek().size).kind != CharacterKind::letter) return false;
  if (std::find(kModules.begin(), kModules.end(), token.text) == kModules.end()) return false;
  cursor.take();
  token.altered = true;
  return true;
}

}  // namespace

// A subscript is part of the name before it: x₁ and x_{1} are x_1.
void read_subscript(TextCursor& cursor, Token& token) {
  if (cursor.peek().kind == CharacterKind::subscript) {
    token.altered = true;
    if (!token.text.ends_with('_')) token.text += '_';
    for (Character c = cursor.peek(); c.kind == CharacterKind::subscript; c = cursor.peek()) {
      token.text += static_cast<char>('0' + c.number);
      cursor.take();
    }
    return;
  }
  if (!token.text.ends_with('_') || !cursor.at_sign(U'{')) return;
  const TextCursor::Place before = cursor.place();
  cursor.take();
  std::string inside;
  for (Character c = cursor.peek(); c.kind == CharacterKind::letter || c.kind == CharacterKind::digit;
       c = cursor.peek())
    append_utf8(inside, cursor.take().plain);
  if (inside.empty() || !cursor.at_sign(U'}')) return cursor.go_to(before);
  cursor.take();
  token.text += inside;
  token.altered = true;
}

// ASCII letters go together, a Greek letter stands alone; digits and subscripts belong to what is before them.
Token read_name(TextCursor& cursor, Token token) {
  token.kind = TokenKind::name;
  do {
    token.text.clear();
    const bool alone = is_greek(cursor.peek().plain);
    for (Character c = cursor.peek(); c.kind == CharacterKind::letter || c.kind == CharacterKind::digit;
         c = cursor.peek()) {
      const bool goes_on = token.text.empty() || c.kind == CharacterKind::digit || c.plain == U'_' ||
                           token.text.ends_with('_') || (!alone && !is_greek(c.plain));
      if (!goes_on || (token.text == "π" && c.plain != U'_')) break;
      token.altered = token.altered || c.is_look_alike();
      append_utf8(token.text, cursor.take().plain);
    }
  } while (drop_module(cursor, token));
  read_subscript(cursor, token);
  index_in_brackets(cursor, token);
  return token;
}

}  // namespace descent::autodiff
