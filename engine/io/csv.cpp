// SPDX-License-Identifier: MIT
// The CSV writer, see csv.h. RFC 4180, section 2: lines end with CRLF (rule 1), fields with commas, quotes or line
// breaks are quoted (rule 6), quotes inside are doubled (rule 7).
#include "engine/io/csv.h"

#include "engine/core/check.h"
#include "engine/core/param_spec.h"

namespace descent::io {

CsvWriter::CsvWriter(std::initializer_list<std::string_view> header) : columns_(header.size()) {
  DESCENT_ASSERT(columns_ >= 1);
  for (const std::string_view name : header) add(name);
}

CsvWriter::CsvWriter(std::span<const std::string> header) : columns_(header.size()) {
  DESCENT_ASSERT(columns_ >= 1);
  for (const std::string& name : header) add(std::string_view(name));
}

CsvWriter& CsvWriter::add(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    append_field(text);
    return *this;
  }
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  append_field(quoted += '"');
  return *this;
}

CsvWriter& CsvWriter::add(double number) {
  append_field(core::format_number(number));
  return *this;
}

const std::string& CsvWriter::text() const {
  DESCENT_ASSERT(column_ == 0);
  return text_;
}

void CsvWriter::append_field(std::string_view text) {
  text_ += text;
  column_ = (column_ + 1) % columns_;
  text_ += column_ == 0 ? "\r\n" : ",";
}

}  // namespace descent::io
