// SPDX-License-Identifier: MIT
// Blocks of an answer: each says its type, its place and its shape, and begins where its elements may.
#include "engine/script/answer_blocks.h"

#include <doctest/doctest.h>

#include <cstring>

namespace descent::testing {
namespace {

enum class Small : std::uint8_t { one = 1, two = 2 };

TEST_CASE("blocks of all types lie one after the other, aligned") {
  script::AnswerBlocks blocks;
  const std::vector<std::uint8_t> bytes{1, 2, 3};
  const std::vector<double> doubles{0.5, -2};
  const std::vector<Small> small{Small::two};
  const std::vector<std::int32_t> integers{7, 8, 9, -1};
  const std::vector<float> floats{1.5F, 2.5F};
  const script::Answer answer = blocks.answer(io::JsonValue::object({{"a", blocks.add(bytes)},
                                                                     {"b", blocks.add(doubles, {2, 1})},
                                                                     {"c", blocks.add(small)},
                                                                     {"d", blocks.add(integers, {2, 2})},
                                                                     {"e", blocks.add(floats)}}));
  CHECK(answer.json == R"({"a":{"$block":"uint8","at":0,"shape":[3]},)"
                       R"("b":{"$block":"float64","at":8,"shape":[2,1]},)"
                       R"("c":{"$block":"uint8","at":24,"shape":[1]},)"
                       R"("d":{"$block":"int32","at":28,"shape":[2,2]},)"
                       R"("e":{"$block":"float32","at":44,"shape":[2]}})");
  REQUIRE(answer.bytes.size() == 52);
  CHECK(std::memcmp(answer.bytes.data() + 8, doubles.data(), 16) == 0);
  CHECK(answer.bytes[24] == 2);
  CHECK(std::memcmp(answer.bytes.data() + 28, integers.data(), 16) == 0);
  CHECK(std::memcmp(answer.bytes.data() + 44, floats.data(), 8) == 0);
}

TEST_CASE("a block may be empty, and an answer may be one") {
  script::AnswerBlocks blocks;
  const script::Answer answer = blocks.answer(blocks.add(std::vector<double>()));
  CHECK(answer.json == R"({"$block":"float64","at":0,"shape":[0]})");
  CHECK(answer.bytes.empty());
}

}  // namespace
}  // namespace descent::testing
