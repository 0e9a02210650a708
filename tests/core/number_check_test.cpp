// SPDX-License-Identifier: MIT
// Numbers that come from outside: what is let through, and the sentences of those that are not.
#include "engine/core/number_check.h"

#include <doctest/doctest.h>

#include <array>

#include "engine/core/rng.h"

using descent::core::check_hyperparameter;
using descent::core::check_positive;
using descent::core::check_seed;
using descent::core::check_whole;
using descent::core::kMaxSeed;
using descent::core::ParamSpec;
using descent::core::range_error;

TEST_CASE("whole numbers are let through from the lower to the upper limit") {
  CHECK(check_whole("steps", 1, 1, 100000).ok());
  CHECK(check_whole("steps", 100000, 1, 100000).ok());
  CHECK(check_whole("steps", 0, 1, 100000).message() == "steps is 0; it must be between 1 and 100,000");
  CHECK(check_whole("steps", 100001, 1, 100000).message() == "steps is 100001; it must be between 1 and 100,000");
}

TEST_CASE("a range is named with the digits that the caller chose") {
  CHECK(range_error("noise", "-0.5", 0, "1,000,000").message == "noise is -0.5; it must be between 0 and 1,000,000");
}

TEST_CASE("counts begin at 1, seeds end below 2^53") {
  CHECK(check_positive("step: n", 1).ok());
  CHECK(check_positive("step: n", 0).message() == "step: n is 0; it must be at least 1");
  CHECK(check_seed(kMaxSeed).ok());
  CHECK(check_seed(kMaxSeed + 1).message() == "seed is 9007199254740992; it must be below 2^53");
}

TEST_CASE("an index is one of a hyper-parameter that there is") {
  const std::array<ParamSpec, 2> specs{};
  CHECK(check_hyperparameter("adam", specs, 1).ok());
  CHECK(check_hyperparameter("adam", specs, 2).message() == "adam: hyper-parameter 2 does not exist; it has 2");
  CHECK(check_hyperparameter("adam", specs, -1).message() == "adam: hyper-parameter -1 does not exist; it has 2");
}
