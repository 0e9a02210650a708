// SPDX-License-Identifier: MIT
// The formula that a text is.
#pragma once

#include <doctest/doctest.h>

#include <string_view>
#include <utility>

#include "engine/autodiff/expression.h"

namespace descent::test {

inline autodiff::Expression parsed(std::string_view text) {
  auto expression = autodiff::Expression::parse(text);
  REQUIRE_MESSAGE(expression.ok(), text, ": ", expression.ok() ? "" : expression.message());
  return std::move(expression).value();
}

}  // namespace descent::test
