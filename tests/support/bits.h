// SPDX-License-Identifier: MIT
// Comparing numbers bit for bit.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>

namespace descent::testing {

// FNV-1a of bytes: equal bits, equal hash.
inline std::uint64_t hash_bytes(std::span<const std::uint8_t> bytes) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001B3ULL;
  return hash;
}
// Equality bit for bit.
inline bool same_bits(std::span<const double> a, std::span<const double> b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

}  // namespace descent::testing
