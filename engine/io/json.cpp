// SPDX-License-Identifier: MIT
// The value tree, its parser and its writer, see json.h. The grammar is nlohmann/json's event parser, which keeps its
// own stack instead of recursing; our handler counts depth and values as they arrive and stops it at the limit, so a
// hostile text costs no more than the limits allow.
#include "engine/io/json.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "engine/core/check.h"
#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/core/param_spec.h"

namespace descent::io {

// --- the tree --------------------------------------------------------------------------------------------------------

JsonValue JsonValue::array() {
  JsonValue value;
  value.content_ = Array();
  return value;
}

JsonValue JsonValue::array(const std::vector<double>& numbers) {
  JsonValue value;
  value.content_ = Array(numbers.begin(), numbers.end());
  return value;
}

JsonValue JsonValue::object() {
  JsonValue value;
  value.content_ = Object();
  return value;
}

JsonValue JsonValue::object(std::initializer_list<Member> members) {
  JsonValue value;
  value.content_ = Object(members);
  return value;
}

bool JsonValue::as_bool() const {
  DESCENT_ASSERT(is_bool());
  return *std::get_if<bool>(&content_);
}

double JsonValue::as_number() const {
  DESCENT_ASSERT(is_number());
  return *std::get_if<double>(&content_);
}

const std::string& JsonValue::as_string() const {
  DESCENT_ASSERT(is_string());
  return *std::get_if<std::string>(&content_);
}

const JsonValue::Array& JsonValue::items() const {
  DESCENT_ASSERT(is_array());
  return *std::get_if<Array>(&content_);
}

const JsonValue::Object& JsonValue::members() const {
  DESCENT_ASSERT(is_object());
  return *std::get_if<Object>(&content_);
}

const JsonValue* JsonValue::find(std::string_view name) const {
  if (!is_object()) return nullptr;
  for (const Member& member : members()) {
    if (member.name == name) return &member.value;
  }
  return nullptr;
}

JsonValue& JsonValue::push_back(JsonValue value) {
  DESCENT_ASSERT(is_array());
  std::get_if<Array>(&content_)->push_back(std::move(value));
  return *this;
}

JsonValue& JsonValue::set(std::string_view name, JsonValue value) {
  DESCENT_ASSERT(is_object());
  Object& members = *std::get_if<Object>(&content_);
  const auto same = std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.name == name; });
  if (same != members.end()) {
    same->value = std::move(value);
  } else {
    members.push_back({std::string(name), std::move(value)});
  }
  return *this;
}

JsonValue& JsonValue::append(std::string name, JsonValue value) {
  DESCENT_ASSERT(is_object());
  std::get_if<Object>(&content_)->push_back({std::move(name), std::move(value)});
  return *this;
}

bool operator==(const JsonValue& a, const JsonValue& b) {
  return a.content_ == b.content_;
}

// --- the parser ------------------------------------------------------------------------------------------------------

namespace {

// Builds the tree from the parser's events. A handler that returns false stops the parser.
class TreeBuilder {
 public:
  using Tokens = nlohmann::json;

  TreeBuilder(std::size_t text_size, const JsonLimits& limits) : text_size_(text_size), limits_(limits) {}

  bool null() { return add(JsonValue()); }
  bool boolean(bool value) { return add(JsonValue(value)); }
  bool number_integer(Tokens::number_integer_t value) { return add(JsonValue(value)); }
  bool number_unsigned(Tokens::number_unsigned_t value) { return add(JsonValue(value)); }
  bool number_float(Tokens::number_float_t value, const std::string&) { return add(JsonValue(value)); }
  bool string(std::string& value) { return add(JsonValue(std::move(value))); }
  bool binary(Tokens::binary_t&) { return false; }
  bool start_object(std::size_t) { return open(JsonValue::object()); }
  bool start_array(std::size_t) { return open(JsonValue::array()); }
  bool end_array() { return close(); }
  bool end_object() { return names_differ(open_.back().value) && close(); }
  bool key(std::string& name) {
    open_.back().next_name = std::move(name);
    return true;
  }
  bool parse_error(std::size_t position, const std::string& last_token, const nlohmann::detail::exception& error) {
    constexpr int kNumberOutOfRange = 406;
    if (error.id == kNumberOutOfRange) {
      problem_ = core::fill("the number {} is too large", shortened(last_token));
    } else if (position > text_size_) {
      problem_ = core::fill("it ends too early, after {}", core::counted(text_size_, "byte"));
    } else if (last_token.empty()) {
      problem_ = core::fill("it cannot be read at byte {}", position);
    } else {
      problem_ = core::fill("it cannot be read at byte {}, near '{}'", position, shortened(last_token));
    }
    return false;
  }

  [[nodiscard]] const std::string& problem() const { return problem_; }
  JsonValue take() { return std::move(root_); }

 private:
  struct Open {
    JsonValue value;
    std::string next_name;  // the name of the member that comes next, in an object
  };

  // The end of a token, as that is where the trouble is. Its bytes may be anything: only printable ASCII is repeated.
  static std::string shortened(std::string_view text) {
    constexpr std::size_t kMost = 24;
    std::string out = text.size() > kMost ? "…" : "";
    for (const char c : text.substr(text.size() - std::min(text.size(), kMost))) out += c >= ' ' && c <= '~' ? c : '?';
    return out;
  }

  bool add(JsonValue value) {
    if (++count_ > limits_.values) {
      problem_ = core::fill("it has more than {} values", limits_.values);
      return false;
    }
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (Open& parent = open_.back(); parent.value.is_array()) {
      parent.value.push_back(std::move(value));
    } else {
      parent.value.append(std::move(parent.next_name), std::move(value));
    }
    return true;
  }

  bool open(JsonValue container) {
    if (static_cast<int>(open_.size()) >= limits_.depth) {
      problem_ = core::fill("it is nested more than {} levels deep", limits_.depth);
      return false;
    }
    open_.push_back({std::move(container), {}});
    return true;
  }

  bool close() {
    JsonValue finished = std::move(open_.back().value);
    open_.pop_back();
    return add(std::move(finished));
  }

  // Sorting keeps an object of a million members from taking a million squared comparisons.
  bool names_differ(const JsonValue& object) {
    std::vector<std::string_view> names;
    for (const JsonValue::Member& member : object.members()) names.push_back(member.name);
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice == names.end()) return true;
    problem_ = core::fill("the name '{}' occurs twice in one object", shortened(*twice));
    return false;
  }

  std::size_t text_size_;
  JsonLimits limits_;
  std::vector<Open> open_;
  JsonValue root_;
  std::size_t count_ = 0;
  std::string problem_;
};

}  // namespace

core::Result<JsonValue> parse_json(std::string_view text, std::string_view what, const JsonLimits& limits) {
  if (text.size() > limits.bytes) {
    return core::Error{core::fill("{} has {} bytes; the limit is {}", what, text.size(), limits.bytes)};
  }
  TreeBuilder builder(text.size(), limits);
  if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return builder.take();
  return core::Error{core::fill("{} is not the JSON it should be: {}", what, builder.problem())};
}

// --- the writer ------------------------------------------------------------------------------------------------------

namespace {

void write_string(std::string_view text, std::string& out) {
  constexpr const char* kDigits = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20) {
      out += "\\u00";
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void write_value(const JsonValue& value, std::string& out) {
  if (value.is_bool()) {
    out += value.as_bool() ? "true" : "false";
  } else if (value.is_number() && std::isfinite(value.as_number())) {
    // "-0" would be read as the integer zero, which has no sign.
    const double number = value.as_number();
    out += number == 0 && std::signbit(number) ? "-0.0" : core::format_number(number);
  } else if (value.is_string()) {
    write_string(value.as_string(), out);
  } else if (value.is_array()) {
    char separator = '[';
    for (const JsonValue& item : value.items()) {
      out += std::exchange(separator, ',');
      write_value(item, out);
    }
    out += value.items().empty() ? "[]" : "]";
  } else if (value.is_object()) {
    char separator = '{';
    for (const JsonValue::Member& member : value.members()) {
      out += std::exchange(separator, ',');
      write_string(member.name, out);
      out += ':';
      write_value(member.value, out);
    }
    out += value.members().empty() ? "{}" : "}";
  } else {
    out += "null";
  }
}

}  // namespace

std::string write_json(const JsonValue& value) {
  std::string out;
  write_value(value, out);
  return out;
}

}  // namespace descent::io
