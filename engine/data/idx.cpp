// SPDX-License-Identifier: MIT
// The IDX reader, see idx.h. Sizes are multiplied in 64 bits after the sides have been limited to 256, so that a header
// of 2^32 images cannot overflow; the product must equal the number of bytes that really come.
#include "engine/data/idx.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "engine/core/check.h"
#include "engine/core/file_kind.h"
#include "engine/core/fill.h"
#include "engine/core/memory.h"
#include "engine/core/number_text.h"

namespace descent::data {

namespace {

using core::Error;
using core::Result;
using core::Status;
using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kMagicBytes = 4;
constexpr std::int64_t kQmnistColumns = 8;
constexpr std::uint64_t kCountedBehind = 1 << 20;  // bytes behind the values that are still counted for the message

// The third byte of the magic number says the type of the values; 13 and 14 would be fractions.
enum ValueType : std::uint8_t { kUnsignedByte = 8, kSignedByte = 9, kShort = 11, kInt = 12 };

std::string hex32(std::uint32_t value) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string text = "0x";
  for (int shift = 28; shift >= 0; shift -= 4) text += kDigits[value >> shift & 15];
  return text;
}

std::uint32_t big_endian(Bytes bytes, std::size_t at, std::size_t count = 4) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8 | bytes[at + i];
  return value;
}

// Bytes of a value; 0 where a value is no whole number.
std::size_t whole_number_bytes(std::uint8_t type) {
  switch (type) {
    case kUnsignedByte:
    case kSignedByte:
      return 1;
    case kShort:
      return 2;
    case kInt:
      return 4;
    default:
      return 0;
  }
}

bool labels_magic(std::uint32_t magic) {
  if (magic == kQmnistLabelsMagic) return true;
  return (magic & 0xFFFF00FFU) == 1 && whole_number_bytes(static_cast<std::uint8_t>(magic >> 8)) > 0;
}

std::string_view hint(std::uint32_t magic) {
  if (magic == kIdxImagesMagic) return " (these are images)";
  if (labels_magic(magic)) return " (these are labels)";
  return "";
}

std::string megabytes(std::uint64_t bytes) {
  return core::fill("{} MB", (bytes + 500000) / 1000000);
}

}  // namespace

IdxReader::IdxReader(std::string role, IdxKind kind) : kind_(kind) {
  file_.role = std::move(role);
}

std::size_t IdxReader::header_size() const {
  if (file_.header.size() >= kMagicBytes) return kMagicBytes + 4 * std::size_t{file_.header[3]};
  return kind_ == IdxKind::images ? 16 : 8;
}

Status IdxReader::check_magic(Bytes head) const {
  const std::uint32_t magic = big_endian(head, 0);
  const bool images = kind_ == IdxKind::images;
  if (images ? magic == kIdxImagesMagic : labels_magic(magic)) return {};
  const std::string wanted = core::fill("an IDX file of {} begins with {}", images ? "images" : "labels",
                                        hex32(images ? kIdxImagesMagic : kIdxLabelsMagic));
  if (const std::string_view other = core::file_kind(head); !other.empty() && hint(magic).empty())
    return Error{core::fill("{} is {}; {}", file_.role, other, wanted)};
  return Error{core::fill("{} begins with the magic number {}{}; {}", file_.role, hex32(magic), hint(magic), wanted)};
}

std::string IdxReader::contents() const {
  const auto count = static_cast<std::uint64_t>(file_.count());
  if (kind_ == IdxKind::labels) return core::counted(count, "label");
  return core::fill("{} of {}x{}", core::counted(count, "image"), file_.extents[1], file_.extents[2]);
}

Status IdxReader::check_extents() const {
  const std::string& role = file_.role;
  const auto& extents = file_.extents;
  if (kind_ == IdxKind::images) {
    const auto wrong = [](std::int64_t side) { return side < 1 || side > kMaxImageSide; };
    if (wrong(extents[1]) || wrong(extents[2]))
      return Error{core::fill("{} has images of {}x{}; height and width must be between 1 and {}", role, extents[1],
                              extents[2], kMaxImageSide)};
  } else if (extents.size() == 2 && extents[1] != kQmnistColumns) {
    return Error{core::fill("{} has {} for each image; it must be one, or QMNIST's eight", role,
                            core::counted(static_cast<std::uint64_t>(extents[1]), "number"))};
  }
  if (file_.count() > 0) return {};
  return Error{
      core::fill("{} has no {}; at least one is needed", role, kind_ == IdxKind::images ? "images" : "labels")};
}

Status IdxReader::take_extents() {
  for (std::size_t at = kMagicBytes; at < file_.header.size(); at += 4)
    file_.extents.push_back(big_endian(file_.header, at));
  if (Status status = check_extents(); !status.ok()) return status;
  announced_ = whole_number_bytes(file_.header[2]);
  for (const std::int64_t extent : file_.extents) announced_ *= static_cast<std::uint64_t>(extent);
  return make_room();
}

Status IdxReader::make_room() {
  if (announced_ > kMaxIdxBytes)
    return Error{core::fill("{} announces {}, {}; the limit is {}", file_.role, contents(), megabytes(announced_),
                            megabytes(kMaxIdxBytes))};
  if (!core::room_for(announced_))
    return Error{core::fill("{} has {}, {}; the browser gives the page no memory for as much", file_.role, contents(),
                            megabytes(announced_))};
  file_.values.reserve(static_cast<std::size_t>(announced_));
  return {};
}

Status IdxReader::feed(Bytes piece) {
  while (file_.extents.empty() && !piece.empty()) {
    std::vector<std::uint8_t>& header = file_.header;
    const std::size_t wanted = (header.size() < kMagicBytes ? kMagicBytes : header_size()) - header.size();
    const Bytes part = piece.first(std::min(piece.size(), wanted));
    const Bytes head = header.empty() ? piece : Bytes(header);
    header.insert(header.end(), part.begin(), part.end());
    piece = piece.subspan(part.size());
    if (header.size() == kMagicBytes)
      if (Status status = check_magic(head.size() < kMagicBytes ? Bytes(header) : head); !status.ok()) return status;
    if (header.size() == header_size())
      if (Status status = take_extents(); !status.ok()) return status;
  }
  const auto room = static_cast<std::size_t>(announced_) - file_.values.size();
  const Bytes values = piece.first(std::min(piece.size(), room));
  file_.values.insert(file_.values.end(), values.begin(), values.end());
  too_many_ += piece.size() - values.size();
  return too_many_ > kCountedBehind ? finish() : Status{};
}

Status IdxReader::finish() const {
  const std::string& role = file_.role;
  if (file_.extents.empty())
    return Error{core::fill("{} has {}; an IDX file of {} begins with a header of {} bytes", role,
                            core::counted(file_.header.size(), "byte"), kind_ == IdxKind::images ? "images" : "labels",
                            header_size())};
  const std::uint64_t present = file_.values.size() + too_many_;
  if (present == announced_) return {};
  const std::string_view problem = present < announced_ ? "it was cut short" : "there must be nothing behind";
  return Error{core::fill("{} announces {}, {}, but has {} after its header; {}", role, contents(),
                          core::counted(announced_, "byte"), present, problem)};
}

IdxFile IdxReader::take() {
  return std::move(file_);
}

Result<IdxFile> read_idx(Bytes bytes, std::string_view role, IdxKind kind) {
  IdxReader reader{std::string(role), kind};
  if (Status status = reader.feed(bytes); !status.ok()) return status.error();
  if (Status status = reader.finish(); !status.ok()) return status.error();
  return reader.take();
}

std::vector<std::int32_t> label_values(const IdxFile& file) {
  const std::uint8_t type = file.header[2];
  const std::size_t bytes = whole_number_bytes(type);
  DESCENT_ASSERT(bytes > 0 && file.extents.size() <= 2);
  const std::size_t row = bytes * static_cast<std::size_t>(file.extents.size() == 2 ? file.extents[1] : 1);
  std::vector<std::int32_t> labels(static_cast<std::size_t>(file.count()));
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::uint32_t value = big_endian(file.values, i * row, bytes);
    if (type == kSignedByte)
      labels[i] = static_cast<std::int8_t>(value);
    else if (type == kShort)
      labels[i] = static_cast<std::int16_t>(value);
    else
      labels[i] = static_cast<std::int32_t>(value);
  }
  return labels;
}

}  // namespace descent::data
