// SPDX-License-Identifier: MIT
// Reading configurations field by field, see json_reader.h. Only the first error is kept: later ones are often its
// consequences, and a person mends one thing at a time.
#include "engine/io/json_reader.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"

namespace descent::io {

namespace {

// describe() says how a value appears in a message: the text itself, cut when long (between characters of UTF-8), or
// its type.
std::string describe(const JsonValue& value) {
  if (value.is_string()) {
    constexpr std::size_t kMost = 40;
    const std::string& text = value.as_string();
    if (text.size() <= kMost) return core::fill("'{}'", text);
    std::size_t end = kMost;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return core::fill("'{}…'", text.substr(0, end));
  }
  if (value.is_number()) return core::format_number(value.as_number());
  if (value.is_bool()) return value.as_bool() ? "true" : "false";
  if (value.is_array()) return "a list";
  return value.is_object() ? "an object" : "null";
}

template <class Names>
std::string listed(const Names& names) {
  std::string list;
  for (const auto& name : names) {
    if (!list.empty()) list += ", ";
    list += name;
  }
  return list;
}

// The place of a name among the choices; -1 for anything else.
int index_of(const JsonValue& value, std::span<const std::string_view> choices) {
  for (std::size_t i = 0; value.is_string() && i < choices.size(); ++i)
    if (value.as_string() == choices[i]) return static_cast<int>(i);
  return -1;
}

}  // namespace

JsonReader::JsonReader(const JsonValue& value, std::string_view what)
    : value_(&value), what_(what), status_(std::make_shared<core::Status>()) {
  if (value.is_object()) return;
  *status_ = core::Error{core::fill("{} is {}; it must be an object", what_, describe(value))};
  value_ = nullptr;
}

JsonReader::JsonReader(const JsonValue* value, std::string path, std::shared_ptr<core::Status> status)
    : value_(value), path_(std::move(path)), what_(path_), status_(std::move(status)) {}

std::string JsonReader::path(std::string_view name) const {
  if (path_.empty()) return name.empty() ? what_ : std::string(name);
  return name.empty() ? path_ : path_ + "." + std::string(name);
}

void JsonReader::refuse(core::Error error) {
  if (status_->ok()) *status_ = std::move(error);
}

void JsonReader::fail(std::string_view name, std::string_view rest) {
  if (status_->ok()) *status_ = core::Error{core::fill("{} {}", path(name), rest)};
}

void JsonReader::wrong(std::string_view name, const JsonValue& found, std::string_view expected) {
  fail(name, core::fill("is {}; it must be {}", describe(found), expected));
}

const JsonValue* JsonReader::take(std::string_view name) {
  if (std::find(known_.begin(), known_.end(), name) == known_.end()) known_.emplace_back(name);
  const JsonValue* field = value_ == nullptr ? nullptr : value_->find(name);
  return field == nullptr || field->is_null() ? nullptr : field;
}

bool JsonReader::has(std::string_view name) const {
  const JsonValue* field = value_ == nullptr ? nullptr : value_->find(name);
  return field != nullptr && !field->is_null();
}

bool JsonReader::read(std::string_view name, double& out, double minimum, double maximum) {
  const JsonValue* field = take(name);
  if (field == nullptr) return false;
  const bool fits = field->is_number() && std::isfinite(field->as_number()) && field->as_number() >= minimum &&
                    field->as_number() <= maximum;
  if (fits) {
    out = field->as_number();
  } else if (field->is_number()) {
    wrong(name, *field, core::fill("between {} and {}", core::format_number(minimum), core::format_number(maximum)));
  } else {
    wrong(name, *field, "a number");
  }
  return fits;
}

// Limits of the types beyond 2^53 are narrowed to what a double holds exactly.
template <class Integer>
bool JsonReader::read_integer(std::string_view name, Integer& out, Integer minimum, Integer maximum) {
  const JsonValue* field = take(name);
  if (field == nullptr) return false;
  const double low = std::max(static_cast<double>(minimum), -static_cast<double>(kMaxSafeInteger));
  const double high = std::min(static_cast<double>(maximum), static_cast<double>(kMaxSafeInteger));
  const double number = field->is_number() ? field->as_number() : std::nan("");
  const bool fits = number >= low && number <= high && std::floor(number) == number;
  if (fits) {
    out = static_cast<Integer>(number);
  } else {
    wrong(name, *field,
          core::fill("a whole number between {} and {}", core::format_number(low), core::format_number(high)));
  }
  return fits;
}

bool JsonReader::read(std::string_view name, std::int64_t& out, std::int64_t minimum, std::int64_t maximum) {
  return read_integer(name, out, minimum, maximum);
}

bool JsonReader::read(std::string_view name, int& out, int minimum, int maximum) {
  return read_integer(name, out, minimum, maximum);
}

bool JsonReader::read(std::string_view name, std::uint64_t& out, std::uint64_t minimum, std::uint64_t maximum) {
  return read_integer(name, out, minimum, maximum);
}

bool JsonReader::read(std::string_view name, bool& out) {
  const JsonValue* field = take(name);
  if (field == nullptr) return false;
  if (field->is_bool()) {
    out = field->as_bool();
  } else {
    wrong(name, *field, "true or false");
  }
  return field->is_bool();
}

bool JsonReader::read(std::string_view name, std::string& out, std::size_t max_length) {
  const JsonValue* field = take(name);
  if (field == nullptr) return false;
  const bool fits = field->is_string() && field->as_string().size() <= max_length;
  if (fits) {
    out = field->as_string();
  } else if (field->is_string()) {
    fail(name, core::fill("has {} bytes; the limit is {}", field->as_string().size(), max_length));
  } else {
    wrong(name, *field, "a text");
  }
  return fits;
}

const JsonValue::Array* JsonReader::take_list(std::string_view name, std::size_t max_count) {
  const JsonValue* field = take(name);
  if (field == nullptr) return nullptr;
  if (!field->is_array()) {
    wrong(name, *field, "a list");
    return nullptr;
  }
  if (field->items().size() > max_count) {
    fail(name, core::fill("has {} entries; the limit is {}", field->items().size(), max_count));
    return nullptr;
  }
  return &field->items();
}

bool JsonReader::read_numbers(std::string_view name, std::vector<double>& out, std::size_t max_count) {
  const JsonValue::Array* list = take_list(name, max_count);
  if (list == nullptr) return false;
  std::vector<double> numbers;
  for (const JsonValue& item : *list) {
    if (!item.is_number() || !std::isfinite(item.as_number())) {
      wrong(std::string(name) + "[" + std::to_string(numbers.size()) + "]", item, "a finite number");
      return false;
    }
    numbers.push_back(item.as_number());
  }
  out = std::move(numbers);
  return true;
}

bool JsonReader::read_numbers(std::string_view name, std::span<double> out) {
  std::vector<double> numbers;
  if (!read_numbers(name, numbers, SIZE_MAX)) return false;
  if (numbers.size() != out.size()) {
    fail(name, core::fill("has {}; it must have {}", core::counted(numbers.size(), "number"), out.size()));
    return false;
  }
  std::copy(numbers.begin(), numbers.end(), out.begin());
  return true;
}

bool JsonReader::read_choice(std::string_view name, int& out, std::span<const std::string_view> choices) {
  const JsonValue* field = take(name);
  if (field == nullptr) return false;
  const int index = index_of(*field, choices);
  if (index >= 0)
    out = index;
  else
    wrong(name, *field, core::fill("one of {}", listed(choices)));
  return index >= 0;
}

bool JsonReader::read_choices(std::string_view name, std::vector<int>& out, std::span<const std::string_view> choices) {
  const JsonValue::Array* list = take_list(name, choices.size());
  if (list == nullptr) return false;
  std::vector<int> indices;
  for (const JsonValue& item : *list) {
    const int index = index_of(item, choices);
    const std::string entry = std::string(name) + "[" + std::to_string(indices.size()) + "]";
    if (index < 0) {
      wrong(entry, item, core::fill("one of {}", listed(choices)));
      return false;
    }
    if (std::find(indices.begin(), indices.end(), index) != indices.end()) {
      wrong(entry, item, "listed once");
      return false;
    }
    indices.push_back(index);
  }
  out = std::move(indices);
  return true;
}

bool JsonReader::read_named_numbers(std::string_view name, std::vector<core::NamedValue>& out) {
  const JsonValue* field = take(name);
  if (field == nullptr) return false;
  if (!field->is_object()) {
    wrong(name, *field, "an object of numbers");
    return false;
  }
  std::vector<core::NamedValue> values;
  for (const JsonValue::Member& member : field->members()) {
    if (!member.value.is_number()) {
      wrong(std::string(name) + "." + member.name, member.value, "a number");
      return false;
    }
    values.push_back({member.name, member.value.as_number()});
  }
  out = std::move(values);
  return true;
}

JsonReader JsonReader::object(std::string_view name) {
  const JsonValue* field = take(name);
  if (field != nullptr && !field->is_object()) {
    wrong(name, *field, "an object");
    field = nullptr;
  }
  return {field, path(name), status_};
}

std::vector<JsonReader> JsonReader::objects(std::string_view name, std::size_t max_count) {
  std::vector<JsonReader> readers;
  const JsonValue::Array* list = take_list(name, max_count);
  if (list == nullptr) return readers;
  for (const JsonValue& item : *list) {
    const std::string entry = std::string(name) + "[" + std::to_string(readers.size()) + "]";
    if (!item.is_object()) wrong(entry, item, "an object");
    readers.push_back({item.is_object() ? &item : nullptr, path(entry), status_});
  }
  return readers;
}

void JsonReader::require(std::initializer_list<std::string_view> names) {
  if (value_ == nullptr) return;
  for (const std::string_view name : names) {
    if (!has(name)) fail("", core::fill("lacks the field '{}'", name));
  }
}

void JsonReader::refuse_others() {
  if (value_ == nullptr) return;
  for (const JsonValue::Member& member : value_->members()) {
    if (std::find(known_.begin(), known_.end(), member.name) != known_.end()) continue;
    fail("", core::fill("has an unknown field {}; known are {}", describe(JsonValue(member.name)), listed(known_)));
  }
}

}  // namespace descent::io
