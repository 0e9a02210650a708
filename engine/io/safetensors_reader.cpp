// SPDX-License-Identifier: MIT
// The reader of safetensors, see safetensors.h. It takes the header's numbers as doubles and refuses whatever is not a
// whole number below 2^53, so nothing wraps; a shape's product is limited while it is formed.
#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/io/json.h"
#include "engine/io/safetensors.h"

namespace descent::io {

namespace {

using core::Error;
using core::Result;
using core::Status;

constexpr std::size_t kLengthBytes = 8;
constexpr std::size_t kMaxRank = 16;
constexpr double kTwoTo53 = 9007199254740992.0;
constexpr double kMaxElements = kTwoTo53 / 8;
constexpr std::string_view kMetadataName = "__metadata__";

// A name in quotes. Names come from the file; long ones are cut, as they would hide the rest of a message.
std::string quoted(std::string_view name) {
  constexpr std::size_t kMost = 60;
  if (name.size() <= kMost) return core::fill("'{}'", name);
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
  return core::fill("'{}…'", name.substr(0, end));
}

bool is_count(const JsonValue& value) {
  return value.is_number() && value.as_number() >= 0 && value.as_number() < kTwoTo53 &&
         std::floor(value.as_number()) == value.as_number();
}

std::string known_types() {
  std::string list;
  for (const DType dtype : all_dtypes()) list += (list.empty() ? "" : ", ") + std::string(to_string(dtype));
  return list;
}

// Reads one entry of the header and checks it against itself and against the number of data bytes there are.
class EntryReader {
 public:
  EntryReader(const JsonValue::Member& member, std::string_view what, std::span<const std::uint8_t> data)
      : entry_(member.value), data_(data), subject_(core::fill("{}: tensor {}", what, quoted(member.name))) {
    tensor_.name = member.name;
  }

  Result<TensorView> read() {
    if (!entry_.is_object()) return problem("is not described by an object");
    for (const JsonValue::Member& field : entry_.members()) {
      if (field.name != "dtype" && field.name != "shape" && field.name != "data_offsets") {
        return problem(core::fill("has an unknown field {}; known are dtype, shape, data_offsets", quoted(field.name)));
      }
    }
    if (Status status = read_dtype(); !status) return status.error();
    if (Status status = read_shape(); !status) return status.error();
    if (Status status = read_bytes(); !status) return status.error();
    return std::move(tensor_);
  }

 private:
  [[nodiscard]] Error problem(std::string_view rest) const { return Error{core::fill("{} {}", subject_, rest)}; }

  Status read_dtype() {
    const JsonValue* field = entry_.find("dtype");
    if (field == nullptr || !field->is_string())
      return problem(core::fill("has no dtype; it must be one of {}", known_types()));
    for (const DType dtype : all_dtypes()) {
      if (field->as_string() != to_string(dtype)) continue;
      tensor_.dtype = dtype;
      return {};
    }
    return problem(core::fill("has dtype {}; it must be one of {}", quoted(field->as_string()), known_types()));
  }

  Status read_shape() {
    const JsonValue* field = entry_.find("shape");
    if (field == nullptr || !field->is_array()) return problem("has no shape; it must be a list of whole numbers");
    if (field->items().size() > kMaxRank)
      return problem(core::fill("has {} dimensions; the limit is {}", field->items().size(), kMaxRank));
    for (const JsonValue& extent : field->items()) {
      if (!is_count(extent)) return problem("has a shape that is not a list of whole numbers from 0 to 2^53");
      elements_ *= extent.as_number();  // exact while the product stays below the limit
      if (elements_ >= kMaxElements) return problem("has a shape with more elements than any file can hold");
      tensor_.shape.push_back(static_cast<std::int64_t>(extent.as_number()));
    }
    return {};
  }

  Status read_bytes() {
    const JsonValue* field = entry_.find("data_offsets");
    const bool pair = field != nullptr && field->is_array() && field->items().size() == 2 &&
                      is_count(field->items()[0]) && is_count(field->items()[1]);
    if (!pair) return problem("has no data_offsets; they must be two whole numbers");
    const double begin = field->items()[0].as_number();
    const double end = field->items()[1].as_number();
    const std::string offsets = write_json(*field);
    if (begin > end || end > static_cast<double>(data_.size())) {
      return problem(
          core::fill("has data_offsets {}; the file has {} of data", offsets, core::counted(data_.size(), "byte")));
    }
    const double needed = elements_ * static_cast<double>(element_bytes(tensor_.dtype));
    if (end - begin != needed) {
      return problem(core::fill("has data_offsets {}, {}; its shape {} of {} takes {}", offsets,
                                core::counted(static_cast<std::uint64_t>(end - begin), "byte"),
                                write_json(*entry_.find("shape")), to_string(tensor_.dtype), write_json(needed)));
    }
    tensor_.bytes = data_.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    return {};
  }

  const JsonValue& entry_;
  std::span<const std::uint8_t> data_;
  std::string subject_;  // of the sentences about this entry
  TensorView tensor_;
  double elements_ = 1;
};

// The JSON header's bytes, its length checked against the format's limit and against what is there.
Result<std::string_view> header_of(std::span<const std::uint8_t> bytes, const std::string& what) {
  if (bytes.size() < kLengthBytes) {
    return Error{core::fill("{} has {}; a safetensors file begins with 8 bytes for its header's length", what,
                            core::counted(bytes.size(), "byte"))};
  }
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) length |= std::uint64_t{bytes[i]} << (8 * i);
  if (length > kMaxSafetensorsHeader) {
    return Error{core::fill("{} announces a header of {} bytes; the limit is {}", what, length, kMaxSafetensorsHeader)};
  }
  if (length > bytes.size() - kLengthBytes) {
    return Error{
        core::fill("{} announces a header of {}, but only {} follow; it was cut short or is no safetensors file", what,
                   core::counted(length, "byte"), bytes.size() - kLengthBytes)};
  }
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + kLengthBytes,
                              static_cast<std::size_t>(length));
  if (text.empty() || text.front() != '{') return Error{core::fill("{}: the header does not begin with '{{'", what)};
  return text;
}

Status read_metadata(const JsonValue& value, const std::string& what, Metadata& metadata) {
  if (!value.is_object()) return Error{core::fill("{}: __metadata__ is not an object", what)};
  for (const JsonValue::Member& member : value.members()) {
    if (!member.value.is_string()) {
      return Error{core::fill("{}: the metadata {} is not a text; metadata are texts only", what, quoted(member.name))};
    }
    metadata[member.name] = member.value.as_string();
  }
  return {};
}

// Sorts by position and checks that the tensors fill the data exactly.
Status check_layout(std::vector<TensorView>& tensors, std::span<const std::uint8_t> data, const std::string& what) {
  const auto begin_of = [&](const TensorView& t) { return static_cast<std::size_t>(t.bytes.data() - data.data()); };
  std::stable_sort(tensors.begin(), tensors.end(), [&](const TensorView& a, const TensorView& b) {
    return std::pair(begin_of(a), a.bytes.size()) < std::pair(begin_of(b), b.bytes.size());
  });
  std::size_t end = 0;
  for (const TensorView& tensor : tensors) {
    const std::size_t begin = begin_of(tensor);
    if (begin != end) {
      return Error{core::fill(
          "{}: tensor {} begins at byte {} of the data, but what is before it ends at {}; there must be no {}", what,
          quoted(tensor.name), begin, end, begin < end ? "overlap" : "gap")};
    }
    end += tensor.bytes.size();
  }
  if (end == data.size()) return {};
  return Error{core::fill("{} has {} of data, but its tensors take {}", what, core::counted(data.size(), "byte"), end)};
}

}  // namespace

Result<Safetensors> read_safetensors(std::span<const std::uint8_t> bytes, std::string_view what) {
  const std::string name(what);
  Result<std::string_view> text = header_of(bytes, name);
  if (!text) return text.error();
  constexpr JsonLimits kHeaderLimits{.bytes = kMaxSafetensorsHeader, .depth = 4, .values = 32 * kMaxTensors};
  Result<JsonValue> header = parse_json(*text, core::fill("{}: the header", name), kHeaderLimits);
  if (!header) return header.error();
  const std::span<const std::uint8_t> data = bytes.subspan(kLengthBytes + text->size());
  Safetensors file;
  for (const JsonValue::Member& member : header->members()) {
    if (member.name == kMetadataName) {
      if (Status status = read_metadata(member.value, name, file.metadata); !status) return status.error();
      continue;
    }
    if (file.tensors.size() == kMaxTensors) {
      return Error{core::fill("{} has more than {} tensors, the limit", name, kMaxTensors)};
    }
    Result<TensorView> tensor = EntryReader(member, what, data).read();
    if (!tensor) return tensor.error();
    file.tensors.push_back(std::move(*tensor));
  }
  if (Status status = check_layout(file.tensors, data, name); !status) return status.error();
  return file;
}

}  // namespace descent::io
