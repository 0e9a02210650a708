// SPDX-License-Identifier: MIT
// CSV as RFC 4180 describes it: comma, CRLF, fields quoted where they must be. Numbers read back as the same doubles.
#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace descent::io {

// Fields are added one by one, row after row; a row ends by itself after as many fields as the header has.
class CsvWriter {
 public:
  // The header has at least one column.
  explicit CsvWriter(std::initializer_list<std::string_view> header);
  explicit CsvWriter(std::span<const std::string> header);

  CsvWriter& add(std::string_view text);
  CsvWriter& add(const char* text) { return add(std::string_view(text)); }
  CsvWriter& add(double number);
  template <std::integral Integer>
  CsvWriter& add(Integer number) {
    return add(static_cast<double>(number));
  }

  // The whole text. Contract: the last row is complete.
  [[nodiscard]] const std::string& text() const;

 private:
  void append_field(std::string_view text);

  std::string text_;
  std::size_t columns_ = 0;
  std::size_t column_ = 0;
};

}  // namespace descent::io
