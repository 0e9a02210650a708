// SPDX-License-Identifier: MIT
// Gzip (RFC 1952), unpacked as its bytes come: any number of members one after the other, of which each may be empty
// (pigz, bgzip, `cat a.gz b.gz`), and zeros behind, with which tapes and disks fill a block up. Checksums and lengths
// are checked; whatever else follows a member is refused. Bytes come from visitors: memory does not grow with what a
// file announces or unpacks to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/io/inflate.h"

namespace descent::io {

// Does it begin as gzip does?
[[nodiscard]] inline bool is_gzip(std::span<const std::uint8_t> bytes) {
  return bytes.size() >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

class Gunzip {
 public:
  // `what` names the file in messages ("train_images"). What is unpacked goes to `sink`.
  Gunzip(std::string what, ByteSink sink);
  ~Gunzip();

  [[nodiscard]] core::Status feed(std::span<const std::uint8_t> piece);
  // finish() comes after the last piece: an error when the file ends too early.
  [[nodiscard]] core::Status finish();

 private:
  enum class Place { header, body, trailer, between };

  core::Status advance(bool last);
  // Each returns false when it wants more bytes, or has failed.
  bool read_header();
  bool read_body();
  bool read_trailer();
  bool skip_padding();
  bool fail(const std::string& why);
  [[nodiscard]] std::span<const std::uint8_t> ahead() const;

  std::string what_;
  Place place_ = Place::header;
  core::Status status_;
  std::vector<std::uint8_t> buffer_;  // not used yet
  std::uint64_t bit_ = 0;             // in buffer_; a multiple of 8 outside bodies
  std::uint64_t received_ = 0;        // bytes
  std::uint32_t crc_ = 0;             // of this member so far
  std::uint32_t size_ = 0;            // the same, modulo 2^32
  Inflate inflate_;
};

// Hands bytes on as they are, or unpacked when they are gzip; what was packed twice is unpacked twice, more is refused.
class Unpacker {
 public:
  Unpacker(std::string what, ByteSink sink);

  [[nodiscard]] core::Status feed(std::span<const std::uint8_t> piece);
  [[nodiscard]] core::Status finish();

 private:
  Unpacker(std::string what, ByteSink sink, int layers);
  core::Status choose();

  std::string what_;
  ByteSink sink_;
  int layers_;                      // of gzip that may still be taken off
  std::vector<std::uint8_t> head_;  // until there is enough of it to see what it is
  bool chosen_ = false;
  std::unique_ptr<Unpacker> inside_;
  std::unique_ptr<Gunzip> gunzip_;
};

// All of it at once, at most `limit` bytes when unpacked.
[[nodiscard]] core::Result<std::vector<std::uint8_t>> unpack(std::span<const std::uint8_t> bytes,
                                                             const std::string& what, std::size_t limit);

}  // namespace descent::io
