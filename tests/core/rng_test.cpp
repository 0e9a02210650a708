// SPDX-License-Identifier: MIT
// Rng: the generator's first outputs against the algorithm's definition (computed independently of this code from the
// published recurrences of xoshiro256++ 1.0 and SplitMix64), then what is built on it: uniform, below, normal, shuffle,
// streams.
#include "engine/core/rng.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "tests/support/close.h"

using descent::core::Rng;
using descent::testing::close;

TEST_CASE("xoshiro256++ from the state 1, 2, 3, 4") {
  Rng rng;
  rng.set_state({1, 2, 3, 4});
  for (const std::uint64_t expected :
       std::array<std::uint64_t, 10>{41943041ULL, 58720359ULL, 3588806011781223ULL, 3591011842654386ULL,
                                     9228616714210784205ULL, 9973669472204895162ULL, 14011001112246962877ULL,
                                     12406186145184390807ULL, 15849039046786891736ULL, 10450023813501588000ULL})
    CHECK(rng.next() == expected);
}

TEST_CASE("the seed becomes a state by SplitMix64") {
  CHECK(Rng(1234567).state() == std::array<std::uint64_t, 4>{6457827717110365317ULL, 3203168211198807973ULL,
                                                             9817491932198370423ULL, 4593380528125082431ULL});
}

TEST_CASE("first outputs for the seeds 0 and 42, and for a second stream") {
  Rng zero(0);
  for (const std::uint64_t expected :
       std::array<std::uint64_t, 3>{5987356902031041503ULL, 7051070477665621255ULL, 6633766593972829180ULL})
    CHECK(zero.next() == expected);
  Rng answer(42);
  for (const std::uint64_t expected :
       std::array<std::uint64_t, 3>{15021278609987233951ULL, 5881210131331364753ULL, 18149643915985481100ULL})
    CHECK(answer.next() == expected);
  Rng stream(42, 1);
  for (const std::uint64_t expected :
       std::array<std::uint64_t, 3>{13134520056203151151ULL, 17516076279702789324ULL, 14157460837104194205ULL})
    CHECK(stream.next() == expected);
}

TEST_CASE("a stored state goes on where it was") {
  Rng rng(9);
  for (int i = 0; i < 100; ++i) rng.next();
  Rng copy;
  copy.set_state(rng.state());
  for (int i = 0; i < 100; ++i) CHECK(copy.next() == rng.next());
}

TEST_CASE("uniform numbers lie in [0, 1) and have the right moments") {
  Rng rng(1);
  double sum = 0;
  double squares = 0;
  double lowest = 1;
  double highest = 0;
  constexpr int kCount = 100000;
  for (int i = 0; i < kCount; ++i) {
    const double u = rng.uniform();
    lowest = std::min(lowest, u);
    highest = std::max(highest, u);
    sum += u;
    squares += u * u;
  }
  CHECK(lowest >= 0);
  CHECK(highest < 1);
  CHECK(close(sum / kCount, 0.5, 0, 0.004));  // more than four standard errors
  CHECK(close(squares / kCount, 1.0 / 3, 0, 0.004));
  for (int i = 0; i < 1000; ++i) {
    const double v = rng.uniform(-2, 5);
    CHECK(v >= -2);
    CHECK(v < 5);
  }
}

TEST_CASE("normal numbers have mean 0, variance 1 and the right tails") {
  Rng rng(2);
  double sum = 0;
  double squares = 0;
  int beyond_two = 0;
  constexpr int kCount = 100000;
  for (int i = 0; i < kCount; ++i) {
    const double z = rng.normal();
    REQUIRE(std::isfinite(z));
    sum += z;
    squares += z * z;
    beyond_two += std::abs(z) > 2 ? 1 : 0;
  }
  CHECK(close(sum / kCount, 0, 0, 0.015));
  CHECK(close(squares / kCount, 1, 0, 0.02));
  CHECK(close(beyond_two / static_cast<double>(kCount), 0.0455, 0, 0.003));
}

TEST_CASE("below() reaches every value about equally often and nothing else") {
  Rng rng(3);
  std::array<int, 7> counts{};
  for (int i = 0; i < 70000; ++i) {
    const std::uint64_t draw = rng.below(7);
    REQUIRE(draw < 7);
    ++counts[static_cast<std::size_t>(draw)];
  }
  for (const int count : counts) CHECK(close(count, 10000, 0, 450));
  CHECK(rng.below(1) == 0);
}

TEST_CASE("shuffle is a permutation, the same for the same seed, another for another") {
  const auto shuffled = [](std::uint64_t seed) {
    std::vector<int> items(100);
    for (int i = 0; i < 100; ++i) items[static_cast<std::size_t>(i)] = i;
    Rng rng(seed);
    rng.shuffle(std::span(items));
    return items;
  };
  const std::vector<int> first = shuffled(5);
  CHECK(first == shuffled(5));
  CHECK(first != shuffled(6));
  CHECK(std::set<int>(first.begin(), first.end()).size() == 100);
  CHECK_FALSE(std::is_sorted(first.begin(), first.end()));
}

TEST_CASE("streams of one seed differ") {
  std::set<std::uint64_t> firsts;
  for (std::uint64_t stream = 0; stream < 100; ++stream) firsts.insert(Rng(7, stream).next());
  CHECK(firsts.size() == 100);
}
