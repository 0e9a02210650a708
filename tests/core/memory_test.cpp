// SPDX-License-Identifier: MIT
#include "engine/core/memory.h"

#include <doctest/doctest.h>

#include <limits>

#include "tests/support/memory_limit.h"

namespace descent::testing {
namespace {

TEST_CASE("there is room for little, and none for more than there can be") {
  CHECK(core::room_for(0));
  CHECK(core::room_for(1'000'000));
  CHECK_FALSE(core::room_for(std::numeric_limits<std::uint64_t>::max()));
  CHECK_FALSE(core::room_for(std::numeric_limits<std::size_t>::max()));
  if constexpr (sizeof(std::size_t) == 4) CHECK_FALSE(core::room_for(4'000'000'000));
}

TEST_CASE("tests can have less room than the machine has") {
  {
    const MemoryLimit limit(1000);
    CHECK(core::room_for(1000));
    CHECK_FALSE(core::room_for(1001));
  }
  CHECK(core::room_for(1001));
}

TEST_CASE("a vector that grows by one keeps at most an eighth unused, and is not moved at each step") {
  std::vector<int> vector;
  int moves = 0;
  for (int i = 0; i < 100000; ++i) {
    const int* before = vector.data();
    core::reserve_growing(vector, vector.size() + 1);
    if (vector.data() != before) ++moves;
    vector.push_back(i);
    CHECK(vector.capacity() <= vector.size() + std::max<std::size_t>(64, vector.size() / 8));
  }
  CHECK(moves < 100);
  const std::size_t had = vector.capacity();
  core::reserve_growing(vector, 10);
  CHECK(vector.capacity() == had);
  core::reserve_growing(vector, 10 * had);
  CHECK(vector.capacity() == 10 * had);
}

}  // namespace
}  // namespace descent::testing
