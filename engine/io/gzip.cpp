// SPDX-License-Identifier: MIT
// Members of gzip, see gzip.h. The reader goes round header, body, trailer and what lies between two members; where the
// bytes at hand end within one of these, it waits there for more.
#include "engine/io/gzip.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/io/crc32.h"

namespace descent::io {

namespace {

using Bytes = std::span<const std::uint8_t>;
using core::Error;
using core::Result;
using core::Status;

constexpr std::uint8_t kFirst = 0x1f;
constexpr std::size_t kFixedHeader = 10, kTrailer = 8;
constexpr std::uint8_t kDeflate = 8;
// The bits of the header's flags, RFC 1952, section 2.3.1.
constexpr unsigned kHeaderChecksum = 2, kExtraField = 4, kFileName = 8, kComment = 16, kReserved = 0xe0;
constexpr int kMostLayers = 2;

std::uint32_t little_endian(Bytes bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value |= std::uint32_t{bytes[at + i]} << (8 * i);
  return value;
}

// The end of the text that begins at `at`: behind its zero. Nothing when the zero is not there yet.
std::optional<std::size_t> end_of_text(Bytes bytes, std::size_t at) {
  for (; at < bytes.size(); ++at)
    if (bytes[at] == 0) return at + 1;
  return std::nullopt;
}

// The size of the header's parts before its checksum. Nothing when not all parts are there yet.
std::optional<std::size_t> header_size(Bytes bytes) {
  if (bytes.size() < kFixedHeader) return std::nullopt;
  const unsigned flags = bytes[3];
  std::optional<std::size_t> end = kFixedHeader;
  if ((flags & kExtraField) != 0) {
    if (bytes.size() < *end + 2) return std::nullopt;
    *end += 2 + little_endian(bytes, *end, 2);
  }
  if ((flags & kFileName) != 0) end = end_of_text(bytes, *end);
  if (end && (flags & kComment) != 0) end = end_of_text(bytes, *end);
  return end && *end <= bytes.size() ? end : std::nullopt;
}

}  // namespace

Gunzip::Gunzip(std::string what, ByteSink sink)
    : what_(std::move(what)), inflate_([this, sink = std::move(sink)](Bytes piece) {
        crc_ = crc32(crc_, piece);
        size_ += static_cast<std::uint32_t>(piece.size());
        return sink(piece);
      }) {}

Gunzip::~Gunzip() = default;

Bytes Gunzip::ahead() const {
  return Bytes(buffer_).subspan(static_cast<std::size_t>(bit_ / 8));
}

bool Gunzip::fail(const std::string& why) {
  status_ = Error{core::fill("{}: the gzip file is damaged ({})", what_, why)};
  return false;
}

Status Gunzip::feed(Bytes piece) {
  received_ += piece.size();
  buffer_.insert(buffer_.end(), piece.begin(), piece.end());
  return advance(false);
}

Status Gunzip::finish() {
  return advance(true);
}

Status Gunzip::advance(bool last) {
  bool goes_on = status_.ok();
  while (goes_on) {
    switch (place_) {
      case Place::header:
        goes_on = read_header();
        break;
      case Place::body:
        goes_on = read_body();
        break;
      case Place::trailer:
        goes_on = read_trailer();
        break;
      case Place::between:
        goes_on = skip_padding();
        break;
    }
  }
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(bit_ / 8));
  bit_ %= 8;
  if (!status_.ok() || !last || (place_ == Place::between && buffer_.empty())) return status_;
  if (place_ == Place::between) return Error{core::fill("{}: after the gzip data comes something else", what_)};
  return Error{
      core::fill("{}: the gzip file is cut short or damaged; it has {}", what_, core::counted(received_, "byte"))};
}

bool Gunzip::read_header() {
  const Bytes bytes = ahead();
  if (bytes.size() < kFixedHeader) return false;
  if (bytes[2] != kDeflate) return fail("it names a method of packing that gzip does not have");
  if ((bytes[3] & kReserved) != 0) return fail("its header has flags that do not exist");
  const std::optional<std::size_t> end = header_size(bytes);
  if (!end) return false;
  const std::size_t checksum = (bytes[3] & kHeaderChecksum) != 0 ? 2 : 0;
  if (bytes.size() < *end + checksum) return false;
  if (checksum > 0 && little_endian(bytes, *end, 2) != (crc32(0, bytes.first(*end)) & 0xFFFF))
    return fail("the checksum of its header does not fit");
  bit_ += 8 * std::uint64_t{*end + checksum};
  crc_ = size_ = 0;
  inflate_.restart();
  place_ = Place::body;
  return true;
}

bool Gunzip::read_body() {
  switch (inflate_.run(buffer_, bit_)) {
    case Inflate::State::starved:
      return false;
    case Inflate::State::damaged:
      return fail(std::string(inflate_.why()));
    case Inflate::State::refused:
      status_ = inflate_.refusal();
      return false;
    case Inflate::State::done:
      break;
  }
  bit_ = (bit_ + 7) / 8 * 8;
  place_ = Place::trailer;
  return true;
}

bool Gunzip::read_trailer() {
  const Bytes bytes = ahead();
  if (bytes.size() < kTrailer) return false;
  if (little_endian(bytes, 0, 4) != crc_) return fail("its checksum does not fit");
  if (little_endian(bytes, 4, 4) != size_) return fail("its length does not fit");
  bit_ += 8 * kTrailer;
  place_ = Place::between;
  return true;
}

// Between two members there may be zeros; a byte that is none and begins no member ends the file.
bool Gunzip::skip_padding() {
  const Bytes bytes = ahead();
  const auto zeros = std::find_if(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte != 0; });
  const Bytes rest(zeros, bytes.end());
  bit_ += 8 * std::uint64_t{bytes.size() - rest.size()};
  if (rest.empty() || (rest.size() == 1 && rest[0] == kFirst)) return false;
  if (!is_gzip(rest)) {
    status_ = Error{core::fill("{}: after the gzip data comes something else", what_)};
    return false;
  }
  place_ = Place::header;
  return true;
}

Unpacker::Unpacker(std::string what, ByteSink sink) : Unpacker(std::move(what), std::move(sink), kMostLayers) {}

Unpacker::Unpacker(std::string what, ByteSink sink, int layers)
    : what_(std::move(what)), sink_(std::move(sink)), layers_(layers) {}

Status Unpacker::choose() {
  chosen_ = true;
  if (!is_gzip(head_)) return {};
  if (layers_ == 0)
    return Error{core::fill("{} is packed by gzip more than {} times over; unpack it first", what_, kMostLayers)};
  inside_.reset(new Unpacker(what_, std::move(sink_), layers_ - 1));
  gunzip_ = std::make_unique<Gunzip>(what_, [inside = inside_.get()](Bytes piece) { return inside->feed(piece); });
  return {};
}

Status Unpacker::feed(Bytes piece) {
  if (!chosen_) {
    head_.insert(head_.end(), piece.begin(), piece.end());
    if (head_.size() < 2) return {};
    if (Status status = choose(); !status.ok()) return status;
    const std::vector<std::uint8_t> head = std::exchange(head_, {});
    return feed(head);
  }
  return gunzip_ ? gunzip_->feed(piece) : sink_(piece);
}

Status Unpacker::finish() {
  if (!chosen_) {
    chosen_ = true;
    if (!head_.empty()) return sink_(head_);
  }
  if (!gunzip_) return {};
  if (Status status = gunzip_->finish(); !status.ok()) return status;
  return inside_->finish();
}

Result<std::vector<std::uint8_t>> unpack(Bytes bytes, const std::string& what, std::size_t limit) {
  std::vector<std::uint8_t> all;
  Unpacker unpacker(what, [&](Bytes piece) -> Status {
    if (piece.size() > limit - all.size())
      return Error{core::fill("{} has more than {} MB when unpacked, the limit", what, limit / 1000000)};
    all.insert(all.end(), piece.begin(), piece.end());
    return {};
  });
  if (Status status = unpacker.feed(bytes); !status.ok()) return status.error();
  if (Status status = unpacker.finish(); !status.ok()) return status.error();
  return all;
}

}  // namespace descent::io
