// SPDX-License-Identifier: MIT
// Result<T>: a value, or an Error whose message is a finished sentence for the person at the page: it names what was
// wrong, where, and the limit ("batch_size is 0; it must be between 1 and 4096"). Used for bytes and input from
// outside; contract breaches are assertions (check.h), divergence is a status in the snapshot. No exceptions anywhere.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "engine/core/check.h"

namespace descent::core {

struct Error {
  std::string message;
  int column = 0;               // where in a text that was refused, in characters from 1; 0 when it is about no text
  std::size_t column_size = 0;  // bytes at the front of `message` that say the column, "column 7: "

  [[nodiscard]] std::string_view without_column() const { return std::string_view(message).substr(column_size); }
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] T& value() & {
    DESCENT_ASSERT(ok());
    return *std::get_if<0>(&content_);
  }
  [[nodiscard]] const T& value() const& {
    DESCENT_ASSERT(ok());
    return *std::get_if<0>(&content_);
  }
  [[nodiscard]] T&& value() && {
    DESCENT_ASSERT(ok());
    return std::move(*std::get_if<0>(&content_));
  }
  [[nodiscard]] const Error& error() const {
    DESCENT_ASSERT(!ok());
    return *std::get_if<1>(&content_);
  }
  [[nodiscard]] const std::string& message() const { return error().message; }

  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }

 private:
  std::variant<T, Error> content_;
};

// Success, or an Error: the result of something that yields no value.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  [[nodiscard]] const Error& error() const {
    DESCENT_ASSERT(!ok());
    return *error_;
  }
  [[nodiscard]] const std::string& message() const { return error().message; }

 private:
  std::optional<Error> error_;
};

}  // namespace descent::core
