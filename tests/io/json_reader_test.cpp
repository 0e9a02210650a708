// SPDX-License-Identifier: MIT
// JsonReader: good fields are set, absent ones leave the default, and every mistake is a sentence with the whole path
// and what is allowed; the first error stays.
#include "engine/io/json_reader.h"

#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <string>

namespace {

using namespace descent::io;

JsonValue parsed(const std::string& text) {
  auto value = parse_json(text, "the test");
  REQUIRE(value.ok());
  return *value;
}

// The message after `read` has taken what it wants from `text`.
std::string message_of(const std::string& text, const std::function<void(JsonReader&)>& read) {
  const JsonValue value = parsed(text);
  JsonReader reader(value, "the state");
  read(reader);
  return reader.status() ? "no error" : reader.status().message();
}

TEST_CASE("json reader: fields of every type") {
  const JsonValue value = parsed(R"({"rate": 0.5, "steps": 7, "seed": 9007199254740991, "on": true, "name": "adam",
    "start": [1, 2.5], "list": [3, 4, 5], "mode": "log", "marks": ["z", "x"], "hyper": {"beta1": 0.9, "beta2": 1e-3}, "nothing": null})");
  JsonReader reader(value, "the state");
  double rate = 0;
  std::int64_t steps = 0;
  std::uint64_t seed = 0;
  int small = 0;
  bool on = false;
  std::string name;
  std::array<double, 2> start{};
  std::vector<double> list;
  int mode = -1;
  std::vector<int> marks;
  constexpr std::array<std::string_view, 3> kMarks = {"x", "y", "z"};
  std::vector<descent::core::NamedValue> hyper;
  constexpr std::array<std::string_view, 2> kModes = {"linear", "log"};
  CHECK(reader.read("rate", rate, 0.0, 1.0));
  CHECK(reader.read("steps", steps, 0, 10));
  CHECK(reader.read("steps", small, 0, 10));
  CHECK(reader.read("seed", seed, 0, UINT64_MAX));
  CHECK(reader.read("on", on));
  CHECK(reader.read("name", name));
  CHECK(reader.read_numbers("start", start));
  CHECK(reader.read_numbers("list", list, 3));
  CHECK(reader.read_choice("mode", mode, kModes));
  CHECK(reader.read_choices("marks", marks, kMarks));
  CHECK(reader.read_named_numbers("hyper", hyper));
  CHECK_FALSE(reader.read("nothing", rate, 0.0, 1.0));
  CHECK_FALSE(reader.read("absent", rate, 0.0, 1.0));
  reader.refuse_others();
  reader.require({"rate"});
  REQUIRE(reader.status().ok());
  CHECK(rate == 0.5);
  CHECK(steps == 7);
  CHECK(small == 7);
  CHECK(seed == 9007199254740991ULL);
  CHECK(on);
  CHECK(name == "adam");
  CHECK(start == std::array<double, 2>{1, 2.5});
  CHECK(list == std::vector<double>{3, 4, 5});
  CHECK(mode == 1);
  CHECK(marks == std::vector<int>{2, 0});
  REQUIRE(hyper.size() == 2);
  CHECK(hyper[1].name == "beta2");
  CHECK(hyper[1].value == 1e-3);
  CHECK(reader.has("rate"));
  CHECK_FALSE(reader.has("nothing"));
}

TEST_CASE("json reader: mistakes carry the whole path") {
  const std::string text = R"({"optimizers": [{}, {}, {"hyperparameters": {"learning_rate": "abc"}}]})";
  const std::string message = message_of(text, [](JsonReader& reader) {
    for (JsonReader& item : reader.objects("optimizers", 16)) {
      std::vector<descent::core::NamedValue> values;
      item.read_named_numbers("hyperparameters", values);
    }
  });
  CHECK(message == "optimizers[2].hyperparameters.learning_rate is 'abc'; it must be a number");
}

TEST_CASE("json reader: numbers outside their limits") {
  const auto real = [](JsonReader& reader) {
    double rate = 3;
    CHECK_FALSE(reader.read("rate", rate, 0.0, 1.5));
    CHECK(rate == 3);
  };
  CHECK(message_of(R"({"rate": -0.1})", real) == "rate is -0.1; it must be between 0 and 1.5");
  CHECK(message_of(R"({"rate": 1e300})", real) == "rate is 1e+300; it must be between 0 and 1.5");
  CHECK(message_of(R"({"rate": [1]})", real) == "rate is a list; it must be a number");
  const auto whole = [](JsonReader& reader) {
    int batch = 3;
    CHECK_FALSE(reader.read("batch_size", batch, 1, 4096));
    CHECK(batch == 3);
  };
  for (const std::string bad : {"0", "1e+09", "2.5", "-1", "\"32\"", "true", "1e+300"}) {
    const std::string shown = bad == "\"32\"" ? "'32'" : bad == "1e+09" ? "1000000000" : bad;
    CHECK(message_of(R"({"batch_size": )" + bad + "}", whole) ==
          "batch_size is " + shown + "; it must be a whole number between 1 and 4096");
  }
  const auto seed = [](JsonReader& reader) {
    std::uint64_t value = 0;
    CHECK_FALSE(reader.read("seed", value, 0, UINT64_MAX));
  };
  CHECK(message_of(R"({"seed": 9007199254740992})", seed) ==
        "seed is 9007199254740992; it must be a whole number between 0 and 9007199254740991");
}

TEST_CASE("json reader: lists of choices") {
  const auto marks = [](JsonReader& reader) {
    constexpr std::array<std::string_view, 2> kMarks = {"x", "y"};
    std::vector<int> read{7};
    CHECK_FALSE(reader.read_choices("marks", read, kMarks));
    CHECK(read == std::vector<int>{7});
  };
  CHECK(message_of(R"({"marks": ["x", "w"]})", marks) == "marks[1] is 'w'; it must be one of x, y");
  CHECK(message_of(R"({"marks": ["y", "y"]})", marks) == "marks[1] is 'y'; it must be listed once");
  CHECK(message_of(R"({"marks": ["x", "y", "x"]})", marks) == "marks has 3 entries; the limit is 2");
  CHECK(message_of(R"({"marks": [1]})", marks) == "marks[0] is 1; it must be one of x, y");
  CHECK(message_of(R"({"marks": "x"})", marks) == "marks is 'x'; it must be a list");
}

TEST_CASE("json reader: wrong types, lengths and unknown names") {
  const auto with = [](const std::string& text, const std::function<void(JsonReader&)>& read) {
    return message_of(text, read);
  };
  const auto start = [](JsonReader& reader) {
    std::array<double, 2> point{};
    reader.read_numbers("start", point);
  };
  CHECK(with(R"({"start": [1]})", start) == "start has 1 number; it must have 2");
  CHECK(with(R"({"start": [1, 2, 3]})", start) == "start has 3 numbers; it must have 2");
  CHECK(with(R"({"start": [1, "x"]})", start) == "start[1] is 'x'; it must be a finite number");
  CHECK(with(R"({"start": 3})", start) == "start is 3; it must be a list");
  const auto mode = [](JsonReader& reader) {
    constexpr std::array<std::string_view, 2> kModes = {"contour", "3d"};
    int index = 0;
    reader.read_choice("view", index, kModes);
  };
  CHECK(with(R"({"view": "4d"})", mode) == "view is '4d'; it must be one of contour, 3d");
  CHECK(with(R"({"view": 1})", mode) == "view is 1; it must be one of contour, 3d");
  CHECK(with(R"({"on": 1})", [](JsonReader& reader) {
          bool on = false;
          reader.read("on", on);
        }) == "on is 1; it must be true or false");
  CHECK(with(R"({"name": "abcdef"})", [](JsonReader& reader) {
          std::string name;
          reader.read("name", name, 5);
        }) == "name has 6 bytes; the limit is 5");
  CHECK(with(R"({"list": [{}, 1]})", [](JsonReader& reader) { (void)reader.objects("list", 4); }) ==
        "list[1] is 1; it must be an object");
  CHECK(with(R"({"list": [{}, {}]})", [](JsonReader& reader) { (void)reader.objects("list", 1); }) ==
        "list has 2 entries; the limit is 1");
  CHECK(with(R"({"view": "x"})", [](JsonReader& reader) { reader.object("view").refuse_others(); }) ==
        "view is 'x'; it must be an object");
}

TEST_CASE("json reader: unknown and missing fields, at the root and inside") {
  CHECK(message_of(R"({"learnin_rate": 1})", [](JsonReader& reader) {
          double value = 0;
          reader.read("learning_rate", value, 0, 1);
          reader.read("momentum", value, 0, 1);
          reader.refuse_others();
        }) == "the state has an unknown field 'learnin_rate'; known are learning_rate, momentum");
  CHECK(message_of(R"({"race": {"speed": 1, "spede": 2}})", [](JsonReader& reader) {
          JsonReader race = reader.object("race");
          double value = 0;
          race.read("speed", value, 0, 1);
          race.refuse_others();
        }) == "race has an unknown field 'spede'; known are speed");
  CHECK(message_of("{}", [](JsonReader& reader) { reader.require({"surface"}); }) ==
        "the state lacks the field 'surface'");
  CHECK(message_of("{}", [](JsonReader& reader) { reader.object("race").refuse_others(); }) == "no error");
}

TEST_CASE("json reader: a root that is no object, and the first error stays") {
  CHECK(message_of("[1]", [](JsonReader& reader) {
          reader.require({"x"});
          reader.refuse_others();
        }) == "the state is a list; it must be an object");
  CHECK(message_of(R"({"a": "x", "b": "y"})", [](JsonReader& reader) {
          double value = 0;
          reader.read("b", value, 0, 1);
          reader.read("a", value, 0, 1);
          reader.fail("a", "is odd");
        }) == "b is 'y'; it must be a number");
}

TEST_CASE("json reader: long texts are cut in messages, between characters") {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "é";
  const std::string message = message_of(R"({"a": ")" + text + R"("})", [](JsonReader& reader) {
    double value = 0;
    reader.read("a", value, 0, 1);
  });
  CHECK(message == "a is '" + text.substr(0, 40) + "…'; it must be a number");
}

}  // namespace
