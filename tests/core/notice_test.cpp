// SPDX-License-Identifier: MIT
// Checks that every sentence has a number of its own, whoever says it.
#include "engine/core/notice.h"

#include <doctest/doctest.h>

using namespace descent;

TEST_CASE("a sentence that is said again is another one; nothing has the number 0") {
  core::Notice one, other;
  CHECK(one.text().empty());
  CHECK(one.number() == 0);
  one.say("No.");
  const std::uint64_t first = one.number();
  CHECK(one.text() == "No.");
  CHECK(first > 0);
  one.say("No.");
  CHECK(one.number() > first);
  other.say("No.");
  CHECK(other.number() > one.number());
  one.clear();
  CHECK(one.text().empty());
  CHECK(one.number() == 0);
}

TEST_CASE("a refusal is said until a command is accepted") {
  core::Notice notice;
  notice.say(core::Status(core::Error{"n is 0"}));
  CHECK(notice.text() == "n is 0");
  notice.say(core::Status());
  CHECK(notice.text().empty());
  CHECK(notice.number() == 0);
}
