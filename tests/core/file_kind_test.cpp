// SPDX-License-Identifier: MIT
// Kinds of files, by beginnings that the formats' own tools write.
#include "engine/core/file_kind.h"

#include <doctest/doctest.h>

#include "tests/support/bytes.h"

namespace {

using descent::core::file_kind;
using descent::test::Bytes;
using descent::test::bytes_of;

// A ZIP archive's first header (APPNOTE.TXT 4.3.7) with this member.
Bytes archive(std::string_view member) {
  Bytes bytes = bytes_of("PK\x03\x04");
  bytes.resize(26, 0);
  bytes.push_back(static_cast<std::uint8_t>(member.size()));
  bytes.resize(30, 0);
  for (const char c : member) bytes.push_back(static_cast<std::uint8_t>(c));
  bytes.resize(600, 1);
  return bytes;
}

TEST_CASE("file kinds: archives by what is in them") {
  CHECK(file_kind(archive("model/data.pkl")) == "a PyTorch file");
  CHECK(file_kind(archive("archive/data.pkl")) == "a PyTorch file");
  CHECK(file_kind(archive("x_train.npy")) == "an archive of NumPy arrays (.npz)");
  CHECK(file_kind(archive("holiday.jpg")) == "a ZIP archive");
  CHECK(file_kind(bytes_of("PK\x03\x04")) == "a ZIP archive");
}

TEST_CASE("file kinds: by their beginning, whatever their name says") {
  const Bytes old_torch = {0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e};
  CHECK(file_kind(old_torch) == "a PyTorch file");
  CHECK(file_kind(Bytes{0x80, 4, 0x95}) == "a Python pickle");
  CHECK(file_kind(bytes_of("\x93NUMPY\x01"), "weights.csv") == "a NumPy array (.npy)");
  CHECK(file_kind(bytes_of("\x89HDF\r\n\x1a\n")) == "an HDF5 file");
  Bytes tar(600, 0);
  tar[0] = 'x';
  for (std::size_t i = 0; i < 5; ++i) tar[257 + i] = static_cast<std::uint8_t>("ustar"[i]);
  CHECK(file_kind(tar) == "a tar archive");
  CHECK(file_kind(bytes_of("<!DOCTYPE html>")) == "a web page");
}

TEST_CASE("file kinds: by name, and text by its lines") {
  CHECK(file_kind(bytes_of("x"), "Model.PTH") == "a PyTorch file");
  CHECK(file_kind(bytes_of("x"), "digits.csv.gz") == "a table as text (CSV)");
  CHECK(file_kind({}, "digits.npz") == "an archive of NumPy arrays (.npz)");
  CHECK(file_kind(bytes_of("label,pixel0,pixel1\n5,0,0\n")) == "a table as text (CSV)");
  CHECK(file_kind(bytes_of("{\"a\": 1, \"b\": 2}")) == "JSON text");
  CHECK(file_kind(bytes_of("0 48\n1 49\n")) == "text");
  CHECK(file_kind(Bytes{0, 0, 8, 3}).empty());
  CHECK(file_kind({}).empty());
}

}  // namespace
