// SPDX-License-Identifier: MIT
// SHA-256 against the examples of its standard (NIST FIPS 180-4 example values) and at every length around the block.
#include "engine/data/sha256.h"

#include <doctest/doctest.h>

#include <set>

#include "tests/support/bytes.h"

namespace {

using descent::data::sha256_hex;
using descent::test::bytes_of;

TEST_CASE("sha256: the standard's examples") {
  CHECK(sha256_hex({}) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex(bytes_of("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex(bytes_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256_hex(descent::test::Bytes(1000000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("sha256: every length and every bit counts") {
  std::set<std::string> seen;
  for (std::size_t size = 0; size <= 130; ++size) seen.insert(sha256_hex(descent::test::Bytes(size, 0)));
  CHECK(seen.size() == 131);
  descent::test::Bytes bytes(70, 0);
  const std::string before = sha256_hex(bytes);
  bytes[69] = 1;
  CHECK(sha256_hex(bytes) != before);
}

TEST_CASE("sha256: in parts of any size it is the same") {
  const std::string text = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
  for (std::size_t part = 1; part <= 70; ++part) {
    descent::data::Sha256 sum;
    for (int repeat = 0; repeat < 3; ++repeat)
      for (std::size_t at = 0; at < text.size(); at += part) sum.add(bytes_of(text.substr(at, part)));
    CHECK(sum.hex() == sha256_hex(bytes_of(text + text + text)));
  }
}

}  // namespace
