// SPDX-License-Identifier: MIT
// Result and Status: a value or an error, moved out or looked at.
#include "engine/core/result.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>

using namespace descent::core;

namespace {

Result<int> half(int n) {
  if (n % 2 != 0) return Error{std::to_string(n) + " is odd"};
  return n / 2;
}

}  // namespace

TEST_CASE("a Result holds a value or an error") {
  const Result<int> good = half(8);
  CHECK(good.ok());
  CHECK(static_cast<bool>(good));
  CHECK(*good == 4);
  const Result<int> bad = half(7);
  CHECK_FALSE(bad.ok());
  CHECK(bad.message() == "7 is odd");
  CHECK(bad.error().message == "7 is odd");
}

TEST_CASE("values that cannot be copied are moved out") {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
  REQUIRE(result.ok());
  const std::unique_ptr<int> out = std::move(result).value();
  CHECK(*out == 5);
}

TEST_CASE("members through the arrow, changes through the reference") {
  Result<std::string> text = std::string("ab");
  CHECK(text->size() == 2);
  *text += "c";
  CHECK(text.value() == "abc");
}

TEST_CASE("Status is success unless given an error") {
  CHECK(Status().ok());
  const Status failed = Error{"no"};
  CHECK_FALSE(failed.ok());
  CHECK(failed.message() == "no");
}
