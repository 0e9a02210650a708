// SPDX-License-Identifier: MIT
// JSON for configurations (the share link, the scripting interface, the metadata of saved weights): a small value tree,
// a parser with limits, and a writer whose numbers read back as the same doubles. RFC 8259; members keep their order, a
// name that occurs twice is refused, numbers are doubles (integers are exact up to 2^53).
#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/core/result.h"

namespace descent::io {

class JsonValue {
 public:
  using Array = std::vector<JsonValue>;
  struct Member;
  using Object = std::vector<Member>;

  JsonValue() = default;  // null
  // Implicit, so that trees can be written as they look.
  template <std::same_as<bool> Bool>            // a template, so that pointers do not become true
  JsonValue(Bool value) : content_(value) {}    // NOLINT(google-explicit-constructor)
  JsonValue(double value) : content_(value) {}  // NOLINT(google-explicit-constructor)
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>) JsonValue(Integer value)
      : content_(static_cast<double>(value)) {}                        // NOLINT(google-explicit-constructor)
  JsonValue(std::string value) : content_(std::move(value)) {}         // NOLINT(google-explicit-constructor)
  JsonValue(std::string_view value) : content_(std::string(value)) {}  // NOLINT(google-explicit-constructor)
  JsonValue(const char* value) : content_(std::string(value)) {}       // NOLINT(google-explicit-constructor)
  [[nodiscard]] static JsonValue array();
  [[nodiscard]] static JsonValue array(const std::vector<double>& numbers);
  [[nodiscard]] static JsonValue object();
  [[nodiscard]] static JsonValue object(std::initializer_list<Member> members);

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(content_); }
  [[nodiscard]] bool is_bool() const { return std::holds_alternative<bool>(content_); }
  [[nodiscard]] bool is_number() const { return std::holds_alternative<double>(content_); }
  [[nodiscard]] bool is_string() const { return std::holds_alternative<std::string>(content_); }
  [[nodiscard]] bool is_array() const { return std::holds_alternative<Array>(content_); }
  [[nodiscard]] bool is_object() const { return std::holds_alternative<Object>(content_); }

  // Contract: the value is of that type.
  [[nodiscard]] bool as_bool() const;
  [[nodiscard]] double as_number() const;
  [[nodiscard]] const std::string& as_string() const;
  [[nodiscard]] const Array& items() const;
  [[nodiscard]] const Object& members() const;

  // The member of that name, or nullptr (also when this is no object).
  [[nodiscard]] const JsonValue* find(std::string_view name) const;

  // Contract: an array. Returns *this.
  JsonValue& push_back(JsonValue value);
  // Contract: an object. Replaces the member of that name or appends it. Returns *this.
  JsonValue& set(std::string_view name, JsonValue value);
  // Contract: an object without a member of that name (not looked for). Returns *this.
  JsonValue& append(std::string name, JsonValue value);

  friend bool operator==(const JsonValue& a, const JsonValue& b);

 private:
  std::variant<std::monostate, bool, double, std::string, Array, Object> content_;
};

struct JsonValue::Member {
  std::string name;
  JsonValue value;

  friend bool operator==(const Member&, const Member&) = default;
};

struct JsonLimits {
  std::size_t bytes = 1 << 20;
  int depth = 64;                // objects and arrays inside each other
  std::size_t values = 1000000;  // all values together
};

// `what` names the text in messages: "the share link is not JSON: …".
[[nodiscard]] core::Result<JsonValue> parse_json(std::string_view text, std::string_view what,
                                                 const JsonLimits& limits = {});

// Compact text. Numbers in the shortest form that reads back as the same double; NaN and infinities as null, as
// JavaScript's JSON.stringify does.
[[nodiscard]] std::string write_json(const JsonValue& value);

}  // namespace descent::io
