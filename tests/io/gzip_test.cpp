// SPDX-License-Identifier: MIT
// Gzip: files written by zlib (golden/gzip.json) come out as what was put in, in pieces of any size; what RFC 1951
// allows and zlib does not write, by an encoder of the test's own; damage of every kind is a sentence.
#include "engine/io/gzip.h"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "engine/io/crc32.h"
#include "tests/support/bytes.h"
#include "tests/support/golden.h"

namespace {

using namespace descent::io;
using descent::core::Status;
using descent::test::append_little_endian;
using descent::test::Bytes;
using descent::test::bytes_of;
using descent::test::contains;

// append_noise() makes the same bytes as make_gzip.py.
void append_noise(Bytes& bytes, std::uint32_t seed, std::size_t count, std::uint32_t kinds) {
  for (std::size_t i = 0; i < count; ++i) {
    seed = (seed * 1103515245U + 12345U) & 0x7fffffffU;
    bytes.push_back(static_cast<std::uint8_t>((seed >> 16) % kinds));
  }
}

Bytes from_hex(const std::string& hex) {
  Bytes bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    bytes.push_back(static_cast<std::uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
  return bytes;
}

struct Unpacked {
  Status status;
  Bytes bytes;
};

Unpacked unpacked(const Bytes& file, std::size_t piece) {
  Unpacked result;
  Unpacker unpacker("the file", [&](std::span<const std::uint8_t> more) -> Status {
    result.bytes.insert(result.bytes.end(), more.begin(), more.end());
    return {};
  });
  for (std::size_t at = 0; at < file.size() && result.status.ok(); at += piece)
    result.status = unpacker.feed(std::span(file).subspan(at, std::min(piece, file.size() - at)));
  if (result.status.ok()) result.status = unpacker.finish();
  return result;
}

std::string error_of(const Bytes& file) {
  const Status status = unpacked(file, file.size() + 1).status;
  return status.ok() ? "no error" : status.message();
}

TEST_CASE("gzip: what zlib packed comes out as it was, in pieces of any size") {
  const auto golden = descent::testing::load_golden("gzip.json");
  REQUIRE(golden["cases"].size() == 16);
  for (const auto& entry : golden["cases"]) {
    CAPTURE(entry["name"].get<std::string>());
    Bytes expected;
    for (const auto& part : entry["parts"])
      append_noise(expected, part[0].get<std::uint32_t>(), part[1].get<std::size_t>(), part[2].get<std::uint32_t>());
    const Bytes file = from_hex(entry["file"].get<std::string>());
    for (const std::size_t piece : {file.size(), std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{100}}) {
      CAPTURE(piece);
      const Unpacked result = unpacked(file, piece);
      CHECK_MESSAGE(result.status.ok(), (result.status.ok() ? "" : result.status.message()));
      CHECK(result.bytes == expected);
    }
    const auto whole = unpack(file, "the file", expected.size());
    REQUIRE(whole.ok());
    CHECK(*whole == expected);
  }
}

TEST_CASE("gzip: what is not packed goes through, empty and one byte too") {
  for (const char* text : {"", "x", "plain text", "\x1f"}) CHECK(unpacked(bytes_of(text), 1).bytes == bytes_of(text));
  CHECK(unpacked(Bytes(100000, 7), 4096).bytes == Bytes(100000, 7));
}

TEST_CASE("crc32: the check value of its catalogue, in one go and in parts") {
  CHECK(crc32(0, bytes_of("123456789")) == 0xCBF43926U);
  CHECK(crc32(crc32(0, bytes_of("12")), bytes_of("3456789")) == 0xCBF43926U);
  CHECK(crc32(0, {}) == 0);
}

// Writes bits, lowest first, and fixed codes (RFC 1951, section 3.2.6) as a packer would.
class FixedPacker {
 public:
  void bits(std::uint32_t value, int count) {
    for (int i = 0; i < count; ++i, ++used_) {
      if (used_ % 8 == 0) bytes_.push_back(0);
      bytes_.back() = static_cast<std::uint8_t>(bytes_.back() | (value >> i & 1) << used_ % 8);
    }
  }
  // Codes stand with their highest bit first.
  void code(std::uint32_t value, int count) {
    for (int i = count - 1; i >= 0; --i) bits(value >> i & 1, 1);
  }
  void symbol(int value) {
    const auto v = static_cast<std::uint32_t>(value);
    if (value < 144) return code(0x30 + v, 8);
    if (value < 256) return code(0x190 + v - 144, 9);
    if (value < 280) return code(v - 256, 7);
    code(0xC0 + v - 280, 8);
  }
  // length: 3 … 10 or 258, whose codes have no further bits; distance: 16385 … 32768 (28 and 29), or 1 … 4.
  void match(int length, int distance) {
    symbol(length == 258 ? 285 : 254 + length);
    if (distance <= 4) return code(static_cast<std::uint32_t>(distance - 1), 5);
    const int base = distance < 24577 ? 16385 : 24577;
    code(base == 16385 ? 28 : 29, 5);
    bits(static_cast<std::uint32_t>(distance - base), 13);
  }
  void begin_block(bool last) { bits(last ? 3 : 2, 3); }
  void end_block() { symbol(256); }
  [[nodiscard]] const Bytes& bytes() const { return bytes_; }

 private:
  Bytes bytes_;
  std::size_t used_ = 0;
};

Bytes member(const Bytes& body, const Bytes& contents) {
  Bytes file = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255};
  file.insert(file.end(), body.begin(), body.end());
  append_little_endian(file, crc32(0, contents), 4);
  append_little_endian(file, contents.size(), 4);
  return file;
}

TEST_CASE("inflate: random literals and references, as far back as 32768, over several blocks") {
  descent::core::Rng rng(5);
  Bytes contents;
  FixedPacker packer;
  for (int block = 0; block < 20; ++block) {
    packer.begin_block(block == 19);
    for (int i = 0; i < 2000; ++i) {
      const int length = rng.below(4) == 0 ? 258 : 3 + static_cast<int>(rng.below(8));
      int distance =
          rng.below(2) == 0 ? 1 + static_cast<int>(rng.below(4)) : 16385 + static_cast<int>(rng.below(16384));
      if (rng.below(50) == 0) distance = 32768;
      if (rng.below(3) == 0 || static_cast<std::size_t>(distance) > contents.size()) {
        const auto literal = static_cast<std::uint8_t>(rng.below(256));
        packer.symbol(literal);
        contents.push_back(literal);
        continue;
      }
      packer.match(length, distance);
      for (int k = 0; k < length; ++k)
        contents.push_back(contents[contents.size() - static_cast<std::size_t>(distance)]);
    }
    packer.end_block();
  }
  REQUIRE(contents.size() > 1000000);
  const Bytes file = member(packer.bytes(), contents);
  for (const std::size_t piece : {file.size(), std::size_t{1013}, std::size_t{3}}) {
    const Unpacked result = unpacked(file, piece);
    CHECK(result.status.ok());
    CHECK(result.bytes == contents);
  }
}

Bytes sample() {
  Bytes contents;
  append_noise(contents, 9, 400, 5);
  FixedPacker packer;
  packer.begin_block(true);
  for (const std::uint8_t byte : contents) packer.symbol(byte);
  packer.end_block();
  return member(packer.bytes(), contents);
}

TEST_CASE("gzip: what is wrong is said") {
  const Bytes good = sample();
  CHECK(error_of(good) == "no error");
  const auto changed = [&](std::size_t at, std::uint8_t value) {
    Bytes file = good;
    file[at] = value;
    return error_of(file);
  };
  CHECK(changed(2, 7) == "the file: the gzip file is damaged (it names a method of packing that gzip does not have)");
  CHECK(contains(changed(3, 0x20), "flags that do not exist"));
  CHECK(contains(changed(good.size() - 6, static_cast<std::uint8_t>(good[good.size() - 6] ^ 1)), "checksum"));
  CHECK(contains(changed(good.size() - 1, 1), "length does not fit"));
  CHECK(contains(changed(10, 0x07), "kind that does not exist"));
  Bytes behind = good;
  behind.push_back('x');
  CHECK(error_of(behind) == "the file: after the gzip data comes something else");
  behind.back() = 0x1f;
  CHECK(error_of(behind) == "the file: after the gzip data comes something else");
  Bytes cut_second = good;
  cut_second.insert(cut_second.end(), good.begin(), good.begin() + 100);
  CHECK(contains(error_of(cut_second), "cut short"));
  FixedPacker early;
  early.begin_block(true);
  early.symbol(1);
  early.match(3, 2);
  early.end_block();
  for (int i = 0; i < 20; ++i) early.bits(0, 32);  // enough for a symbol to be judged
  CHECK(contains(error_of(member(early.bytes(), {1, 1, 1, 1})), "before the beginning"));
}

TEST_CASE("gzip: every cut of a good file is noticed, the unpacked part is right") {
  const Bytes good = sample();
  const Bytes contents = unpacked(good, good.size()).bytes;
  for (std::size_t size = 2; size < good.size(); ++size) {
    const Unpacked result = unpacked(Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)), 50);
    REQUIRE_FALSE(result.status.ok());
    CHECK(contains(result.status.message(), "cut short"));
    REQUIRE(result.bytes.size() <= contents.size());
    CHECK(std::equal(result.bytes.begin(), result.bytes.end(), contents.begin()));
  }
}

TEST_CASE("gzip: packed three times over is refused, and so is more than the limit") {
  const auto stored = [](const Bytes& contents) {
    Bytes body = {1};
    append_little_endian(body, contents.size(), 2);
    append_little_endian(body, ~contents.size() & 0xFFFF, 2);
    body.insert(body.end(), contents.begin(), contents.end());
    return member(body, contents);
  };
  const Bytes twice = stored(stored(bytes_of("abc")));
  CHECK(unpacked(twice, 3).bytes == bytes_of("abc"));
  CHECK(error_of(stored(twice)) == "the file is packed by gzip more than 2 times over; unpack it first");
  CHECK(unpack(twice, "the file", 3).ok());
  const auto much = unpack(stored(Bytes(2000, 1)), "the file", 1999);
  REQUIRE_FALSE(much.ok());
  CHECK(contains(much.message(), "the limit"));
}

TEST_CASE("gzip: random damage ends in bytes or a sentence") {
  descent::core::Rng rng(31);
  const Bytes good = sample();
  const auto golden = descent::testing::load_golden("gzip.json");
  const Bytes dynamic = from_hex(golden["cases"][0]["file"].get<std::string>());
  int refused = 0;
  for (int i = 0; i < 6000; ++i) {
    const Bytes file = descent::test::damaged(rng, i % 2 == 0 ? good : dynamic);
    const Unpacked result = unpacked(file, 1 + rng.below(200));
    if (!result.status.ok()) ++refused;
    CHECK(result.bytes.size() < 2000000);
  }
  CHECK(refused > 5000);  // damage to the header's time, name and system is none
}

}  // namespace
