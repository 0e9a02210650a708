// SPDX-License-Identifier: MIT
// JSON: what is read is what was written, numbers bit for bit; limits and mistakes end in a sentence; random bytes end
// in a value or a sentence.
#include "engine/io/json.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <string>

#include "tests/support/bytes.h"

namespace {

using namespace descent::io;
using descent::test::contains;

std::string error_of(const std::string& text, const JsonLimits& limits = {}) {
  const auto result = parse_json(text, "the text", limits);
  return result ? "no error" : result.message();
}

TEST_CASE("json: every type is read, members keep their order") {
  const auto parsed = parse_json(R"( {"z": [1, -2.5e3, true, null], "a": {"text": "é\n\"\\"}} )", "the text");
  REQUIRE(parsed.ok());
  REQUIRE(parsed->is_object());
  CHECK(parsed->members()[0].name == "z");
  const JsonValue::Array& items = parsed->find("z")->items();
  CHECK(items[0].as_number() == 1);
  CHECK(items[1].as_number() == -2500);
  CHECK(items[2].as_bool());
  CHECK(items[3].is_null());
  CHECK(parsed->find("a")->find("text")->as_string() == "é\n\"\\");
  CHECK(parsed->find("b") == nullptr);
  CHECK(items[0].find("b") == nullptr);
}

TEST_CASE("json: trees are written as they look and come back equal") {
  JsonValue value = JsonValue::object({{"name", "adam"}, {"on", true}, {"steps", 12}, {"empty", JsonValue::array()}});
  value.set("start", JsonValue::array({-1.2, 1.0})).set("none", JsonValue()).set("deep", JsonValue::object());
  value.set("steps", 13);
  const std::string text = write_json(value);
  CHECK(text == R"({"name":"adam","on":true,"steps":13,"empty":[],"start":[-1.2,1],"none":null,"deep":{}})");
  const auto back = parse_json(text, "the text");
  REQUIRE(back.ok());
  CHECK(*back == value);
  value.set("steps", 14);
  CHECK_FALSE(*back == value);
}

TEST_CASE("json: control characters and quotes in texts survive") {
  std::string text;
  for (char c = 1; c < 127; ++c) text += c;
  const auto back = parse_json(write_json(JsonValue(text)), "the text");
  REQUIRE(back.ok());
  CHECK(back->as_string() == text);
  CHECK(write_json(JsonValue(std::string(1, '\0'))) == "\"\\u0000\"");
}

TEST_CASE("json: numbers come back as the same bits") {
  descent::core::Rng rng(11);
  int compared = 0;
  for (int i = 0; i < 5000; ++i) {
    const double number = std::bit_cast<double>(rng.next());
    if (!std::isfinite(number)) continue;
    const auto back = parse_json(write_json(JsonValue(number)), "the text");
    REQUIRE(back.ok());
    CHECK(std::bit_cast<std::uint64_t>(back->as_number()) == std::bit_cast<std::uint64_t>(number));
    ++compared;
  }
  CHECK(compared > 4000);
  for (const double number : {0.1, 1e-8, 5e-324, 1.7976931348623157e308, 9007199254740991.0, -0.0}) {
    const auto back = parse_json(write_json(JsonValue(number)), "the text");
    REQUIRE(back.ok());
    CHECK(std::bit_cast<std::uint64_t>(back->as_number()) == std::bit_cast<std::uint64_t>(number));
  }
}

TEST_CASE("json: what is no number is written as null") {
  CHECK(write_json(JsonValue(std::nan(""))) == "null");
  CHECK(write_json(JsonValue(-std::numeric_limits<double>::infinity())) == "null");
}

TEST_CASE("json: mistakes are named with their place") {
  CHECK(error_of("") == "the text is not the JSON it should be: it ends too early, after 0 bytes");
  CHECK(error_of("{\"a\": [1, 2") == "the text is not the JSON it should be: it ends too early, after 11 bytes");
  CHECK(contains(error_of("[1, nope]"), "it cannot be read at byte 6"));
  CHECK(contains(error_of("{} x"), "it cannot be read at byte 4"));
  CHECK(contains(error_of("NaN"), "it cannot be read at byte 1"));
  CHECK(contains(error_of("[1e999]"), "the number 1e999 is too large"));
  CHECK(contains(error_of("\"\xff\xfe\""), "it cannot be read at byte"));
  CHECK(contains(error_of("{\"a\": 1, \"b\": 2, \"a\": 3}"), "the name 'a' occurs twice in one object"));
}

TEST_CASE("json: limits of size, depth and number of values") {
  CHECK(error_of(std::string(200, ' '), {.bytes = 100}) == "the text has 200 bytes; the limit is 100");
  CHECK(contains(error_of(std::string((1 << 20) + 1, ' ')), "the limit is 1048576"));
  CHECK(contains(error_of(std::string(65536, '[')), "it is nested more than 64 levels deep"));
  CHECK(contains(error_of(std::string(65, '[') + std::string(65, ']')), "more than 64 levels"));
  CHECK(error_of(std::string(64, '[') + std::string(64, ']')) == "no error");
  std::string nested;
  for (int i = 0; i < 20000; ++i) nested += "{\"a\":";
  CHECK(contains(error_of(nested), "it is nested more than 64 levels deep"));
  CHECK(contains(error_of("[1,2,3]", {.values = 3}), "it has more than 3 values"));
  CHECK(error_of("[1,2,3]", {.values = 4}) == "no error");
}

TEST_CASE("json: an object of very many members takes no more than sorting them") {
  std::string text = "{";
  for (int i = 0; i < 60000; ++i) text += "\"" + std::to_string(i) + "\":0,";
  text += "\"0\":0}";
  CHECK(contains(error_of(text), "the name '0' occurs twice"));
}

TEST_CASE("json: random and damaged texts end in a value or a sentence") {
  descent::core::Rng rng(5);
  const std::string good = R"({"surface":"rosenbrock","start":[-1.2,1],"list":[{"a":1e-3},{"b":"x"}],"flag":true})";
  const descent::test::Bytes original = descent::test::bytes_of(good);
  int accepted = 0;
  for (int i = 0; i < 4000; ++i) {
    const descent::test::Bytes bytes =
        i % 8 == 0 ? descent::test::random_bytes(rng, rng.below(60)) : descent::test::damaged(rng, original);
    const auto result = parse_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, "the text");
    if (result) {
      ++accepted;
      const auto again = parse_json(write_json(*result), "the text");
      REQUIRE(again.ok());
      CHECK(*again == *result);
    } else {
      CHECK(contains(result.message(), "the text"));
    }
  }
  CHECK(accepted > 0);
}

}  // namespace
