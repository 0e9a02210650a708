// SPDX-License-Identifier: MIT
// CRC-32 of gzip (RFC 1952, section 8: polynomial 0xEDB88320, reflected, register and result inverted), four bytes at a
// time by four tables.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace descent::io {

// The checksum of what was summed up in `crc` (0: of nothing) followed by `bytes`.
[[nodiscard]] inline std::uint32_t crc32(std::uint32_t crc, std::span<const std::uint8_t> bytes) {
  using Table = std::array<std::uint32_t, 256>;
  // kTables[k][b]: the register after byte b and k zero bytes.
  static constexpr std::array<Table, 4> kTables = [] {
    std::array<Table, 4> tables{};
    for (std::uint32_t b = 0; b < 256; ++b) {
      std::uint32_t value = b;
      for (int bit = 0; bit < 8; ++bit) value = value >> 1 ^ ((value & 1) != 0 ? 0xEDB88320U : 0);
      tables[0][b] = value;
    }
    for (std::size_t k = 1; k < tables.size(); ++k)
      for (std::size_t b = 0; b < 256; ++b) tables[k][b] = tables[k - 1][b] >> 8 ^ tables[0][tables[k - 1][b] & 255];
    return tables;
  }();
  crc = ~crc;
  std::size_t i = 0;
  for (; i + 4 <= bytes.size(); i += 4) {
    crc ^= bytes[i] | std::uint32_t{bytes[i + 1]} << 8 | std::uint32_t{bytes[i + 2]} << 16 |
           std::uint32_t{bytes[i + 3]} << 24;
    crc = kTables[3][crc & 255] ^ kTables[2][crc >> 8 & 255] ^ kTables[1][crc >> 16 & 255] ^ kTables[0][crc >> 24];
  }
  for (; i < bytes.size(); ++i) crc = crc >> 8 ^ kTables[0][(crc ^ bytes[i]) & 255];
  return ~crc;
}

}  // namespace descent::io
