// SPDX-License-Identifier: MIT
// Byte strings for the tests of readers: building headers, cutting, changing and inventing bytes. Everything is seeded,
// so a failing case is the same in every run.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/rng.h"

namespace descent::test {

using Bytes = std::vector<std::uint8_t>;

inline void append_big_endian(Bytes& bytes, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

inline void append_little_endian(Bytes& bytes, std::uint64_t value, int count) {
  for (int i = 0; i < count; ++i) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

inline Bytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

inline Bytes random_bytes(core::Rng& rng, std::size_t size) {
  Bytes bytes(size);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(rng.next() >> 56);
  return bytes;
}

// A copy with one to four bytes replaced, and in one of four cases cut short.
inline Bytes damaged(core::Rng& rng, std::span<const std::uint8_t> original) {
  Bytes bytes(original.begin(), original.end());
  if (!bytes.empty()) {
    for (std::uint64_t changes = 1 + rng.below(4); changes > 0; --changes) {
      bytes[rng.below(bytes.size())] = static_cast<std::uint8_t>(rng.next() >> 56);
    }
  }
  if (rng.below(4) == 0) bytes.resize(rng.below(bytes.size() + 1));
  return bytes;
}

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace descent::test
