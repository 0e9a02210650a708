// SPDX-License-Identifier: MIT
// Formulas in two notations compared, and what is said of a reading or a refusal.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "engine/autodiff/formula_reader/characters.h"
#include "tests/autodiff/parsed.h"

namespace descent::test {

struct Pair {
  const char* typed;
  const char* meant;  // with all its signs
};

inline std::string refusal(std::string_view text) {
  const auto expression = autodiff::Expression::parse(text);
  return expression.ok() ? "accepted as " + expression->reading() : expression.message();
}

// The same text as an input method for full-width letters types it: each sign of ASCII but the blank is 0xFEE0 on.
inline std::string full_width(std::string_view text) {
  std::string wide;
  for (const char c : text)
    if (c > ' ' && c < 0x7F)
      autodiff::append_utf8(wide, static_cast<char32_t>(c) + 0xFEE0);
    else
      wide += c;
  return wide;
}

// The same graph: operations, inputs, numbers and parameters, wherever they stand in the text.
inline bool same(const autodiff::Expression& a, const autodiff::Expression& b) {
  const auto alike = [](const autodiff::ExpressionNode& u, const autodiff::ExpressionNode& v) {
    return u.op == v.op && u.a == v.a && u.b == v.b && u.index == v.index &&
           (u.number == v.number || (std::isnan(u.number) && std::isnan(v.number)));
  };
  return a.parameters() == b.parameters() &&
         std::equal(a.nodes().begin(), a.nodes().end(), b.nodes().begin(), b.nodes().end(), alike);
}

// Both are the same formula, and so is the reading.
inline void means(const Pair& pair) {
  CAPTURE(pair.typed);
  CAPTURE(pair.meant);
  const auto typed = autodiff::Expression::parse(pair.typed);
  REQUIRE_MESSAGE(typed.ok(), typed.message());
  CAPTURE(typed->reading());
  CHECK(same(*typed, parsed(pair.meant)));
  CHECK(same(parsed(typed->reading()), *typed));
}

inline bool notes_say(std::string_view text, std::string_view words) {
  const autodiff::Expression expression = parsed(text);
  for (const std::string& note : expression.notes())
    if (note.find(words) != std::string::npos) return true;
  return false;
}

}  // namespace descent::test
