// SPDX-License-Identifier: MIT
// Sentences as templates: holes in order and by place, doubled braces, and patterns that are no patterns.
#include "engine/core/fill.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>

using descent::core::fill;
using descent::core::fill_values;
using descent::core::FillValue;
using descent::core::holes_of;

TEST_CASE("values come in order, texts and whole numbers of every kind") {
  const std::string name = "Adam";
  CHECK(fill("{} arrives after {} steps", name, 45) == "Adam arrives after 45 steps");
  CHECK(fill("{}{}{}", "a", std::string_view("b"), std::string("c")) == "abc");
  CHECK(fill("{}", std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
  CHECK(fill("{}", std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
  CHECK(fill("{}", 0) == "0");
  CHECK(fill("η = {} × 10⁻³", "2") == "η = 2 × 10⁻³");
}

TEST_CASE("values come by their place") {
  CHECK(fill("{1} before {0}, {1} again", "a", "b") == "b before a, b again");
}

TEST_CASE("a doubled brace is one; braces in values are theirs") {
  CHECK(fill("{{optimizer: {}}", "adam") == "{optimizer: adam}");
  CHECK(fill("[{}]", "{}") == "[{}]");
}

TEST_CASE("patterns are counted when they are compiled") {
  static_assert(holes_of("no hole") == 0);
  static_assert(holes_of("{} and {}") == 2);
  static_assert(holes_of("{1} and {0}") == 2);
  static_assert(holes_of("{{}") == 0);
  static_assert(holes_of("{name}") == -1);
  static_assert(holes_of("{} and {0}") == -1);
  static_assert(holes_of("open {") == -1);
}

TEST_CASE("a pattern from a table that does not fit loses its hole and nothing else") {
  const FillValue one[] = {FillValue("a")};
  CHECK(fill_values("{} and {}.", one) == "a and .");
  CHECK(fill_values("{7}.", one) == ".");
  CHECK(fill_values("open {", one) == "open a");
}
